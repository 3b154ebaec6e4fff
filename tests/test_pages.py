"""Every page in rules/: complete, and its examples do what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from linting import differences, lint, unfixed
from notation import Program, Section, programs, sections

from nnlint.checks import rules

FOLDER = Path(__file__).parents[1] / "rules"
PAGES = sorted(FOLDER.glob("NN*.md"))
HEADINGS = ("Why it hurts", "Bad", "Good", "When to ignore it", "What it cannot see")
OPTIONAL = ("References",)
EXAMPLES = [
    program for source in PAGES for section in sections(source) for program in programs(source, section)
]


def _id(program: Program) -> str:
    return f"{program.source.name.partition('-')[0]}-{program.title.partition(' / ')[2]}"


def _part(program: Program) -> str:
    """The second-level heading an example stands under."""
    return program.path[1] if len(program.path) > 1 else ""


@pytest.mark.parametrize("program", EXAMPLES, ids=_id)
def test_example(program: Program, tmp_path: Path) -> None:
    code = program.source.name.partition("-")[0]
    marked = {mark.text for mark in program.marks() if mark.kind == "finding"}
    part = _part(program)
    assert part in ("Bad", "Good", "When to ignore it", "What it cannot see"), f"an example under {part!r}"
    assert (code in marked) is (part == "Bad"), f"{code} is to be marked under Bad, and only there"
    wrong = differences(program, lint(program, tmp_path))
    wrong += unfixed(program, tmp_path)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("source", PAGES, ids=lambda path: path.name.partition("-")[0])
def test_page_is_complete(source: Path) -> None:
    parts = sections(source)
    info = next((one for one in rules() if source.name == f"{one.code}-{one.name}.md"), None)
    assert info is not None, "the page is named after no rule"
    top = parts[1]
    assert top.path == (f"{info.code}: {info.name}",)
    assert _text(top), "the page says first what the rule finds"
    assert any(line.startswith("Frameworks: ") for line in top.prose)
    headings = [part.path[1] for part in parts if len(part.path) == 2]
    assert [name for name in headings if name not in OPTIONAL] == list(HEADINGS)
    for part in parts:
        if len(part.path) == 2 and part.path[1] not in ("Bad", "Good"):
            assert _text(part) or part.blocks, f"nothing under {part.path[1]}"
    for wanted in ("Bad", "Good"):
        assert any(_part(one) == wanted for one in EXAMPLES if one.source == source), (
            f"no example of {wanted}"
        )


def _text(section: Section) -> str:
    return "".join(section.prose).strip()
