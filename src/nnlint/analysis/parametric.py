"""Which objects are modules of a network, and which of them own parameters to be trained."""

from __future__ import annotations

from nnlint.analysis.containers import items_of
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import framework_base
from nnlint.analysis.values import Built, Class, Constant, Instance, Value
from nnlint.knowledge import index
from nnlint.knowledge.spec import Container, Layer

__all__ = ["in_forward", "is_module", "network_method", "owns_parameters"]

_TRAINED = frozenset({"dense", "conv", "recurrent", "embedding", "attention", "bilinear"})
_SWITCHES = ("affine", "elementwise_affine", "scale")
_MODULE = "torch.nn.Module"


def network_method(cls: Class) -> str:
    """The method that runs when an instance is called (`forward`, `call`); "" for what is no network."""
    base = index.base(framework_base(cls))
    return base.call if base is not None and base.call in {"forward", "call"} else ""


def in_forward(machine: Machine) -> bool:
    """Whether a network's `forward` or `call` is being executed."""
    return any(
        function.owner is not None
        and function.name in {"forward", "call"}
        and network_method(function.owner) == function.name
        for function in machine.stack
    )


def is_module(value: Value) -> bool:
    """Whether a value is a torch module: a framework layer or container, or an instance of a network."""
    if isinstance(value, Built):
        return value.entry.isa == _MODULE
    return isinstance(value, Instance) and network_method(value.cls) == "forward"


def owns_parameters(value: Value, depth: int = 0) -> bool:
    """Whether a layer, container or network surely has parameters of its own."""
    if isinstance(value, Built):
        does = value.entry.does
        if isinstance(does, Container):
            return depth < 4 and any(owns_parameters(item, depth + 1) for item in items_of(value))
        if not isinstance(does, Layer) or not value.entry.builds:
            return False
        return does.kind in _TRAINED or (does.kind == "norm" and _is_affine(value))
    if isinstance(value, Instance) and network_method(value.cls) and depth < 4:
        return any(owns_parameters(item, depth + 1) for item in value.attrs.values() if item is not value)
    return False


def _is_affine(norm: Built) -> bool:
    """Whether a normalisation has a scale: only where that is written in the table or the call."""
    if "open" in norm.attrs:
        return False
    for name in _SWITCHES:
        if name in norm.args or name in norm.entry.defaults:
            given = norm.args.get(name, Constant(norm.entry.defaults.get(name)))  # type: ignore[arg-type]
            return given == Constant(True)
    return "normalized_shape" in norm.entry.params
