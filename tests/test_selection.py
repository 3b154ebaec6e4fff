"""Which rules run."""

from __future__ import annotations

import pytest

from nnlint.checks import RuleInfo
from nnlint.selection import Choice, UnknownRule, catalogue, codes_of, find_rule, select

RULES = (
    RuleInfo("NN101", "overwritten-layer-output", "error", "", True, "NN1"),
    RuleInfo("NN115", "ignored-input", "info", "", False, "NN1"),
    RuleInfo("NN201", "probabilities-as-logits", "error", "", True, "NN2"),
    RuleInfo("NN202", "logits-as-probabilities", "error", "", True, "NN2"),
)


def chosen(*choices: Choice) -> set[str]:
    return {code.removeprefix("NN") for code in select(choices, RULES)}


def test_default_rules_run() -> None:
    assert chosen() == chosen(Choice()) == {"101", "201", "202"}


def test_select_replaces_and_extend_adds() -> None:
    assert chosen(Choice(select=("NN2",))) == {"201", "202"}
    assert chosen(Choice(extend_select=("NN115",))) == {"101", "115", "201", "202"}
    assert chosen(Choice(select=("ALL",))) == {"101", "115", "201", "202"}
    assert chosen(Choice(select=("probabilities-as-logits",))) == {"201"}
    assert chosen(Choice(select=())) == set()


def test_the_more_specific_selector_wins_inside_one_choice() -> None:
    assert chosen(Choice(select=("NN2",), ignore=("NN201",))) == {"202"}
    assert chosen(Choice(select=("NN201",), ignore=("NN2",))) == {"201"}
    assert chosen(Choice(select=("ALL",), ignore=("NN1",))) == {"201", "202"}
    assert chosen(Choice(select=("NN201",), ignore=("NN201",))) == set()
    assert chosen(Choice(select=("NN1",), ignore=("NN2",), extend_select=("NN20",))) == {
        "101", "115", "201", "202",
    }  # fmt: skip


def test_the_command_line_wins_over_the_configuration() -> None:
    file = Choice(select=("NN1",), ignore=("NN101",))
    assert chosen(file, Choice(select=("NN101",))) == {"101"}
    assert chosen(file, Choice(extend_select=("NN201",))) == {"115", "201"}
    assert chosen(file, Choice(ignore=("NN115",))) == set()


def test_selectors_know_no_case() -> None:
    assert codes_of("nn201", RULES) == codes_of(" NN201 ", RULES) == {"NN201"}
    assert codes_of("all", RULES) == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("NN204", "NN202"),
        ("NN200", "NN201"),
        ("probabilites-as-logits", "probabilities-as-logits"),
        ("AL", "ALL"),
    ],
)
def test_unknown_rules_name_the_nearest(text: str, near: str) -> None:
    with pytest.raises(UnknownRule, match=f"unknown rule '{text}', did you mean '{near}"):
        codes_of(text, RULES)


@pytest.mark.parametrize("text", ["E501", "N", "", "NN2011", "*"])
def test_other_unknown_rules(text: str) -> None:
    with pytest.raises(UnknownRule, match="unknown rule"):
        codes_of(text, RULES)


def test_find_rule() -> None:
    assert find_rule("nn201", RULES) is find_rule("Probabilities-as-Logits", RULES) is RULES[2]
    with pytest.raises(UnknownRule, match="NN20"):
        find_rule("NN20", RULES)


def test_catalogue_holds_the_rules_of_the_pipeline() -> None:
    codes = [rule.code for rule in catalogue()]
    assert codes == sorted(set(codes))
    assert {"NN201", "NN900", "NN901", "NN902", "NN903"} <= set(codes)
