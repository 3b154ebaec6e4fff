"""Repairs that switch the mode of a network."""

from __future__ import annotations

from nnlint.analysis.repair import Insert, Repair
from nnlint.analysis.trace import Round, Trace
from nnlint.analysis.trace_repairs import inserted, put_before
from nnlint.analysis.training_events import Act
from nnlint.analysis.values import Place

__all__ = ["into_evaluation", "into_training"]

_TRAINING = frozenset({"backward", "step", "minimize", "zero_grad", "apply"})


def into_evaluation(name: str, place: Place, act: Act, trace: Trace) -> Repair | None:
    """`eval()` before a loop or block, and `train()` before the one that trains where nothing says so."""
    switch = put_before(name, "eval", place, act)
    if switch is None:
        return None
    back: list[Insert | None] = []
    if not any(other.kind == "train" and other.key == act.key for other in trace.acts):
        back = [_before_training(name, each, act) for each in trace.rounds]
    steps = (switch, *(step for step in back if step is not None))
    return Repair(f"Call `{name}.eval()`", tuple(dict.fromkeys(steps)))


def _before_training(name: str, each: Round, act: Act) -> Insert | None:
    if not any(other.kind in _TRAINING for other in each.acts):
        return None
    applied = [
        one for one in each.of("forward", "opaque") if one.key == act.key and each.is_innermost_of(one)
    ]
    return put_before(name, "train", each.loop, applied[0]) if applied else None


def into_training(name: str, each: Round, act: Act, switch: Act) -> Repair | None:
    """`train()` before the loop, or before the batch where the loop itself evaluates."""
    if switch in each.acts:
        return inserted(act, f"{name}.train()", act)
    step = put_before(name, "train", each.loop, act)
    return Repair(f"Call `{name}.train()`", (step,)) if step is not None else None
