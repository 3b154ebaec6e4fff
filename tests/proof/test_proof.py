"""What the rules promise, held against the real frameworks: bugs are run, repaired, and run again."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from linting import differences, lint
from proofs import SIDES, Proof, proofs
from running import run, symptoms_missing

from nnlint.checks import rules

PAGES = Path(__file__).parents[2] / "rules"
PROGRAMS = Path(__file__).parent / "programs"
ALL = [proof for source in sorted(PROGRAMS.glob("*.md")) for proof in proofs(source)]
REASON = "Not proven by a run: "
"""Starts the sentence in which a page says why no program can show its harm."""

each = pytest.mark.parametrize("proof", ALL, ids=lambda proof: proof.title)


@each
@pytest.mark.parametrize("side", SIDES)
def test_twin(proof: Proof, side: str, tmp_path: Path) -> None:
    """The buggy program raises what it marks, the rule itself among it; the repaired one raises nothing."""
    program = proof.program(side)
    marked = {mark.text for mark in program.marks()}
    assert (proof.code in marked) is (side == "buggy")
    wrong = differences(program, lint(program, tmp_path))
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")
@each
def test_symptom(proof: Proof, tmp_path: Path) -> None:
    """The programs that are linted are run: only the buggy one shows the harm."""
    roots = proof.roots()
    if missing := sorted(root for root in roots if find_spec(root) is None):
        pytest.skip(f"not installed: {', '.join(missing)}")
    outcomes = {}
    for side in SIDES:
        (tmp_path / side).mkdir()
        lint(proof.program(side), tmp_path / side)
        outcomes[side] = run(tmp_path / side / f"{side}.py", roots)
    missing = list(symptoms_missing("\n".join(proof.symptoms.lines), outcomes))
    assert not missing, "\n".join(["", *missing])


@pytest.mark.parametrize("code", [rule.code for rule in rules() if rule.family != "NN9"])
def test_rule_is_proven_or_says_why_not(code: str) -> None:
    """Those of the linter itself promise nothing about a framework."""
    (page,) = PAGES.glob(f"{code}-*.md")
    says_why = any(line.startswith(REASON) for line in page.read_text("utf-8").splitlines())
    proven = any(proof.code == code for proof in ALL)
    assert proven or says_why, f"write tests/proof/programs/{code}.md, or {REASON!r} into the page"
    assert not (proven and says_why), "there is a proof, and the page denies it"


def test_proofs_are_of_rules() -> None:
    assert {proof.code for proof in ALL} <= {rule.code for rule in rules()}
    titles = [proof.title for proof in ALL]
    assert sorted(titles) == sorted(set(titles))
