"""Networks that are trained here and then applied to test data at once, with no loop, in training mode.

train() or nothing ─▶ loss.backward(), step() ─▶ (no eval()) ─▶ model(x_test) under no_grad
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.events import Path
from nnlint.analysis.trace import Trace, condition, is_evaluation, named_outside
from nnlint.analysis.trace_mode_repairs import into_evaluation
from nnlint.analysis.trace_modes import (
    EVALUATES,
    is_training,
    mode_layer,
    network_name,
    on_purpose,
    prediction,
    wavers,
)
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Origin, Place

__all__ = ["prediction_faults"]

_MADE_UP = re.compile(r"noise|(^|[\s_])z([\s_]|$)|latent|random|fake|sample")
"""Inputs of generators: what they draw is looked at, not scored."""
_PREDICTS = re.compile(r"predict|infer")
"""Functions that a training loop may call to act."""


def prediction_faults(trace: Trace) -> Iterator[Fault]:
    """Faults of networks whose mode is known, applied under `no_grad` to what is named test data."""
    trained = _trained(trace)
    training = {each.loop for each in trace.rounds if is_training(each)} if trained else set()
    done = set()
    for act in trace.acts if trained else ():
        block = _block(act)
        if act.kind != "forward" or act.mode != "train" or block is None or act.key in done:
            continue
        first = trained.get((act.key, act.root))
        if (
            first is None
            or on_purpose(act)
            or not _is_tested(act, trace, training)
            or wavers(trace, act, "train")
        ):
            continue
        layer = mode_layer(act.receiver)
        if layer is not None:
            done.add(act.key)
            repair = into_evaluation(network_name(act), block, act, trace)
            start = Origin(first.place, "trained here")
            yield prediction(act, layer, " here, as it was trained", start, repair)


def _trained(trace: Trace) -> dict[tuple[object, int], Act]:
    """The networks of each execution that are applied where gradients are computed and steps taken."""
    found: dict[tuple[object, int], Act] = {}
    for each in trace.rounds:
        if each.of("backward") and each.of("step"):
            for act in each.of("forward"):
                if _block(act) is None:
                    found.setdefault((act.key, act.root), act)
    return found


def _block(act: Act) -> Place | None:
    """The innermost block around an act in which gradients are off."""
    step = None if act.path is None else act.path.inside("no_grad")
    return None if step is None else step.place


def _is_tested(act: Act, trace: Trace, training: set[Place]) -> bool:
    """Whether what is given is named as test data, or the function for evaluating it."""
    step = None if act.path is None else act.path.inside("loop")
    if step is not None and step.place not in training:
        return False
    called = _called_in(act, step)
    given = (*act.node.args, *(arg for _, arg in act.node.keywords))
    words = " ".join(f"{condition(arg)} {named_outside(arg, act.path, trace.calls)}" for arg in given).lower()
    if _MADE_UP.search(words):
        return False
    named = EVALUATES.search(act.function) is not None and called
    return is_evaluation(words) or (named and (step is None or not _PREDICTS.search(act.function)))


def _called_in(act: Act, loop: Path | None) -> bool:
    """Whether the loop around an act stands outside the function: the function itself has none."""
    step = act.path
    while step is not None and step.kind != "call" and step is not loop:
        step = step.outer
    return step is not loop or loop is None
