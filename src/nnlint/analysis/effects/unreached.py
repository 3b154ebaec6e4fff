"""Dropout layers that the network does not hold, so that its `eval()` does not reach them."""

from __future__ import annotations

from nnlint.analysis.acts import MODE
from nnlint.analysis.containers import items_of
from nnlint.analysis.effects.given import Given
from nnlint.analysis.values import Built, Constant, Instance, List, Mapping, Obj, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["unreached"]

_RUN_ONCE = frozenset({"__init__", "build", "reset_parameters"})


def unreached(given: Given) -> str:
    """Where a dropout layer is kept that a method of a network applies: "made" on the spot, in a "list", or
    as a "global" of the module; "" where the network may hold it, or nothing is known.
    """
    built, machine = given.receiver, given.machine
    if not isinstance(built, Built) or built.escaped or MODE in built.attrs or machine.folding:
        return ""
    function = machine.frame.function
    network = machine.frame.attrs.get("self")
    if function is None or function.name in _RUN_ONCE or not isinstance(network, Instance):
        return ""
    if not _drops(given, built) or _holds(network, built):
        return ""
    if built.serial > machine.frame.serial:
        return "made"
    if any(_is_in(value, built) for value in network.attrs.values()):
        return "list"
    return "global" if any(value is built for value in machine.frame.module.attrs.values()) else ""


def _drops(given: Given, built: Built) -> bool:
    """Whether the rate is a number, or a name that nothing but the settings of the network decides."""
    rate = built.args.get("p")
    if rate is None:
        return "open" not in built.attrs
    if isinstance(rate, Constant):
        return isinstance(rate.value, float) and 0 < rate.value < 1
    function = given.machine.frame.function
    made = None if function is None else _call(function.node.body, built.place.node)
    args = () if made is None else (*made.args, *(value for name, value in made.keywords if name == "p"))
    return bool(args) and spell(args[0]).startswith("self.")


def _call(node: object, number: int) -> ir.Call | None:
    """The call of a number somewhere in the code."""
    if isinstance(node, ir.Call) and node.id == number:
        return node
    found = (_call(part, number) for part in node) if isinstance(node, tuple) else iter(())
    return next((each for each in found if each is not None), None)


def _holds(owner: Obj, wanted: Built, depth: int = 0) -> bool:
    """Whether a module is one of those that a network, or a container in it, switches with itself."""
    if depth > 5:
        return True
    parts = owner.attrs.values() if isinstance(owner, Instance) else items_of(owner)
    for part in parts:
        if part is wanted:
            return True
        if isinstance(part, (Instance, Built)) and part is not owner and _holds(part, wanted, depth + 1):
            return True
    return False


def _is_in(value: Value, wanted: Built) -> bool:
    if isinstance(value, List):
        return any(item is wanted for item in items_of(value))
    if isinstance(value, Mapping):
        return any(item is wanted for item in value.attrs.values())
    return isinstance(value, Tuple) and any(item is wanted for item in value.items)
