"""What users are told of a rule, apart from the rule itself: to know it, no rule need be imported."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RuleInfo"]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What users are told of a rule.

    severity: "error", "warning" or "info". fix: "safe" or "unsafe" where findings may have one, else "".
    """

    code: str
    name: str
    severity: str
    summary: str
    default: bool
    family: str
    fix: str = ""
