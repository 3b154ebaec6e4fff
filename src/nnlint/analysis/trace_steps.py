"""Whether a step is taken, from fresh gradients, in the right order: faults of rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.trace import Round, Trace, call_name, is_optimizer, receiver_name
from nnlint.analysis.trace_repairs import inserted, moved
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Obj, Origin

__all__ = ["step_faults"]

_HAZARD = re.compile(
    r"zero|clear_|grad|reset|optim|step|closure|backward|update|train|learn|scal|loss\b.*\.", re.I
)
_HARMLESS = re.compile(
    r"(^|\.)(add_scalar|append|criterion|float|format|info|item|len|long|loss_(fn|func|function)|max|mean|model|net"
    r"|network|numpy|print|set_description|set_postfix|size|squeeze|sum|time|to|view|write"
    r"|enumerate|exists|flush|int|isdir|join|makedirs|mkdir|popen|range|replace|round|split|str|strftime|zip)$"
)
"""Names of calls that compute a loss or report it, and of the plainest of Python."""
_READ = frozenset(
    {
        "all", "any", "argmax", "cpu", "eq", "float", "int", "item", "long", "max", "mean", "min", "numel",
        "numpy", "size", "sum", "tolist",
    }
)  # fmt: skip
"""Methods of tensors that change nothing, whatever the tensor is called: ``batch.train_mask.sum()``."""


def step_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about steps in every round of the run."""
    for each in trace.rounds:
        if any(act.kind in {"step", "zero_grad"} for act in each.acts):
            yield from _missing_zero_grad(each, trace)
            yield from _missing_step(each, trace)
            yield from _missing_backward(each)
            yield from _empty_step(each)


def _hazard(act: Act) -> bool:
    """Whether code that cannot be seen may clear, step or differentiate."""
    if act.kind != "opaque":
        return act.kind == "grad"
    parts = act.text.split(".")
    if len(parts) > 1 and parts[-1] in _READ:
        return False
    own = len(parts) == 2 and parts[0] == "self" and act.mode != "network"
    return own or _HAZARD.search(act.text) is not None


def _own_steps(each: Round) -> list[Act]:
    """Steps without closure whose innermost loop this is."""
    return [act for act in each.of("step") if each.is_innermost_of(act) and act.mode != "closure"]


def _loop(each: Round) -> str:
    """A loop in words."""
    return f"the loop over `{each.over}`" if each.over and len(each.over) < 50 else "this loop"


def _made_inside(each: Round, key: object) -> bool:
    return any(act.kind == "built" and act.key == key for act in each.acts)


def _built_at(act: Act) -> tuple[Origin, ...]:
    return (
        (Origin(act.receiver.place, "the optimizer is made here"),) if isinstance(act.receiver, Built) else ()
    )


def _missing_zero_grad(each: Round, trace: Trace) -> Iterator[Fault]:
    if any(_hazard(act) for act in each.acts):
        return
    for step in _own_steps(each):
        backward = each.of("backward")
        if not backward or not is_optimizer(step) or _made_inside(each, step.key):
            continue
        if any(_may_clear(act, step) for act in each.of("zero_grad")):
            continue
        name = receiver_name(step)
        outside = [act for act in trace.acts if act.kind == "zero_grad" and act.key == step.key]
        where = "are cleared only outside" if outside else "are never cleared in"
        yield Fault(
            "missing-zero-grad",
            backward[0].place,
            f"the gradients of `{name}` {where} {_loop(each)}, so that every round adds to those before: "
            f"call `{name}.zero_grad()` before `{call_name(backward[0])}` at the latest",
            (
                Origin(each.loop, "the loop"),
                Origin(step.place, f"`{name}` steps here"),
                *(Origin(act.place, "cleared here, once for the whole loop") for act in outside[:1]),
                *_built_at(step),
            ),
            inserted(backward[0], f"{name}.zero_grad()", step),
        )


def _may_clear(act: Act, step: Act) -> bool:
    """Any clearing counts unless it is certainly that of another optimizer."""
    return act.key == step.key or not is_optimizer(act)


