"""The notation of pages and cases: what is parsed, and what counts as a difference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from linting import differences, lint
from meaning import satisfies
from notation import Mark, NotationError, Program, programs, sections

from nnlint.analysis.values import Constant, Tensor
from nnlint.knowledge.spec import Scale

FENCE = "`" * 3


def parsed(tmp_path: Path, *lines: str) -> list[Program]:
    path = tmp_path / "case.md"
    path.write_text("\n".join(line.replace("@@@", FENCE) for line in lines) + "\n", "utf-8")
    return [program for section in sections(path) for program in programs(path, section)]


def test_marks_are_read_and_taken_out(tmp_path: Path) -> None:
    (program,) = parsed(
        tmp_path,
        "# Top",
        "## Case",
        "@@@python",
        "x = 1  # NN201, because NN102",
        "reveal(x)  # revealed: 1, not 2",
        "y = 2  # noqa: NN201  # NN902",
        "@@@",
    )
    assert program.path == ("Top", "Case")
    assert program.marks() == [
        Mark("example.py", 1, "because", "NN102"),
        Mark("example.py", 1, "finding", "NN201"),
        Mark("example.py", 2, "revealed", "1, not 2"),
        Mark("example.py", 3, "finding", "NN902"),
    ]
    assert program.blocks[0].content() == ["x = 1", "reveal(x)", "y = 2  # noqa: NN201"]
    assert program.where("example.py", 1).endswith("case.md:4")


def test_blocks_make_programs(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "## Case",
        "@@@python",
        "1",
        "@@@",
        "@@@text",
        "left out",
        "@@@",
        "@@@python file=a.py",
        "@@@",
        "@@@toml file=b.toml finds=NN903",
        "1  # NN101",
        "@@@",
        "@@@python file=a.py select=NN1,NN201",
        "@@@",
    )
    names = [[block.name for block in program.blocks] for program in found]
    assert names == [["example.py"], ["a.py", "b.toml"], ["a.py"]]
    assert [program.select for program in found] == [(), (), ("NN1", "NN201")]
    assert found[1].marks() == [Mark("b.toml", 1, "finding", "NN903")]
    assert [program.title for program in found] == ["Case", "Case (2)", "Case (3)"]


def test_cells_of_a_notebook(tmp_path: Path) -> None:
    lines = ("a", "# %% [markdown]", "words", "# %%", "b", "c")
    (program,) = parsed(tmp_path, "## Case", "@@@python file=a.ipynb", *lines, "@@@")
    assert list(program.blocks[0].cells()) == [
        ("code", 1, ["a"]),
        ("markdown", 3, ["words"]),
        ("code", 5, ["b", "c"]),
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [(("@@@python", "1"), "case.md:1: the code block is not closed"),
     (("", "@@@python name=a.py", "@@@"), "case.md:2: a code block has no attribute 'name'")],
)  # fmt: skip
def test_mistakes_have_a_place(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(NotationError, match=re.escape(message)):
        parsed(tmp_path, *lines)


def test_differences_go_both_ways(tmp_path: Path) -> None:
    (program,) = parsed(
        tmp_path,
        "## Case",
        "@@@python",
        "import torch.nn.functional as F",
        "x = F.softmax(F.relu(1), -1)  # NN101",
        "F.cross_entropy(F.softmax(x, -1), x)",
        "reveal(x)  # revealed: logits",
        "@@@",
    )
    (tmp_path / "work").mkdir()
    found = differences(program, lint(program, tmp_path / "work"))
    assert any(line.endswith("case.md:4: NN101 is not found") for line in found)
    assert any(re.search(r"case\.md:5: NN201 is found and not marked$", line) for line in found)
    assert any(line.endswith("case.md:6: revealed logits is not found") for line in found)
    assert any("case.md:6: revealed probabilities, softmax" in line for line in found)


def test_facts() -> None:
    tensor = Tensor(None, Scale.PROBABILITIES, "softmax", units=3)
    assert satisfies(tensor, "probabilities, 3 units, not detached")
    assert not satisfies(tensor, "probabilities, 4 units")
    assert not satisfies(tensor, "not softmax")
    assert satisfies(Constant("a"), "'a'")
