"""Comparing nnlint's version with the one a configuration asks for."""

from __future__ import annotations

import re

__all__ = ["InvalidRequirement", "satisfies"]

_CLAUSE = re.compile(r"\s*(==|!=|>=|<=|~=|>|<)?\s*v?(\d+(?:\.\d+)*)(\.\*)?\s*")


class InvalidRequirement(ValueError):
    """The text is no version requirement."""


def satisfies(version: str, requirement: str) -> bool:
    """Whether a release ("0.1.0") meets every clause of a requirement (">=0.1,<1"; a bare version means ==).

    Raises InvalidRequirement.
    """
    return all(_meets(_release(version), clause) for clause in requirement.split(","))


def _meets(version: tuple[int, ...], clause: str) -> bool:
    found = _CLAUSE.fullmatch(clause)
    if found is None:
        raise InvalidRequirement(f"invalid version requirement {clause.strip()!r}")
    operator, wanted = found[1] or "==", _release(found[2])
    if operator == "~=" and len(wanted) < 2:
        raise InvalidRequirement(f"{clause.strip()!r} needs a version of at least two numbers")
    if found[3] or operator == "~=":
        length = len(wanted) - (operator == "~=")
        same = _pad(version, length)[:length] == wanted[:length]
        return not same if operator == "!=" else same and (operator != "~=" or _compare(version, wanted) >= 0)
    order = _compare(version, wanted)
    if operator == "!=":
        return order != 0
    return order in {"==": (0,), ">=": (0, 1), "<=": (-1, 0), ">": (1,), "<": (-1,)}[operator]


def _release(text: str) -> tuple[int, ...]:
    """The numbers in front; pre-release and build parts do not count."""
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(int(part) for part in found[0].split(".")) if found else (0,)


def _pad(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))


def _compare(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    length = max(len(left), len(right))
    one, other = _pad(left, length), _pad(right, length)
    return (one > other) - (one < other)
