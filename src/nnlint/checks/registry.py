"""What a rule is, and how rules are found.

A rule is a function of one event, or of a union of events; the annotation of its parameter is its
subscription. Its module holds the summary as docstring: ``"NN201: a loss that …"``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, NamedTuple, TypeAlias, get_args, get_type_hints

import nnlint.checks
from nnlint.analysis.repair import Repair
from nnlint.analysis.values import Origin, Place
from nnlint.ruleinfo import RuleInfo

__all__ = ["Finding", "Findings", "Rule", "RuleInfo", "rule", "rules", "subscriptions"]


class Finding(NamedTuple):
    """What a rule says: where, what, and the places that explain it."""

    place: Place
    message: str
    because: tuple[Origin, ...] = ()
    severity: str = ""
    """Another severity than the rule's, "" for none."""
    repair: Repair | None = None
    """What would repair it, if that is certain or probable."""
    within_cell: bool = False
    """In a notebook it holds only if all places stand in one cell: between cells, people look at results."""


Findings: TypeAlias = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the function that decides and the event types it subscribed to."""

    info: RuleInfo
    decide: Callable[[Any], Findings]
    events: tuple[type, ...]


def rule(
    code: str, name: str, *, severity: str = "error", default: bool = True, fix: str = ""
) -> Callable[[Callable[[Any], Findings]], Rule]:
    """Make a rule of a generator function whose parameter is annotated with the events it wants."""

    def make(decide: Callable[[Any], Findings]) -> Rule:
        module = import_module(decide.__module__)
        hints = get_type_hints(decide)
        hints.pop("return", None)
        kind = next(iter(hints.values()))
        summary = (module.__doc__ or "").partition(":")[2].strip().partition("\n")[0]
        info = RuleInfo(code, name, severity, summary, default, code[:3], fix)
        return Rule(info, decide, get_args(kind) or (kind,))

    return make


# Rules about reading the file itself, reported by the pipeline and not by an event.
_PIPELINE = (
    RuleInfo("NN900", "syntax-error", "error", "the file is no valid Python.", True, "NN9"),
    RuleInfo("NN901", "unreadable-file", "error", "the file cannot be read as text.", True, "NN9"),
    RuleInfo(
        "NN902",
        "unused-suppression",
        "warning",
        "a suppression comment suppresses nothing.",
        True,
        "NN9",
        "safe",
    ),
    RuleInfo("NN903", "invalid-notebook", "error", "the notebook is no valid notebook.", True, "NN9"),
)


@cache
def _all() -> tuple[Rule, ...]:
    found = []
    for info in walk_packages(nnlint.checks.__path__, "nnlint.checks."):
        module = import_module(info.name)
        found += [value for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.info.code))


@cache
def rules() -> tuple[RuleInfo, ...]:
    """Every rule, sorted by code."""
    return tuple(sorted((*(each.info for each in _all()), *_PIPELINE), key=lambda info: info.code))


@cache
def subscriptions(codes: frozenset[str]) -> dict[type, tuple[Rule, ...]]:
    """The selected rules by the event type they want."""
    found: dict[type, list[Rule]] = {}
    for each in _all():
        if each.info.code in codes:
            for event in each.events:
                found.setdefault(event, []).append(each)
    return {event: tuple(interested) for event, interested in found.items()}
