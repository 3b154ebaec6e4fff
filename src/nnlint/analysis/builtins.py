"""Python's own functions and the methods of its containers."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from nnlint.analysis.arithmetic import arithmetic
from nnlint.analysis.calls import Args, call_value, escape
from nnlint.analysis.containers import (
    extended,
    item_key,
    items_of,
    known_items,
    make_list,
    make_mapping,
    registered,
    set_items,
)
from nnlint.analysis.events import Revealed
from nnlint.analysis.kinds import is_instance
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import get_attribute, lookup_member, set_attribute
from nnlint.analysis.selection import chosen_among
from nnlint.analysis.shuffles import collect, grow
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Class,
    Constant,
    Function,
    Instance,
    List,
    Mapping,
    Obj,
    Super,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["call_builtin"]

_EXACT = 1e15
"""Below it every whole number is a float."""


def call_builtin(machine: Machine, name: str, args: Args, node: ir.Call) -> Value:
    """Call a builtin function, or a method of a list, tuple or dict with the receiver as first argument."""
    handler = _HANDLERS.get(name.removeprefix("builtins."))
    if handler is not None:
        found = handler(machine, args, node)
        if found is not None:
            return found
    elif name.count(".") == 2:
        escape(Args(args.positional[1:], args.keywords, args.open))
    return Unknown(machine.place(node.id))


def _super(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    function = machine.frame.function
    if function is None or function.owner is None or not function.node.params:
        return None
    receiver = machine.frame.attrs.get(function.node.params[0].name)
    owner = (
        args.positional[0] if args.positional and isinstance(args.positional[0], Class) else function.owner
    )
    return Super(owner, receiver) if isinstance(receiver, (Instance, Class)) else None


def _hasattr(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    if len(args.positional) != 2 or not isinstance(args.positional[1], Constant):
        return None
    value, name = args.positional[0], str(args.positional[1].value)
    if isinstance(value, Instance) and (name in value.attrs or lookup_member(value.cls, name) is not None):
        return Constant(True)
    return None


def _getattr(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if len(args.positional) < 2:
        return None
    owner, name = args.positional[:2]
    if isinstance(name, Constant) and isinstance(name.value, str):
        return get_attribute(machine, owner, name.value, node.id)
    _mark_dynamic(machine, owner)
    return None


def _setattr(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    if len(args.positional) == 3:
        owner, name, value = args.positional
        if isinstance(name, Constant) and isinstance(name.value, str):
            set_attribute(machine, owner, name.value, value)
        else:
            _mark_dynamic(machine, owner)
    return NONE


def _mark_dynamic(machine: Machine, owner: Value) -> None:
    """Attributes are reached by computed names: no attribute of the object can be called unused."""
    if isinstance(owner, Obj):
        machine.state.set(owner, "open", Constant(True))


def _best(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    """`max`, `min` or `sorted` of scores chooses one of them."""
    if machine.feed.scored and args.positional:
        chosen_among(machine, machine.place(node.id), spell(node.func), args.positional[0])
    return None


def _len(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    value = args.positional[0] if args.positional else UNKNOWN
    if isinstance(value, Tuple):
        return Constant(len(value.items))
    if isinstance(value, List) and not any(isinstance(item, Unknown) for item in items_of(value)):
        return Constant(len(items_of(value)))
    return None


def _range(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    bounds = [value.value for value in args.positional if isinstance(value, Constant)]
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    if len(numbers) == len(args.positional) and numbers and (len(numbers) < 3 or numbers[2] != 0):
        span = range(*numbers[:3])
        if not span[12:]:  # its length may be more than `len` can tell
            return Tuple(tuple(Constant(number) for number in span))
    return None


def _enumerate(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if not args.positional:
        return None
    items = known_items(machine, args.positional[0], node)
    known = UNKNOWN not in items and not (len(items) == 1 and isinstance(items[0], Unknown))
    return make_list(
        tuple(
            Tuple((Constant(number) if known else Unknown(machine.place(node.id)), item))
            for number, item in enumerate(items)
        )
    )


def _zip(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    spelled = node.args if len(node.args) == len(args.positional) else (node,) * len(args.positional)
    columns = [known_items(machine, *each) for each in zip(args.positional, spelled, strict=True)]
    if not columns or args.open:
        return None
    longest = max(len(column) for column in columns)
    padded = [
        column if len(column) == longest else (*column, *[UNKNOWN] * (longest - len(column)))
        for column in columns
    ]
    return make_list(tuple(Tuple(row) for row in zip(*padded, strict=True)))


def _list(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if not args.positional:
        return make_list(())
    value = args.positional[0]
    # Of an unknown sequence the one item stands for any number, like in every other list.
    items = (UNKNOWN,) if isinstance(value, Unknown) else known_items(machine, value, node)
    made = make_list((*items, UNKNOWN) if isinstance(value, Tensor) else items)
    collect(machine, made, value)
    return made


def _tuple(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if not args.positional:
        return Tuple(())
    value = args.positional[0]
    if isinstance(value, (Tuple, List)):
        return Tuple(known_items(machine, value, node))
    return None


def _dict(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    pairs: list[tuple[Value | None, Value]] = [
        (Constant(name), value) for name, value in args.keywords.items()
    ]
    first = args.positional[0] if args.positional else None
    if isinstance(first, Mapping):
        pairs.insert(0, (None, first))
    elif isinstance(first, (Tuple, List)):
        pairs = [*map(_pair, known_items(machine, first)), *pairs]
    elif args.open or first is not None:
        pairs.append((UNKNOWN, UNKNOWN))
    return make_mapping(pairs)


def _pair(item: Value) -> tuple[Value, Value]:
    """A key and its value, as `dict` takes them."""
    if isinstance(item, Tuple) and len(item.items) == 2:
        return item.items[0], item.items[1]
    return UNKNOWN, UNKNOWN


def _reversed(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if args.positional and isinstance(args.positional[0], (Tuple, List)):
        return Tuple(tuple(reversed(known_items(machine, args.positional[0], node))))
    return None


def _sum(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if len(args.positional) == 1 and isinstance(args.positional[0], (Tuple, List)):
        items = known_items(machine, args.positional[0])
        if items and all(isinstance(item, Tensor) for item in items):
            total = items[0]
            for item in items[1:]:
                total = arithmetic(machine, "+", total, item, machine.place(node.id))
            return total
    return None


def _map(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    if len(args.positional) == 2 and isinstance(args.positional[0], Function):
        items = known_items(machine, args.positional[1], node)
        return make_list(
            tuple(call_value(machine, args.positional[0], Args((item,), {}, False), node) for item in items)
        )
    return None


def _field(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    """The default of a field of a dataclass."""
    default = args.keywords.get("default", args.positional[0] if args.positional else None)
    factory = args.keywords.get("default_factory", args.keywords.get("factory"))
    return call_value(machine, factory, Args((), {}, False), node) if factory is not None else default


def _float(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    value = args.positional[0] if len(args.positional) == 1 else None
    if not isinstance(value, Constant) or not isinstance(value.value, (int, float, str)):
        return None
    try:
        return Constant(float(value.value))
    except (OverflowError, ValueError):
        return None


def _int(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    value = _float(machine, args, node)
    if isinstance(value, Constant) and isinstance(value.value, float) and abs(value.value) < _EXACT:
        return Constant(int(value.value))
    return None


def _print(_machine: Machine, _args: Args, _node: ir.Call) -> Value | None:
    return NONE


def _reveal(machine: Machine, args: Args, node: ir.Call) -> Value | None:
    """Not Python's: test cases call it to see what is inferred."""
    for value in args.positional:
        machine.emit(Revealed(machine.place(node.id), _as_it_is(value)))
    return NONE


