"""Baselines, `noqa` comments, starting configurations, cleaning, completion, progress."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnlint.cli.main import main

LINE = "    return nn.CrossEntropyLoss()(F.softmax(layer(x), dim=1), y)"
BUGGY = f"""\
import torch.nn.functional as F
from torch import nn


def score(layer: nn.Linear, x, y):
{LINE}
"""


@pytest.fixture(autouse=True)
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test: one buggy file."""
    (tmp_path / "pyproject.toml").write_text("[tool.nnlint]\n")
    (tmp_path / "a.py").write_text(BUGGY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Outcome:
    """What a command said, and how it exited."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *args: str) -> None:
        with pytest.raises(SystemExit) as caught:
            main(list(args))
        self.status = caught.value.code
        self.out, self.err = capsys.readouterr()


def test_baseline(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = Outcome(capsys, "baseline", "write")
    assert (written.status, written.out) == (0, "")
    assert written.err == "nnlint: 1 finding recorded in .nnlint-baseline.json\n"
    (one,) = json.loads((top / ".nnlint-baseline.json").read_text())["findings"]
    assert one == {"path": "a.py", "code": "NN201", "text": LINE.strip(), "count": 1}
    (top / "a.py").write_text("\n\n" + BUGGY)
    assert Outcome(capsys, "--baseline", ".nnlint-baseline.json").status == 0
    (top / "b.py").write_text(BUGGY)
    found = Outcome(capsys, "--baseline", ".nnlint-baseline.json")
    assert (found.status, found.out.count("\n"), found.out[:7]) == (1, 1, "b.py:6:")


def test_baseline_elsewhere_and_of_a_selection(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, "baseline", "write", "--select", "NN1", "--baseline", "known.json", "a.py")
    assert found.status == 0
    assert json.loads((top / "known.json").read_text())["findings"] == []
    assert Outcome(capsys, "a.py", "--baseline", "known.json").status == 1


@pytest.mark.parametrize(
    "args", [("--baseline", "gone.json"), ("baseline", "write", "--baseline", "gone/b.json")]
)
def test_baseline_that_cannot_be_used(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, *args)
    assert found.status == 2
    assert "gone" in found.err


def test_add_noqa(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, "--add-noqa")
    assert (found.status, found.out, found.err) == (0, "", "nnlint: added `noqa` for 1 finding\n")
    assert (top / "a.py").read_text() == BUGGY.replace(LINE, f"{LINE}  # noqa: NN201")
    assert Outcome(capsys).status == 0


def test_add_noqa_leaves_notebooks_alone(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "a.py").unlink()
    (top / "n.ipynb").write_text(json.dumps({"cells": [{"cell_type": "code", "source": BUGGY}]}))
    found = Outcome(capsys, "--add-noqa")
    assert found.err == "nnlint: left alone: n.ipynb\nnnlint: added `noqa` for 0 findings\n"


def test_init(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "sub").mkdir()
    found = Outcome(capsys, "init", "sub")
    assert (found.status, found.err) == (0, "nnlint: wrote sub/nnlint.toml\n")
    assert Outcome(capsys, "--config", "sub/nnlint.toml").status == 1
    again = Outcome(capsys, "init", "sub")
    assert (again.status, again.err) == (2, "Error: sub/nnlint.toml is there already\n")
    assert Outcome(capsys, "init").err == "Error: pyproject.toml is there already\n"


def test_clean(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / ".nnlint_cache" / "x").mkdir(parents=True)
    assert Outcome(capsys, "clean").err == "", "it does not say that it is a cache"
    (top / ".nnlint_cache" / "CACHEDIR.TAG").touch()
    (top / "kept").mkdir()
    (top / "kept" / ".nnlint_cache").symlink_to(top / "kept")
    assert Outcome(capsys, "clean").err == "nnlint: removed .nnlint_cache\n"
    assert not (top / ".nnlint_cache").exists()
    assert (Outcome(capsys, "clean", "kept").status, (top / "kept").exists()) == (0, True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, "completion", shell)
    assert found.status == 0
    assert f"_NNLINT_COMPLETE={shell}_complete" in found.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nnlint exp", "plain,explain"),
        ("nnlint check --sel", "plain,--select"),
        ("nnlint explain NN20", "plain,NN201"),
        ("nnlint check --select NN1,NN20", "plain,NN1,NN201"),
    ],
)
def test_completions(words: str, expected: str) -> None:
    environment = {
        **os.environ,
        "_NNLINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    found = subprocess.run(
        [sys.executable, "-m", "nnlint"], capture_output=True, text=True, check=False, env=environment
    )
    assert expected in found.stdout.splitlines()


def terminal(*args: str, **variables: str) -> str:
    """What a command shows on a terminal."""
    parent, child = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    environment |= {"TERM": "xterm", "COLUMNS": "100"} | variables
    process = subprocess.Popen(
        [sys.executable, "-m", "nnlint", *args], stdin=child, stdout=child, stderr=child, env=environment
    )
    os.close(child)
    shown = b""
    try:
        while part := os.read(parent, 65536):
            shown += part
    except OSError:  # what Linux answers when the other side is closed
        pass
    os.close(parent)
    process.wait(timeout=60)
    return shown.decode()


def test_frames_and_colours_on_a_terminal() -> None:
    shown = terminal("a.py")
    assert "\x1b[1;31merror[NN201]\x1b[0m" in shown
    assert re.search(r"\^+", shown)
    plain = terminal("a.py", NO_COLOR="1")
    assert "error[NN201]" in plain
    assert "\x1b" not in plain


def test_progress_on_a_terminal(top: Path) -> None:
    (top / "a.py").unlink()
    for number in range(30):
        (top / f"f{number}.py").write_text("x = 1\n")
    assert "[#" in terminal("-j", "1")
    assert "[#" not in terminal("-j", "1", CI="true")
    assert "[#" not in terminal("-j", "1", "-q")
