"""Programs that Python refuses, or with numbers nobody can calculate with: a result or a diagnostic."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from nnlint.cli.main import cli
from nnlint.frontend.broken import Broken
from nnlint.frontend.parse import parse
from nnlint.source import Source

_LARGE = "1" + "0" * 400
_LONG = "9" * 5_000
_BUG = """
import torch
from torch import nn

nn.Dropout(1.5)
"""


def _lint(text: str, tmp_path: Path) -> str:
    (tmp_path / "odd.py").write_text(text, "utf-8")
    options = ["--jobs", "1", "--no-cache", "--isolated", "--select", "ALL", "--ignore", "NN7"]
    result = CliRunner().invoke(cli, ["check", *options, str(tmp_path)], standalone_mode=False)
    assert result.exception is None
    assert "internal error" not in result.output
    return result.output


@pytest.mark.parametrize(
    "text",
    [
        f"x = {_LONG}",
        f"x = f'{{{_LONG}}}'",
        f"x = 0x{'f' * 5_000}",
        f"for i in range({_LARGE}): pass",
        "for i in range(10**30): pass",
        f"nn.Dropout({_LARGE})",
        f"torch.optim.SGD([nn.Parameter(torch.zeros(2))], lr={_LARGE}, weight_decay={_LARGE})",
        f"nn.init.normal_(torch.zeros(3), std={_LARGE})",
        f"x = torch.sigmoid(torch.zeros(2)) + {_LARGE}",
        f"x = {_LARGE} * 1.5 + {_LARGE} ** 0.5 - {_LARGE} // 3",
        "a = 10**60\nb = a * a * a * a * a * a * a\nnn.Dropout(b)",
        "x = (-8) ** 0.5",
        "x = 1 / 0 + 1 % 0 + 0 ** -1",
        r"x = '\xz'",
        r"x = '\N{nope}'",
        r"x = '\u12' '\U00110000'",
        "x = b'\u00e9'",
    ],
    ids=range(17),
)
def test_the_rest_of_the_file_is_linted(text: str, tmp_path: Path) -> None:
    assert "NN603" in _lint(f"{_BUG}{text}\n", tmp_path)


def test_strings_and_bytes_side_by_side_are_a_syntax_error(tmp_path: Path) -> None:
    out = _lint(f"{_BUG}x = 1\ny = 'a' b'b'\n", tmp_path)
    assert "odd.py:7:1: NN900 syntax error: Cannot concatenate string and bytes." in out


def test_half_a_surrogate_pair() -> None:
    found = parse(Source(Path("a.py"), "x = '\ud800'\n"))
    assert isinstance(found, Broken)
    assert "surrogate" in found.message
