"""Networks that an evaluation in the training loop leaves in evaluation mode, where not all of them is known.

train() ─▶ a batch that trains ─▶ eval() ─▶ the same batch again, with no train() between
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from nnlint.analysis.events import Path
from nnlint.analysis.trace import Round, Trace
from nnlint.analysis.trace_mode_repairs import into_training
from nnlint.analysis.trace_modes import (
    MODE_WORDS,
    mode_layer,
    network_name,
    same_way,
    under_no_grad,
    what_minds,
)
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Instance, Origin, Place, Tuple, Unknown, Value

__all__ = ["left_mode_faults"]

_DEEP = 4
"""Parts of parts that are looked into."""
_ARMS = {"if": "else", "else": "if"}


def left_mode_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about networks that say themselves that their mode matters: they are switched to both."""
    switched = {act.key for act in trace.acts if act.kind == "eval"}
    told = {act.key for act in trace.acts if act.kind == "train"}
    training = [each for each in trace.rounds if each.of("step") and each.of("backward")] if switched else []
    applied: dict[tuple[Place, object], Act] = {}
    for each in training:
        for act in each.of("forward", "opaque"):
            if act.key in switched and not under_no_grad(act) and each.is_innermost_of(act):
                applied.setdefault((act.place, act.key), act)
    for act in applied.values():
        both = act.key in told
        if (_minds(act, trace) and _was_told_to_train(act, trace)) if both else _began_to_train(act, trace):
            found = (_left(each, act, trace) for each in training if act in each.acts and not each.once)
            yield from islice((fault for fault in found if fault is not None), 1)


def _minds(act: Act, trace: Trace) -> bool:
    """Whether the network may behave differently while training, as far as can be seen."""
    if isinstance(act.receiver, Unknown):
        return True
    if not isinstance(act.receiver, (Built, Instance)):
        return False
    if what_minds(act, trace) is not None:
        return True
    inside = (other for other in trace.acts if other.kind == "opaque")
    return any(other.place == act.place or ("call", act.place) in _steps(other.path) for other in inside)


def _was_told_to_train(act: Act, trace: Trace) -> bool:
    """Whether the first batch finds the training mode, and nothing more is known than that."""
    history = [other for other in trace.acts if other.root == act.root]
    first = _last_switch(history[: history.index(act)], act)
    if first is None or first.kind != "train" or first.mode:
        return False
    later = (other for other in history if _is_turn(other, act))
    return mode_layer(act.receiver) is None or all(other.mode != "eval" for other in later)


def _began_to_train(act: Act, trace: Trace) -> bool:
    """Whether a network whose mode matters, made in sight, first trains as it was made."""
    moded = act.mode == "train" and _is_moded(act.receiver, trace, 0)
    known = moded or (act.mode == "train" and what_minds(act, trace) is not None)
    if not known and not (act.kind == "opaque" and act.mode != "network" and act.key in trace.minding):
        return False
    history = [other for other in trace.acts if other.root == act.root]
    return _last_switch(history[: history.index(act)], act) is None


def _is_moded(model: Value, trace: Trace, depth: int) -> bool:
    """Whether a network holds dropout or batch norm, or asks for its mode itself."""
    if not isinstance(model, (Built, Instance)) or depth > _DEEP:
        return False
    if model.serial in trace.minded or mode_layer(model) is not None:
        return True
    items = model.attrs.get("items")
    parts = (*model.attrs.values(), *(items.items if isinstance(items, Tuple) else ()))
    return any(_is_moded(part, trace, depth + 1) for part in parts if part is not model)


def _is_turn(other: Act, act: Act) -> bool:
    same = other.kind == act.kind and (other.place, other.key) == (act.place, act.key)
    return same and same_way(other.path, act.path)


def _left(each: Round, act: Act, trace: Trace) -> Fault | None:
    """A later round finds the network as the evaluation behind it in the round left it."""
    at = each.acts.index(act)
    between = [*each.acts[at + 1 :], *each.acts[:at]]
    last = _last_switch(between, act, trace)
    if last is None or last.kind != "eval" or _may_be_switched_back(between, last, act):
        return None
    return _fault(each, act, last, trace.minding.get(act.key))


def _last_switch(acts: list[Act], act: Act, trace: Trace | None = None) -> Act | None:
    """The last switch that counts: not one that only a setting asks for, or that ends the loop, elsewhere."""
    shared = _steps(act.path)
    for other in reversed(acts):
        if other.kind not in {"train", "eval"} or not _is_about(other, act):
            continue
        if trace is None or not (_is_optional(other, trace, shared) or _is_final(other, trace, shared)):
            return other
    return None


def _is_optional(switch: Act, trace: Trace, shared: set[tuple[str, Place]]) -> bool:
    step = switch.path
    while step is not None and step.kind == "call":
        step = step.outer
    if switch.kind != "train" or step is None or (step.kind, step.place) in shared:
        return False
    return step.kind == "if" and step.place in trace.flags


def _is_final(switch: Act, trace: Trace, shared: set[tuple[str, Place]]) -> bool:
    return not trace.leaving.isdisjoint(_steps(switch.path) - shared)


def _is_about(switch: Act, act: Act) -> bool:
    """Whether a switch is one of the network, or of something that is called like it."""
    if switch.key == act.key:
        return True
    return switch.kind == "train" and _short(switch.text.rpartition(".")[0]) == _short(network_name(act))


def _short(name: str) -> str:
    return name.removesuffix(".module").rpartition(".")[2]


def _may_be_switched_back(acts: list[Act], last: Act, act: Act) -> bool:
    """Whether the other arm of the same condition trains, or unseen code is named for switching."""
    if last.key != act.key or _trains_beside(acts, last):
        return True
    behind = acts[acts.index(last) + 1 :]
    return any(
        other.kind == "opaque" and MODE_WORDS.search(other.text.rpartition(".")[2]) for other in behind
    )


def _trains_beside(acts: list[Act], last: Act) -> bool:
    arms = {(_ARMS[kind], place) for kind, place in _steps(last.path) if kind in _ARMS}
    return any(
        other.kind == "train" and not arms.isdisjoint(_steps(other.path))
        for other in acts
        if other is not last
    )


def _steps(path: Path | None) -> set[tuple[str, Place]]:
    found = set()
    while path is not None:
        found.add((path.kind, path.place))
        path = path.outer
    return found


def _fault(each: Round, act: Act, last: Act, minds: Origin | None) -> Fault:
    name = network_name(act)
    place, how = last.place, f"`{name}` stays in evaluation mode from here on"
    if place.path != each.loop.path:
        place = _called_in(each, last.path) or place
    because = (
        Origin(each.loop, "the training loop"),
        Origin(act.place, f"`{name}` is applied here"),
        *((Origin(last.place, f"switched by `{last.text}()` here"),) if place != last.place else ()),
        *((minds,) if minds is not None else ()),
    )
    message = (
        f"{how}, and the next training batch finds it there: "
        + f"call `{name}.train()` before the loop trains again"
    )
    repair = into_training(name, each, act, last) if place == last.place else None
    return Fault("training-in-evaluation-mode", place, message, because, repair)


def _called_in(each: Round, path: Path | None) -> Place | None:
    """The call in a loop by which something further in is reached."""
    found = None
    while path is not None and (path.kind, path.place) != ("loop", each.loop):
        if path.kind == "call" and path.place.path == each.loop.path:
            found = path.place
        path = path.outer
    return found
