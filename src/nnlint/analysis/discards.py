"""Calls whose value nothing takes, although giving it is all they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from nnlint.analysis.calls import Args
from nnlint.analysis.machine import Machine
from nnlint.analysis.parametric import in_forward, network_method
from nnlint.analysis.values import Built, Constant, External, Function, Method, Tensor, Unknown, Value
from nnlint.analysis.wiring_events import Discarded
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec

__all__ = ["note_discarded"]

_PURE = (spec.Keep, spec.Compute, spec.Activation, spec.Statistic, spec.ClassIds, spec.Detach)
_TENSORS = ("torch.Tensor.", "tensorflow.Tensor.")
# Methods that nothing but a tensor has, and that change nothing in place.
_ONLY_TENSORS = frozenset(
    {
        "contiguous", "expand_as", "masked_fill", "permute", "unsqueeze", "view_as", "type_as", "transpose",
        "log_softmax", "squeeze", "index_select", "repeat_interleave", "softmax", "sigmoid",
    }
)  # fmt: skip
_RESHAPING = frozenset({"expand", "permute", "repeat", "reshape", "view"})
_IN_PLACE_ELSEWHERE = frozenset({"byteswap", "fill", "partition", "put", "resize", "sort"})
"""Methods of PyTorch's tensors that change a NumPy array in place."""
_OF_MODULES = frozenset({"to", "cpu", "cuda", "float", "half", "double", "bfloat16", "type"})
_EFFECTIVE = frozenset({"out", "name", "scope", "inplace", "collections", "outputs_collections"})
# Reading a tensor's numbers waits for the device: benchmarks do that for its own sake.
_WAITING = frozenset({"item", "cpu", "numpy", "tolist", "data", "detach_", "requires_grad_"})
_ATTEMPT = 2
"""Statements that a `try` may guard and still be there to see whether one of them fails."""
_TRIALS = ("test", "check", "bench", "warm", "time", "measure", "profile", "assert", "main", "demo")


def note_discarded(machine: Machine, callee: Value, args: Args, node: ir.Call) -> None:
    """Record a statement that is a call without effect beyond its unused value."""
    kind = _kind(callee, node)
    if not kind or _has_effect(callee, args, node) or _is_trial(machine, node):
        return
    if kind == "layer" and not (args.positional and in_forward(machine)):
        return
    machine.emit(Discarded(machine.place(node.id), spell(node.func), kind, machine.path))


def _kind(callee: Value, node: ir.Call) -> Literal["", "method", "function", "layer"]:
    """What kind of pure call this is; "" for any other."""
    if isinstance(callee, Method) and callee.function is None:
        return "method" if _is_pure_method(callee, node) else ""
    if isinstance(callee, External):
        entry = index.find(callee.name)
        if entry is None or entry.builds or _in_place(callee.name) or not _of_arrays(callee.name):
            return ""
        return "function" if isinstance(entry.does, _PURE) or _is_functional(callee.name, entry) else ""
    if isinstance(callee, Built) and callee.entry.builds and "open" not in callee.attrs:
        inplace = callee.args.get("inplace")
        if isinstance(callee.entry.does, (spec.Layer, spec.Activation)) and inplace in (
            None,
            Constant(False),
        ):
            return "layer"
    return ""


def _is_functional(name: str, entry: spec.Entry) -> bool:
    """A layer in the form of a function; those that normalise may keep statistics."""
    layer = isinstance(entry.does, spec.Layer) and entry.does.kind != "norm"
    return layer and name.startswith("torch.nn.functional.")


def _is_pure_method(callee: Method, node: ir.Call) -> bool:
    name = callee.name.rpartition(".")[2]
    if not callee.name.startswith(_TENSORS) or _in_place(name) or name in _WAITING:
        return False
    entry = index.find(callee.name)
    if entry is None or not isinstance(entry.does, _PURE):
        return False
    if isinstance(callee.receiver, Unknown):
        return name in _ONLY_TENSORS or (name in _RESHAPING and _measures_itself(node))
    if name in _IN_PLACE_ELSEWHERE:
        return False
    # What is loaded from a file may be a model, which these methods change in place.
    loaded = isinstance(callee.receiver, Tensor) and callee.receiver.made == "data"
    return isinstance(callee.receiver, Tensor) and not (loaded and name in _OF_MODULES)


def _measures_itself(node: ir.Call) -> bool:
    """``x.view(x.size(0), -1)``: what is asked for its sizes is an array, whatever else is known of it."""
    if not isinstance(node.func, ir.Attr):
        return False
    owner = spell(node.func.value)
    texts = [spell(arg.value if isinstance(arg, ir.Star) else arg) for arg in node.args]
    return bool(owner) and any(text.startswith((f"{owner}.shape", f"{owner}.size")) for text in texts)


def _in_place(name: str) -> bool:
    return name.endswith("_")


def _of_arrays(name: str) -> bool:
    if name.startswith("torch.nn.utils.") and not name.startswith("torch.nn.utils.rnn."):
        return False  # they change the module, parameters or gradients that they are given
    return name.startswith(("torch.", "tensorflow.nn.", "keras.ops.", "keras.activations."))


def _has_effect(callee: Value, args: Args, node: ir.Call) -> bool:
    """Whether the call may do more than give a value: NumPy's functions take a place for it last."""
    # However many sizes there are, a reshape takes them all.
    sizes = isinstance(callee, Method) and callee.name.rpartition(".")[2] in _RESHAPING
    is_open = args.open and not (sizes and all(name != "**" for name, _ in node.keywords))
    return is_open or not _EFFECTIVE.isdisjoint(args.keywords) or _takes_less(callee, len(args.positional))


def _takes_less(callee: Value, count: int) -> bool:
    """Whether a method of tensors has fewer parameters: then it is not the one that is called."""
    entry = index.find(callee.name) if isinstance(callee, Method) else None
    if entry is None or any(not param.isidentifier() for param in entry.params):
        return False
    return count > len(entry.params)


def _is_trial(machine: Machine, node: ir.Call) -> bool:
    """Whether the code runs things to see them run: a test, an attempt, a cell that shows its last value."""
    frame = machine.frame
    if frame.function is None:
        return True
    if isinstance(frame.function.node, ir.Function) and _attempted(frame.function.node.body, node):
        return True
    step = machine.path
    while step is not None:
        if step.kind == "except":
            return True
        step = step.outer
    # What a network does is no trial of its own, whoever runs it.
    callers = machine.stack[-1:] if _is_networks_own(frame.function) else machine.stack
    return any(function.name.lower().lstrip("_").startswith(_TRIALS) for function in callers)


def _is_networks_own(function: Function) -> bool:
    return function.owner is not None and network_method(function.owner) == function.name


def _attempted(block: ir.Block, call: ir.Call) -> bool:
    """Whether a call is tried for its own sake: the guarded statements of a `try` are it and little else."""
    for statement in block:
        if type(statement) is ir.Try and statement.handlers and _is_little_but(statement.body, call):
            return True
        if any(_attempted(inner, call) for inner in _blocks(statement)):
            return True
    return False


def _is_little_but(block: ir.Block, call: ir.Call) -> bool:
    return len(block) <= _ATTEMPT and any(type(one) is ir.Do and one.value is call for one in block)


def _blocks(statement: ir.Stmt) -> Iterator[ir.Block]:
    """The blocks inside a statement."""
    for field in ("body", "orelse", "final"):
        yield getattr(statement, field, ())
    for field in ("handlers", "cases"):
        for arm in getattr(statement, field, ()):
            yield arm.body
