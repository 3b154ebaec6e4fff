"""Programs that are hard on an analyser end with a result or a diagnostic, never with a failure of nnlint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.hard_files import branches, columns, cycle, doubling, long_file, long_line, loops, nesting
from click.testing import CliRunner

from nnlint.analysis.files import lowered
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.run import run
from nnlint.cli.main import cli
from nnlint.frontend.broken import Broken
from nnlint.frontend.depth import COMPLAINT, too_deep
from nnlint.frontend.parse import parse
from nnlint.frontend.size import TOO_LARGE
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project
from nnlint.source import Source

PROGRAMS = {
    "lines": long_file(500),
    "branches": branches(150),
    "nesting": nesting(60),
    "deep nesting": nesting(250),
    "cycle": cycle(30),
    "columns": columns(600),
    "loops": loops(40),
    "long line": long_line(50_000),
}


@pytest.mark.parametrize("files", PROGRAMS.values(), ids=PROGRAMS)
def test_hard_program_does_not_fail(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    options = ["--jobs", "1", "--no-cache", "--isolated", "--select", "ALL"]
    result = CliRunner().invoke(cli, ["check", *options, str(tmp_path)], standalone_mode=False)
    assert "internal error" not in result.output
    assert result.exception is None


def test_calls_that_double_with_every_level_stay_countable(tmp_path: Path) -> None:
    path = tmp_path / "doubling.py"
    path.write_text(doubling(24)["doubling.py"])
    project = Project((), lambda path: Source(path, path.read_text()))
    code = lowered(project, path)
    assert isinstance(code, ModuleIR)
    assert LIMITS.events / 2 < len(run(project, code).events) < LIMITS.events * 1.01


def test_what_is_nested_too_deeply_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "deep.py").write_text(nesting(1_500)["nesting.py"])
    result = CliRunner().invoke(
        cli, ["check", "--no-cache", "--isolated", str(tmp_path / "deep.py")], standalone_mode=False
    )
    assert "internal error" not in result.output
    assert "NN900" in result.output


CHAINS = {
    "not": "not " * 20_000 + "a",
    "minus": "-" * 20_000 + "a",
    "items": "a" + "[0]" * 2_000,
    "calls": "a" + "()" * 2_000,
    "attributes": "a" + ".b" * 20_000,
    "sum": "1 + " * 20_000 + "1",
    "lambdas": "lambda: " * 20_000 + "a",
}
"""Texts that are deep without many brackets, over which LibCST's parser takes minutes or ends the process."""


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_chains_that_are_too_long_are_said_to_be(chain: str) -> None:
    assert parse(Source(Path("f.py"), f"x = {chain}\n")) == Broken(1, 1, COMPLAINT)


def test_data_beyond_memory_are_said_to_be() -> None:
    """Ten megabytes of numbers on one line; as many letters in one text are no matter."""
    source = Source(Path("f.py"), long_line(10_000_000)["long_line.py"])
    assert parse(source) == Broken(1, 1, TOO_LARGE)
    assert isinstance(parse(Source(Path("f.py"), f"x = '{'0' * 10_000_000}'\n")), ModuleIR)


def test_long_chains_that_are_flat_are_read() -> None:
    text = f"x = {'a and ' * 5_000}a\ny = {'a < ' * 5_000}a\nz = {'b = ' * 5_000}a\n"
    assert isinstance(parse(Source(Path("f.py"), text)), ModuleIR)


def test_a_long_chain_of_branches_is_followed(tmp_path: Path) -> None:
    """Two faults: one in the last arm, one behind the chain."""
    arms = "".join(f"    elif kind == {number}:\n        y = x * {number}\n" for number in range(300))
    (tmp_path / "chain.py").write_text(
        "import torch.nn.functional as F\n\n\ndef loss(x, kind, t):\n    if kind < 0:\n        y = x\n" + arms
        + "    else:\n        y = F.cross_entropy(F.softmax(x, 1), t)\n"
        + "    return y + F.cross_entropy(F.softmax(x, 1), t)\n"
    )  # fmt: skip
    options = ["--no-cache", "--isolated", "--output-format", "concise", str(tmp_path / "chain.py")]
    result = CliRunner().invoke(cli, ["check", *options], standalone_mode=False)
    assert "internal error" not in result.output
    assert [line.split(":")[1] for line in result.output.splitlines() if "NN201" in line] == ["608", "609"]


def test_a_chain_in_which_libcst_finds_no_place_is_said_to_be_too_deep(tmp_path: Path) -> None:
    arms = "".join(f"elif kind == {number}:\n    y = x\n" for number in range(2_500))
    text = f"import torch.nn.functional as F\nif kind:\n    y = F.cross_entropy(F.softmax(x, 1), t)\n{arms}"
    (tmp_path / "chain.py").write_text(text)
    options = ["--no-cache", "--isolated", "--output-format", "concise", str(tmp_path / "chain.py")]
    result = CliRunner().invoke(cli, ["check", *options], standalone_mode=False)
    assert "internal error" not in result.output
    assert "chain.py:1:1: NN900" in result.output


def test_brackets_in_strings_do_not_nest() -> None:
    assert not too_deep("x = '" + "(" * 300 + "'\n")
    assert not too_deep("x = " + "(" * 200 + "1" + ")" * 200 + "\n" + "y = f(1)\n" * 10)
    assert too_deep("x = " + "(" * 201 + "1" + ")" * 201 + "\n")


def test_a_notebook_as_it_was_left(tmp_path: Path) -> None:
    """Magics, other languages, a cell that is no Python, counts out of order or of no use: cells count."""
    cells = {
        "%matplotlib inline\n!pip install torch\nimport torch.nn.functional as F": 7,
        "%%bash\nls | grep x": None,
        "p = F.softmax(x, dim=1)": 3,
        "loss = F.cross_entropy(p, y)": 2,
        "if x print y": "*",
        "%%R\nx <- 1": -1,
        "p?\nF.softmax??\nq = F.softmax(z, dim=1)\nF.cross_entropy(q, y)": 1.5,
    }
    code = [
        {"cell_type": "code", "source": source, "outputs": [], "execution_count": count}
        for source, count in cells.items()
    ]
    path = tmp_path / "left.ipynb"
    path.write_text(json.dumps({"cells": code, "metadata": {}, "nbformat": 4}))
    options = ["--jobs", "1", "--no-cache", "--isolated", "--output-format", "json"]
    result = CliRunner().invoke(cli, ["check", *options, str(path)], standalone_mode=False)
    found = [(one["cell"], one["location"]["row"], one["code"]) for one in json.loads(result.stdout)]
    assert found == [(2, 1, "NN201"), (4, 1, "NN900"), (6, 3, "NN201")]
