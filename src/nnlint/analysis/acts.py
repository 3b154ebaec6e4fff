"""Recording of acts: who is stepped, cleared, switched or applied, and where, as the run goes by."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nnlint.analysis.events import Event, Path
from nnlint.analysis.identities import applied_to, identity, moved
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import framework_base
from nnlint.analysis.parametric import in_forward
from nnlint.analysis.provenance import spelled
from nnlint.analysis.training_events import Act
from nnlint.analysis.values import Built, Constant, Instance, Obj, Tuple, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge.spec import Container

__all__ = ["applied", "mode_of", "opaque", "record", "replayed", "set_mode", "was_read"]

MODE = "<mode>"
"""The attribute of a model that holds its mode, written "train@3" for one set in the third execution."""

_SPELLED = {name: name for name in ("zero_grad", "backward", "step", "train", "eval")}
_LOADS = re.compile(
    "restore|pretrain|checkpoint|ckpt|load.*(weight|state|model|param|variable|network)|init_fn|resume|warm_?start",
    re.I,
)
"""Names of functions that bring weights from elsewhere."""
_SWITCHES = frozenset({"eval", "train"})
_SWITCHING = re.compile(r"eval|mode(?!l)|train|valid|test|prepare|wrap|freeze|phase|start", re.I)
"""Names of functions that may switch what they are given."""


class _Hint(NamedTuple):
    """What the name of an unseen function says that it may do."""

    seeds: bool
    loads: bool
    switches: bool


@cache
def _hint(name: str) -> _Hint:
    return _Hint("seed" in name, _LOADS.search(name) is not None, _SWITCHING.search(name) is not None)


_CERTAIN = frozenset({"call", "loop", "no_grad"})
_APPLIERS = frozenset({"forward", "call", "__call__"})


def record(
    machine: Machine, kind: str, receiver: Value, node: ir.Call, mode: str = "", key: object = None
) -> None:
    """Emit an act on a receiver."""
    text = spell(node.func)
    function = machine.stack[-1].name if machine.stack else ""
    key = _key(machine, receiver, text) if key is None else key
    place, path, root = machine.place(node.id), machine.path, machine.root
    machine.emit(Act(place, kind, receiver, key, text, path, node, mode, function, root))


def _key(machine: Machine, receiver: Value, text: str) -> object:
    if isinstance(receiver, Obj):
        return receiver.serial
    owner = machine.stack[-1].node.id if machine.stack else 0
    return (machine.frame.module.path, owner, text.rpartition(".")[0])


def opaque(machine: Machine, node: ir.Call) -> None:
    """A call of code that cannot be seen; its spelling may still tell what it does."""
    if not isinstance(node.func, (ir.Attr, ir.Name)):
        return
    name = node.func.name
    hint = _hint(name)
    if hint.seeds:
        machine.seed(f"{spell(node.func)}{tuple(map(spelled, node.args))}")
    if hint.loads:
        machine.settings.facts.loaded = True
    if machine.plain:
        return
    kind = _SPELLED.get(name) if isinstance(node.func, ir.Attr) else None
    if kind is None:
        kind = "backward" if "backward" in name else "opaque"
    if kind != "opaque" or machine.loop_depth or hint.switches:
        given = bool(node.args or node.keywords)
        mode = "closure" if kind == "step" and given else "?" if kind in _SWITCHES and given else ""
        if kind == "train" and len(node.args) == 1 and isinstance(node.args[0], ir.Const):
            kind, mode = ("train" if node.args[0].value else "eval"), ""
        key: object = None
        if kind in _SWITCHES and isinstance(node.func, ir.Attr):
            key = identity(machine, node.func.value)
        elif kind == "opaque":
            key = identity(machine, applied_to(node))
            mode = "network" if in_forward(machine) else mode
        record(machine, kind, Unknown(machine.place(node.id)), node, mode, key)


def was_read(machine: Machine, node: ir.Attr) -> None:
    """The gradient of something is read or written by hand."""
    record(machine, "grad", Unknown(machine.place(node.id)), ir.Call(node.id, node, (), ()))


def set_mode(machine: Machine, model: Value, mode: str, depth: int = 0) -> None:
    """Switch a model and what it holds to "train", "eval" or an unknown mode ("")."""
    if not isinstance(model, (Instance, Built)) or depth > 4:
        return
    tag = Constant(f"{mode}@{machine.root}")
    if model.attrs.get(MODE) != tag:
        # The version stays: what a call of the network computes for us does not depend on its mode.
        machine.state.set(model, MODE, tag)
        model.version -= 1
    for name, inner in list(model.attrs.items()):
        if isinstance(inner, (Instance, Built)) and inner is not model:
            set_mode(machine, inner, mode, depth + 1)
        elif name == "items" and isinstance(inner, Tuple):
            for item in inner.items:
                set_mode(machine, item, mode, depth + 1)


def mode_of(machine: Machine, model: Obj) -> str:
    """The mode a model is in, where this execution made the model or set its mode; else ""."""
    found = model.attrs.get(MODE)
    if model.escaped:
        return ""
    if found is None:
        return "train" if model.serial >= machine.first_serial else ""
    if isinstance(found, Constant) and isinstance(found.value, str):
        mode, _, root = found.value.partition("@")
        return mode if root == str(machine.root) else ""
    return ""


def _told_by_argument(model: Obj) -> bool:
    """Whether the network is one of Keras: each call says for itself whether it trains."""
    made_of = model.entry.isa or model.name if isinstance(model, Built) else ""
    if isinstance(model, Instance):
        made_of = framework_base(model.cls)
    return made_of.startswith(("keras.", "tensorflow."))


def _mode_applied(machine: Machine, model: Obj) -> str:
    """The mode in which a model works: "mixed" for a wrapper whose network was switched otherwise than it."""
    if _told_by_argument(model):
        return ""
    mode = mode_of(machine, model)
    if isinstance(model, Built) and isinstance(model.entry.does, Container):
        inner = model.attrs.get("items") if model.entry.does.kind == "wrapper" else None
        wrapped = inner.items[0] if isinstance(inner, Tuple) and inner.items else None
        if isinstance(wrapped, Obj) and mode_of(machine, wrapped) not in {"", mode}:
            return "mixed"
    return mode


def applied(machine: Machine, model: Value, node: ir.Call) -> None:
    """Record that code outside of networks applies a network."""
    if machine.folding or (machine.stack and machine.stack[-1].name in _APPLIERS):
        return
    if isinstance(model, Built) and not isinstance(model.entry.does, Container):
        return
    if isinstance(model, Obj):
        record(machine, "forward", model, node, _mode_applied(machine, model))


def replayed(
    machine: Machine,
    events: tuple[Event, ...],
    inner: Path | None,
    node: ir.Call,
    names: dict[object, object],
) -> tuple[Event, ...]:
    """The events of a call that need not run again; acts are moved to the new place of the call."""
    if not any(type(event) is Act for event in events):
        return events
    base = Path("call", machine.place(node.id), machine.path)
    ways: dict[int, Path] = {} if inner is None else {id(inner): base}
    result: list[Event] = []
    for event in events:
        if type(event) is Act:
            key = moved(event.key, names) if names else event.key
            if event.kind in _SWITCHES and isinstance(event.receiver, Obj):
                set_mode(machine, event.receiver, _switched_to(event, inner))
            event = event._replace(path=_moved(event.path, ways), root=machine.root, key=key)
            if event.kind == "forward" and isinstance(event.receiver, Obj):
                event = event._replace(mode=_mode_applied(machine, event.receiver))
        result.append(event)
    return tuple(result)


def _switched_to(act: Act, inner: Path | None) -> str:
    """The mode that a call to `train` or `eval` sets for good: "" where that is not certain."""
    step = act.path
    while step is not None and step is not inner:
        if step.kind not in _CERTAIN:
            return ""
        step = step.outer
    given = (*act.node.args, *(value for _, value in act.node.keywords))
    if not given:
        return act.kind
    flag = given[0].value if isinstance(given[0], ir.Const) else None
    return "" if flag is None else "train" if flag else "eval"


def _moved(path: Path | None, ways: dict[int, Path]) -> Path | None:
    """The same way from the call on, with the new place of the call in front; shared parts stay shared."""
    if path is None:
        return None
    found = ways.get(id(path))
    if found is None:
        found = ways[id(path)] = Path(path.kind, path.place, _moved(path.outer, ways))
    return found