def _as_it_is(value: Value) -> Value:
    """The value as it is now: an object may change later."""
    if not isinstance(value, Obj):
        return value
    kept = copy(value)
    kept.attrs = dict(value.attrs)
    return kept


def _append(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    if len(args.positional) == 2 and isinstance(args.positional[0], List):
        if machine.loop_depth:
            grow(machine, args.positional[0], args.positional[1])
        extended(machine, args.positional[0], args.positional[1:])
    return NONE


def _extend(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    if len(args.positional) == 2 and isinstance(args.positional[0], List):
        extended(machine, args.positional[0], known_items(machine, args.positional[1]))
    return NONE


def _insert(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    if len(args.positional) == 3 and isinstance(args.positional[0], List):
        set_items(machine, args.positional[0], (args.positional[2], *items_of(args.positional[0])))
    return NONE


def _pop(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, List):
        items = items_of(owner)
        if len(args.positional) == 1 and items:
            set_items(machine, owner, items[:-1])
            return items[-1]
        set_items(machine, owner, (UNKNOWN,))
    elif isinstance(owner, Mapping) and len(args.positional) > 1 and isinstance(args.positional[1], Constant):
        key = item_key(args.positional[1])
        found = owner.attrs.get(key)
        machine.state.delete(owner, key)
        if found is not None:
            return found
    return None


def _copy(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, List):
        return make_list(items_of(owner))
    return Mapping(attrs=dict(owner.attrs)) if isinstance(owner, Mapping) else None


def _get(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner, key = args.positional[0], args.positional[1] if len(args.positional) > 1 else UNKNOWN
    if isinstance(owner, Mapping) and isinstance(key, Constant):
        found = owner.attrs.get(item_key(key))
        if found is None and "open" not in owner.attrs:
            return args.positional[2] if len(args.positional) > 2 else NONE
        return found
    return registered(owner, key) if isinstance(owner, Mapping) else None


def _values(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, Mapping):
        found = tuple(value for key, value in owner.attrs.items() if key.startswith("k:"))
        return make_list((*found, UNKNOWN) if "open" in owner.attrs else found)
    return None


def _items(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, Mapping):
        found = tuple(
            Tuple((Constant(key[2:]), value)) for key, value in owner.attrs.items() if key.startswith("k:")
        )
        return make_list((*found, UNKNOWN) if "open" in owner.attrs else found)
    return None


def _update(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, Mapping):
        other = args.positional[1] if len(args.positional) > 1 else None
        for name, value in args.keywords.items():
            machine.state.set(owner, f"k:{name}", value)
        if isinstance(other, Mapping):
            for key, value in list(other.attrs.items()):
                machine.state.set(owner, key, value)
        elif other is not None:
            machine.state.set(owner, "open", Constant(True))
    return NONE


def _setdefault(machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    owner = args.positional[0]
    if isinstance(owner, Mapping) and len(args.positional) == 3 and isinstance(args.positional[1], Constant):
        key = item_key(args.positional[1])
        if key not in owner.attrs and "open" not in owner.attrs:
            machine.state.set(owner, key, args.positional[2])
        return owner.attrs.get(key)
    return None


_HANDLERS: dict[str, Callable[[Machine, Args, ir.Call], Value | None]] = {
    "super": _super, "isinstance": is_instance, "hasattr": _hasattr, "getattr": _getattr, "setattr": _setattr,
    "len": _len, "range": _range, "enumerate": _enumerate, "zip": _zip, "list": _list, "tuple": _tuple,
    "set": _list, "sorted": _list, "dict": _dict, "reversed": _reversed, "sum": _sum, "map": _map,
    "max": _best, "field": _field, "float": _float, "int": _int, "print": _print,
    "list.append": _append, "list.extend": _extend, "list.insert": _insert, "list.pop": _pop,
    "list.copy": _copy, "mapping.copy": _copy, "mapping.pop": _pop, "mapping.get": _get,
    "mapping.values": _values, "mapping.items": _items, "mapping.update": _update,
    "mapping.setdefault": _setdefault, "iter": _list, "reveal": _reveal,
}  # fmt: skip
