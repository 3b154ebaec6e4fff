"""NN604: the weights of a layer start all alike, or spread far too wide for the number of its inputs."""

from __future__ import annotations

from math import sqrt

from nnlint.analysis.settings_events import Fed, Started
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_WIDE = 8.0
"""How many times the deviation that keeps the variance, sqrt(2 / fan-in) (He et al. 2015)."""


@rule("NN604", "constant-or-wide-initialization", severity="warning")
def check(event: Fed | Started) -> Findings:
    """Report constant weights behind which another layer stands, and weights of too large a deviation."""
    yield from _constant(event) if isinstance(event, Fed) else _wide(event)


def _constant(event: Fed) -> Findings:
    before = event.before
    if event.kind == "norm" or before.start is None or before.start.kind != "constant" or before.units == 1:
        return
    value = before.start.value
    alike = (
        "nothing passes, forwards or backwards" if value == 0 else "its units get one gradient and stay alike"
    )
    yield Finding(
        before.start.place,
        f"the weights of {before.name} all start at {value:g}: {alike}",
        (
            Origin(before.place, f"{before.name} is a hidden layer"),
            Origin(event.place, f"{event.name} reads it"),
        ),
    )


def _wide(event: Started) -> Findings:
    start = event.start
    if start.kind == "constant" or start.place in event.facts.normalized:
        return
    deviation = start.value / sqrt(3) if start.kind == "uniform" else start.value
    fitting = sqrt(2 / event.fan_in)
    if deviation >= _WIDE * fitting:
        message = (
            f"the weights of {event.name} start with deviation {deviation:.2g}; "
            f"{event.fan_in} inputs ask for about {fitting:.2g}"
        )
        yield Finding(start.place, message, (Origin(event.place, f"{event.name} applies them"),))
