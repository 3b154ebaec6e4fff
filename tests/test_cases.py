"""Every case in tests/cases: what is found must be what the marks in the text promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from linting import differences, lint, unfixed
from notation import Program, programs, sections

FOLDER = Path(__file__).parent / "cases"
ALL = [
    program
    for source in sorted(FOLDER.rglob("*.md"))
    for section in sections(source)
    for program in programs(source, section)
]


def _id(program: Program) -> str:
    return f"{program.source.relative_to(FOLDER).as_posix()}::{program.title}"


@pytest.mark.parametrize("program", ALL, ids=_id)
def test_case(program: Program, tmp_path: Path) -> None:
    found = lint(program, tmp_path)
    kind = program.path[-1][:3] if program.path else ""
    if kind == "FN_":
        known = [mark for mark in program.marks() if mark in found]
        assert not known, f"{_id(program)} is found now: take FN_ out of its title"
        assert program.marks(), "a known miss marks what is missed"
        found.update(program.marks())
        found = {mark for mark in found if mark.kind != "revealed" or mark in program.marks()}
    elif kind == "FP_":
        gone = [mark for mark in program.marks() if mark not in found]
        assert not gone, f"{_id(program)} is no longer reported: take FP_ out of its title, and the marks"
        assert program.marks(), "a known false alarm marks what is reported"
    wrong = differences(program, found)
    wrong += unfixed(program, tmp_path)
    assert not wrong, "\n".join(["", *wrong])


def test_titles_are_unique() -> None:
    ids = [_id(program) for program in ALL]
    assert sorted(ids) == sorted(set(ids))
