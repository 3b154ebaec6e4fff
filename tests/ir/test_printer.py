"""What the front end makes of each construct, as the printer shows it."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest
from notation import Section, sections

from nnlint.frontend.cst_lower import lower
from nnlint.ir.printer import show

SNAPSHOTS = [section for section in sections(Path(__file__).parent / "lowering.md") if section.blocks]


@pytest.mark.parametrize("section", SNAPSHOTS, ids=lambda section: section.path[-1])
def test_lowering(section: Section) -> None:
    python, text = section.blocks
    code = lower(cst.parse_module("\n".join(python.lines) + "\n"), "f.py")
    assert show(code.body, reads=True) == "\n".join(text.lines) + "\n"


def test_numbers_are_shown_where_asked_for() -> None:
    code = lower(cst.parse_module("if a:\n    b = 1\n"), "f.py")
    assert show(code.body, numbers=True) == "0: If(test=a)\n  body:\n    2: Assign(targets=[b], value=1)\n"
