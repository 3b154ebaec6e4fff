"""Keras: what is changed behind `compile`, and what is trained before it: faults of the order of calls."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.trace import Trace
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Instance, Obj, Origin, Tuple, Value
from nnlint.knowledge.spec import Container, Model

__all__ = ["keras_faults"]

_KIND = "change-after-compile"


def keras_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about compiled models."""
    compiled = [act for act in trace.acts if act.kind == "compile"]
    if not compiled:
        return
    for root in dict.fromkeys(act.root for act in compiled):
        acts = [act for act in trace.acts if act.root == root and act.kind in {"compile", "trainable", "fit"}]
        yield from _changed_behind(acts, trace)
        yield from _trained_before(acts)


def _changed_behind(acts: list[Act], trace: Trace) -> Iterator[Fault]:
    models = {act.key for act in acts if act.kind == "compile"}
    last: dict[object, int] = {}
    for at, act in enumerate(acts):
        if act.kind == "compile":
            last[act.key] = at
        elif act.kind == "fit" and act.key in last:
            between = acts[last[act.key] + 1 : at]
            if any(other.kind == "compile" for other in between):
                continue
            for change in between:
                if change.kind == "trainable" and _concerns(change, act, trace, len(models) == 1):
                    yield _behind(change, acts[last[act.key]], act)
                    return


def _concerns(change: Act, fit: Act, trace: Trace, only: bool) -> bool:
    """Whether what is changed belongs to the model that is trained, and is not switched to and fro."""
    shared = change.path.inside("loop") if change.path is not None else None
    while shared is not None:
        if _is_inside(fit, shared.place):
            return False
        shared = shared.outer.inside("loop") if shared.outer is not None else None
    if change.key == fit.key or only:
        return True
    name = fit.text.rpartition(".")[0]
    step = change.path.inside("loop") if change.path is not None else None
    if step is not None and trace.loops.get(step.place, "").startswith(f"{name}.layers"):
        return True
    return isinstance(fit.receiver, (Built, Instance)) and _holds(fit.receiver, change.receiver)


def _is_inside(act: Act, place: object) -> bool:
    step = act.path
    while step is not None:
        if step.place == place:
            return True
        step = step.outer
    return False


def _holds(model: Obj, part: object) -> bool:
    items = model.attrs.get("items")
    return isinstance(items, Tuple) and any(item is part for item in items.items)


def _behind(change: Act, compiled: Act, fit: Act) -> Fault:
    return Fault(
        _KIND,
        change.place,
        f"`{change.text}.trainable` is set after `{compiled.text}()`: "
        f"`{fit.text}()` trains what was trainable when the model was compiled; compile it again",
        (Origin(compiled.place, "compiled here"), Origin(fit.place, "trained here")),
    )


def _is_new(model: Value) -> bool:
    """Whether a model was put together here and stayed in sight: a saved one comes compiled."""
    if isinstance(model, Built):
        return isinstance(model.entry.does, (Container, Model)) and not model.escaped
    return isinstance(model, Instance) and not model.escaped


def _trained_before(acts: list[Act]) -> Iterator[Fault]:
    """A model made here is trained first and compiled afterwards."""
    compiled = {act.key: act for act in acts if act.kind == "compile"}
    seen: set[object] = set()
    for act in acts:
        if act.kind == "compile":
            seen.add(act.key)
        elif act.kind == "fit" and act.key in compiled and act.key not in seen:
            if not _is_new(act.receiver):
                continue
            seen.add(act.key)
            yield Fault(
                _KIND,
                act.place,
                f"`{act.text}()` comes before `{compiled[act.key].text}()`: "
                "the model has no loss to train with",
                (Origin(compiled[act.key].place, "compiled only here"),),
            )
