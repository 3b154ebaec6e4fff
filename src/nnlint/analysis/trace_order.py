"""The order of clipping, unscaling, schedules and the gradient scaler around a step: faults of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nnlint.analysis.trace import Round, Trace, receiver_name
from nnlint.analysis.trace_repairs import inserted, moved
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Origin, Place

__all__ = ["order_faults"]

_KIND = "training-step-order"


def order_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about what belongs before or behind a step."""
    for each in trace.rounds:
        if each.of("step"):
            yield from _late_clip(each)
            yield from _late_unscale(each)
            yield from _early_schedule(each, trace)
    yield from _no_update(trace)


def _late_clip(each: Round) -> Iterator[Fault]:
    """Gradients are clipped when they have been used."""
    order = each.of("backward", "step", "zero_grad", "clip", "unscale")
    for at, clip in enumerate(order):
        if clip.kind != "clip" or any(each.under(act) != each.under(clip) for act in order):
            continue
        before = order[at - 1]
        after = next((act for act in [*order[at + 1 :], *order[:at]] if act.kind != "clip"), None)
        if before.kind == "step" and after is not None and after.kind in {"zero_grad", "backward"} and at > 0:
            yield Fault(
                _KIND,
                clip.place,
                f"`{clip.text}` clips gradients after `{receiver_name(before)}` used them: "
                "it changes nothing",
                (Origin(before.place, "the step"), Origin(after.place, "what happens to them next")),
                moved(clip, before),
            )


def _late_unscale(each: Round) -> Iterator[Fault]:
    """Gradients are clipped while they are still scaled."""
    order = each.of("backward", "step", "clip", "unscale")
    for one, other in pairwise(order):
        if one.kind == "clip" and other.kind == "unscale" and each.under(one) == each.under(other):
            yield Fault(
                _KIND,
                one.place,
                f"`{one.text}` clips gradients that `{other.text}` unscales only afterwards",
                (Origin(other.place, "unscaled here"),),
                moved(other, one),
            )


def _early_schedule(each: Round, trace: Trace) -> Iterator[Fault]:
    """The learning rate is advanced before the first step was taken with it."""
    for act in each.of("scheduler_step"):
        scheduler = act.receiver
        if not isinstance(scheduler, Built) or each.under(act) or act.node.args or act.node.keywords:
            continue
        optimizer = scheduler.args.get("optimizer")
        steps = [
            step
            for step in each.of("step")
            if isinstance(optimizer, Built) and step.key == optimizer.serial and step.mode == ""
        ]
        first = next(
            (step for step in trace.steps(getattr(optimizer, "serial", 0)) if step.root == act.root), None
        )
        if not steps or first is None or not _before(trace, act, first):
            continue
        if any(kind in {"if", "else"} for kind, _ in each.under(first)) or _resumes(trace, act):
            continue
        yield Fault(
            _KIND,
            act.place,
            f"`{act.text}()` comes before the first `{receiver_name(first)}.step()`: "
            "the first value of the schedule is skipped",
            (
                Origin(first.place, "the optimizer steps here"),
                Origin(scheduler.place, "the scheduler is made here"),
            ),
            moved(act, first, "behind"),
        )


def _resumes(trace: Trace, schedule: Act) -> bool:
    """Whether every run goes on from a saved state: not only where there is one."""
    known = set(_branches(schedule))
    loads = (act for act in trace.acts if act.kind == "load" and isinstance(act.receiver, Built))
    return any(known.issuperset(_branches(act)) for act in loads)


def _branches(act: Act) -> Iterator[tuple[str, Place]]:
    """The branches an act stands under, whatever calls lie between."""
    path = act.path
    while path is not None:
        if path.kind in {"if", "else", "case", "except"}:
            yield path.kind, path.place
        path = path.outer


def _before(trace: Trace, one: Act, other: Act) -> bool:
    for act in trace.acts:
        if act is one or (act.place == one.place and act.key == one.key):
            return True
        if act is other:
            return False
    return False


def _no_update(trace: Trace) -> Iterator[Fault]:
    """A gradient scaler steps and never adapts its scale."""
    scalers = [
        act.receiver
        for act in trace.acts
        if act.kind == "built"
        and isinstance(act.receiver, Built)
        and act.receiver.name.endswith("GradScaler")
    ]
    if len(scalers) != 1 or scalers[0].escaped or any(act.kind == "update" for act in trace.acts):
        return
    for step in trace.acts:
        name = step.text.rpartition(".")[0]
        if step.kind == "step" and step.node.args and receiver_name(step) != name and "scal" in name:
            yield Fault(
                _KIND,
                step.place,
                f"`{name}.step()` is never followed by `{name}.update()`: the loss scale never adapts",
                (Origin(scalers[0].place, "the scaler is made here"),),
                inserted(step, f"{name}.update()", step, "behind"),
            )
            return
