"""Which rules run: codes, prefixes, names, families and ALL, resolved as ruff resolves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnlint.ruleinfo import RuleInfo

__all__ = ["Choice", "UnknownRule", "catalogue", "codes_of", "find_rule", "select"]

ALL = "ALL"


class UnknownRule(ValueError):
    """A selector that stands for no rule; the message names the nearest that does."""


def catalogue(cache: Path | None = None) -> tuple[RuleInfo, ...]:
    """Every rule, sorted by code; from a cache folder, if there is one that knows them."""
    from nnlint.cache import catalogue as kept

    known = kept.load(cache) if cache is not None else None
    if known is not None:
        return known
    from nnlint.checks import rules  # brings the engine in: only where rules are needed

    if cache is not None:
        kept.save(cache, rules())
    return rules()


@dataclass(frozen=True, slots=True)
class Choice:
    """What one place (a configuration file, the command line) says about rules.

    select: None where it says nothing; else it replaces what earlier places chose.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()


def select(choices: Iterable[Choice], rules: Sequence[RuleInfo]) -> frozenset[str]:
    """The codes that run; later choices win, inside one the more specific selector does.

    Raises UnknownRule.
    """
    chosen = {rule.code for rule in rules if rule.default}
    for choice in choices:
        verdicts = _verdicts(choice, rules)
        if choice.select is not None:
            chosen = set()
        for code, on in verdicts.items():
            (chosen.add if on else chosen.discard)(code)
    return frozenset(chosen)


def _verdicts(choice: Choice, rules: Sequence[RuleInfo]) -> dict[str, bool]:
    """On or off per code, general selectors first; at equal breadth, off wins."""
    wanted, unwanted = (choice.select or ()) + choice.extend_select, choice.ignore + choice.extend_ignore
    marks = [(_breadth(selector, rules), True, selector) for selector in wanted]
    marks += [(_breadth(selector, rules), False, selector) for selector in unwanted]
    verdicts: dict[str, bool] = {}
    for _, on, selector in sorted(marks, key=lambda mark: (mark[0], not mark[1])):
        verdicts.update(dict.fromkeys(codes_of(selector, rules), on))
    return verdicts


def _breadth(selector: str, rules: Sequence[RuleInfo]) -> int:
    """A sort key: the more rules a selector could mean, the smaller."""
    text = selector.strip()
    if text.upper() == ALL:
        return 0
    if re.fullmatch(r"[A-Za-z]{2}\d*", text):
        return len(text)
    return 5 if any(rule.name == text.lower() for rule in rules) else 3


def codes_of(selector: str, rules: Sequence[RuleInfo]) -> frozenset[str]:
    """The codes a selector stands for: a code, a prefix of codes, a rule's name, a family's title, or ALL.

    Raises UnknownRule.
    """
    text = selector.strip()
    if text.upper() == ALL:
        return frozenset(rule.code for rule in rules)
    prefix, word = text.upper() if len(text) > 1 else "?", text.lower()
    found = frozenset(
        rule.code
        for rule in rules
        if rule.code.startswith(prefix) or word in (rule.name, rule.family.lower())
    )
    if not found:
        raise UnknownRule(_unknown(text, rules))
    return found


def find_rule(text: str, rules: Sequence[RuleInfo]) -> RuleInfo:
    """The rule of a code or name. Raises UnknownRule."""
    wanted = text.strip()
    for rule in rules:
        if rule.code == wanted.upper() or rule.name == wanted.lower():
            return rule
    raise UnknownRule(_unknown(wanted, rules))


def _unknown(text: str, rules: Sequence[RuleInfo]) -> str:
    """The message for a selector that means nothing."""
    near = _nearest(text, rules)
    return f"unknown rule {text!r}" + (f", did you mean {near!r}?" if near else "")


def _nearest(text: str, rules: Sequence[RuleInfo]) -> str | None:
    """For a code the next one of its family, else what is spelled most alike."""
    code = text.upper()
    family = [rule.code for rule in rules if rule.code[:3] == code[:3]]
    if family and code[3:].isdigit():
        return min(family, key=lambda one: abs(int(one[2:]) - int(code[2:])))
    names = [ALL, *(name for rule in rules for name in (rule.code, rule.name))]
    near = get_close_matches(code, names, 1, 0.5) or get_close_matches(text.lower(), names, 1, 0.5)
    return near[0] if near else None
