"""At the end of a function: which bound values were lost, and which layer missed them."""

from __future__ import annotations

from nnlint.analysis.events import LayerCall, LostOutput, Path
from nnlint.analysis.join import same_unknown
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.values import Built, Instance, Place, Tensor, Unknown, Value
from nnlint.ir.liveness import Lost
from nnlint.knowledge.spec import Action, Layer, Loss, Optimizer

__all__ = ["close_frame"]


def close_frame(machine: Machine, frame: Frame) -> None:
    """Emit a `LostOutput` for every lost assignment whose value has a meaning."""
    if not frame.losses:
        return
    path, function = frame.module.path, frame.function.name if frame.function is not None else ""
    for number, value in dict(frame.losses).items():
        lost = frame.lost[number]
        kind, maker = ("saved", lost.alias) if _is_saved(frame, lost, value) else _kind(value)
        if Place(path, number + 1) in machine.loaders:  # a statement's value is numbered right after it
            kind, maker = "loader", ""
        if not kind:
            continue
        by = tuple(Place(path, other) for other in lost.by)
        source, stale = _stale(machine, frame, value, kind)
        if stale is not None and lost.by and stale.place.node < min(lost.by):
            stale = None  # The next layer is another branch: the name lives on until it is bound again.
        if source is not None and _is_framework_layer(frame, source, value):
            kind, maker = "layer", source.name
        if kind == "op":
            if source is None or stale is None:
                continue
            maker = source.name
        place, builds = Place(path, number), _builds(frame, kind)
        machine.emit(LostOutput(place, lost.name, kind, maker, value, by, stale, lost.loop, builds, function))


def _is_framework_layer(frame: Frame, source: LayerCall, value: Value) -> bool:
    """Whether a value is what a layer or a sequence of layers in a network gives."""
    made = isinstance(value, (Tensor, Unknown)) and value.place == source.place
    return made and isinstance(source.layer, Built) and _is_forward(frame)


def _is_forward(frame: Frame) -> bool:
    function = frame.function
    return function is not None and function.owner is not None and function.name in {"forward", "call"}


def _is_saved(frame: Frame, lost: Lost, value: Value) -> bool:
    """Whether a network kept its input aside for later while layers replaced it."""
    if not lost.alias or not _is_forward(frame):
        return False
    now = frame.attrs.get(lost.alias)
    return (
        now is not None and now != value and _builds(frame, "saved") and isinstance(value, (Tensor, Unknown))
    )


def _kind(value: Value) -> tuple[str, str]:
    """What was lost, as the rules call it, and the name of what made it."""
    if isinstance(value, Tensor):
        if value.made in {"layer", "activation", "network"}:
            return value.made, value.by
        if value.made == "loss":
            return "loss", value.by
        if value.made in {"", "op", "data"}:
            return "op", ""
    if isinstance(value, Unknown):
        return "op", ""
    if isinstance(value, Built):
        name = value.name.rpartition(".")[2]
        if isinstance(value.entry.does, Optimizer):
            return "optimizer", name
        if isinstance(value.entry.does, Action) and value.entry.does.name == "scheduler":
            return "scheduler", name
        if isinstance(value.entry.does, Loss):
            return "", name
        if isinstance(value.entry.does, Layer):
            return "", name
    return ("", "") if not isinstance(value, Instance) else ("", value.cls.name)


def _builds(frame: Frame, kind: str) -> bool:
    """Whether the function builds or runs a network, or computes a loss, and hands something back."""
    if frame.function is None or not (frame.returns or frame.yields):
        return False
    return kind == "loss" or len({call.place for call in frame.layer_calls}) >= 2


def _stale(
    machine: Machine, frame: Frame, value: Value, kind: str
) -> tuple[LayerCall | None, LayerCall | None]:
    """The layer whose output was lost, and the next one if it was fed something from before."""
    if kind not in {"layer", "activation", "network", "op"} or not isinstance(value, (Tensor, Unknown)):
        return None, None
    calls = frame.layer_calls
    sources = {value.place}
    if kind == "op":
        sources = {each.place for each in _upstream(machine, (value,)) if isinstance(each, (Tensor, Unknown))}
    at = next((at for at in range(len(calls) - 1, -1, -1) if calls[at].place in sources), None)
    if at is None:
        return None, None
    if at + 1 >= len(calls):
        return calls[at], None
    lost, following = calls[at], calls[at + 1]
    if _tried_out(frame, lost, following):
        return lost, None
    if _arm(following.path) is not _arm(lost.path) or following.place == lost.place:
        return lost, None
    if any(isinstance(fed, (Tensor, Unknown)) and fed.place == lost.place for fed in following.inputs):
        return lost, None  # it is fed the output itself, under another name
    earlier = _upstream(machine, lost.inputs)
    return lost, following if any(_among(fed, earlier) for fed in following.inputs) else None


def _tried_out(frame: Frame, call: LayerCall, following: LayerCall) -> bool:
    """Whether a network is called once at the top level, or one layer twice, just to see what it does."""
    if call.kind != "network" and not (isinstance(call.layer, Built) and call.layer is following.layer):
        return False
    return frame.function is None and (call.path is None or call.path.inside("loop") is None)


def _arm(path: Path | None) -> Path | None:
    """The branch or loop a path leads to: switching gradients off makes no other branch."""
    while path is not None and path.kind == "no_grad":
        path = path.outer
    return path


def _upstream(machine: Machine, values: tuple[Value, ...]) -> list[Value]:
    """Values, and what they were made from."""
    found: list[Value] = []
    todo = list(values)
    while todo and len(found) < 64:
        value = todo.pop()
        found.append(value)
        if isinstance(value, (Tensor, Unknown)) and value.place is not None:
            todo.extend(machine.inputs_of.get(value.place, ()))
    return found


def _among(value: Value, others: list[Value]) -> bool:
    return any(same_unknown(value, other) for other in others)
