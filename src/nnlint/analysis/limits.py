"""Every bound of the analysis in one place, so that its cost stays linear in the code read."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run over one file.

    depth: calls entered inside each other. plain: the same for code of other files that can train nothing.
    contexts: times one function is entered with other arguments; as often again with their shapes forgotten,
        and then with numbers, names and tensors forgotten.
    steps_per_node, steps_base: statements and calls that running the top level may cost, by the size of the
        file and at least. rest_per_node, rest_base: the same for the functions it does not reach;
        rest_each: what each of them may cost in any case.
    unroll: items of a known sequence that a loop steps through one by one.
    rounds: the same for loops inside loops, all together.
    alternatives: objects a value may be one of before it is unknown.
    origins: reasons kept with a value. items: elements kept of a list or dict.
    columns: what is remembered of the columns of a table; of one that went through more, nothing is known.
    imports: first-party files entered from one file. nesting: depth of expressions followed.
    events: what may happen in a file, counted again for every call of the same code; calls that call twice
        would double it with every level.
    numbers, weights: numbers that the value of a loss may be calculated with, and weights it may depend on.
    """

    depth: int = 20
    plain: int = 2
    contexts: int = 5
    steps_per_node: float = 2.0
    steps_base: int = 6_000
    rest_per_node: float = 0.1
    rest_base: int = 200
    rest_each: int = 32
    unroll: int = 24
    rounds: int = 600
    alternatives: int = 4
    origins: int = 3
    items: int = 64
    columns: int = 500
    imports: int = 40
    events: int = 50_000
    numbers: int = 8_000
    weights: int = 12


LIMITS = Limits()