def _missing_step(each: Round, trace: Trace) -> Iterator[Fault]:
    backward = each.of("backward")
    cleared = {
        act.key: act for act in each.of("zero_grad") if is_optimizer(act) and each.is_innermost_of(act)
    }
    if not backward or not cleared or any(_hazard(act) for act in each.acts):
        return
    if _one_steps_twice(each):
        return
    unseen = any(
        act.kind == "step" and act.root == each.root and not isinstance(act.receiver, Obj)
        for act in trace.acts
    )
    for key, zero in cleared.items():
        if any(trace.steps(key)) or _made_inside(each, key) or unseen:
            continue
        name = receiver_name(zero)
        last = _last_before_other(each, zero)
        if last is None:
            continue
        yield Fault(
            "missing-step",
            last.place,
            f"gradients are computed for `{name}` in {_loop(each)}, and nothing uses them: "
            f"`{name}.step()` is missing between `{call_name(last)}` and the next `{call_name(zero)}`",
            (
                Origin(each.loop, "the loop"),
                Origin(zero.place, f"`{name}` is cleared here: the step has to come before"),
                *_built_at(zero),
            ),
            inserted(last, f"{name}.step()", zero, "behind"),
        )


def _one_steps_twice(each: Round) -> bool:
    """One optimizer steps at two places on every round: that of its twin is a fault of its own."""
    places: dict[object, set[object]] = {}
    for act in each.of("step"):
        if not each.under(act):
            places.setdefault(act.key, set()).add(act.place)
    return any(len(found) > 1 for found in places.values())


def _last_before_other(each: Round, zero: Act) -> Act | None:
    """The backward pass that follows the clearing, else the last of the round."""
    after = each.acts[each.acts.index(zero) :]
    following = [act for act in after if act.kind == "backward"]
    return following[0] if following else next(iter(reversed(each.of("backward"))), None)


def _missing_backward(each: Round) -> Iterator[Fault]:
    if each.of("backward", "minimize", "gradients", "apply", "fit"):
        return
    if any(_hazard(act) or not _is_harmless(act) for act in each.acts):
        return
    cleared = {act.key for act in each.of("zero_grad")}
    for step in _own_steps(each):
        if is_optimizer(step) and step.key in cleared:
            name = receiver_name(step)
            yield Fault(
                "missing-backward",
                step.place,
                f"`{name}` steps, but nothing in the loop computes gradients: `backward()` is missing",
                (Origin(each.loop, "the loop"), *_built_at(step)),
            )


def _is_harmless(act: Act) -> bool:
    return act.kind != "opaque" or act.mode == "network" or _HARMLESS.search(act.text) is not None


def _empty_step(each: Round) -> Iterator[Fault]:
    """A step right after its gradients were cleared."""
    if any(_hazard(act) for act in each.acts) or not each.of("backward"):
        return
    for step in _own_steps(each):
        if _made_inside(each, step.key):
            continue
        relevant = [
            act
            for act in each.acts
            if act.kind == "backward" or (act.kind in {"zero_grad", "step"} and act.key == step.key)
        ]
        before = _previous(relevant, step)
        if before is None or before.kind != "zero_grad" or each.under(before) != each.under(step):
            continue
        if before.root != step.root:
            continue
        name = receiver_name(step)
        backward = _backward_before(each, before)
        yield Fault(
            "training-step-order",
            before.place if _precedes(relevant, before, step) else step.place,
            f"`{name}` is cleared and then steps without a backward pass between: the step uses no gradients",
            (Origin(step.place, "the step"), Origin(before.place, "cleared here"), *_built_at(step)),
            moved(before, backward, "before") if _precedes(relevant, before, step) and backward else None,
        )


def _backward_before(each: Round, act: Act) -> Act | None:
    """The backward pass nearest to an act in the same function, before it."""
    found = [one for one in each.acts[: each.acts.index(act)] if one.kind == "backward"]
    return found[-1] if found and found[-1].function == act.function else None


def _previous(acts: list[Act], step: Act) -> Act | None:
    """The act before the step, around the end of the round if need be, other steps left out."""
    at = acts.index(step)
    for act in [*reversed(acts[:at]), *reversed(acts[at + 1 :])]:
        if act.kind != "step":
            return act
    return None


def _precedes(acts: list[Act], one: Act, other: Act) -> bool:
    return acts.index(one) < acts.index(other)
