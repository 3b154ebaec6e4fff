"""Attributes, classes, instances and function objects."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.above import above
from nnlint.analysis.arguments import Args
from nnlint.analysis.containers import BAG, extended, item_key, items_of, set_items
from nnlint.analysis.grouping import column_named, method_of
from nnlint.analysis.join import join_all, options
from nnlint.analysis.machine import Machine, defined
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Class,
    Constant,
    External,
    Function,
    Instance,
    List,
    Mapping,
    Method,
    Module,
    OneOf,
    Place,
    Super,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.knowledge import index
from nnlint.knowledge.spec import Activation, Container, Detach, Keep, Minimize

__all__ = [
    "ancestors", "framework_base", "get_attribute", "lookup_member",
    "set_attribute", "set_item", "set_up",
]  # fmt: skip

_MODULES = frozenset({Built, Instance})
_VIEWS = frozenset({"T", "mT", "H", "values", "iloc", "loc", "iat", "at", "real", "str"})
_ABOUT = frozenset({"DESCR", "feature_names", "filename", "target_names"})
"""What a bunch of scikit-learn says about its samples: no rows."""
_DENSE = frozenset({"toarray", "todense"})
_ARRAYS = (
    "torch.Tensor", "tensorflow.Tensor", "tensorflow.Variable", "numpy.ndarray", "pandas.DataFrame",
    "pandas.Series", "tensorflow.data.Dataset",
)  # fmt: skip
_TABLES = ("pandas.DataFrame", "pandas.Series", "numpy.ndarray", "torch.Tensor")
_DICT_METHODS = frozenset({"copy", "get", "items", "keys", "pop", "setdefault", "update", "values"})
_WEIGHTS = (".weight", ".bias")
_STATISTICS = frozenset({"max", "mean", "min", "std"})
_OURS = frozenset({"batch", "fitted", "items", "open"})
"""Attributes that hold what we know of a framework's object: its own of that name are methods."""


def ancestors(cls: Class) -> list[Value]:
    """The class and its bases, depth first from the left, each once; outside bases as `External`."""
    if cls.ancestors is not None:
        return cls.ancestors
    found: list[Value] = []
    todo: list[Value] = [cls]
    while todo and len(found) < 32:
        current = todo.pop(0)
        if current in found:
            continue
        found.append(current)
        if isinstance(current, Class):
            todo = [option for base in current.bases for option in options(base)] + todo
    cls.ancestors = found
    return found


def framework_base(cls: Class) -> str:
    """The known framework class that a project class derives from, "" if none."""
    if cls.framework_base is None:
        cls.framework_base = _framework_base(cls)
    return cls.framework_base


def _framework_base(cls: Class) -> str:
    for base in ancestors(cls):
        if isinstance(base, External):
            name = index.canonical(base.name)
            if index.base(name) is not None or index.find(name) is not None:
                return name
    return ""


def lookup_member(cls: Class, name: str, behind: Class | None = None) -> Value | None:
    """A class attribute, own or inherited; with `behind`, only from the classes after that one."""
    skipping = behind is not None
    for base in ancestors(cls):
        if skipping:
            skipping = base is not behind
        elif isinstance(base, Class):
            found = base.attrs.get(name)
            if found is not None:
                return defined(found)
    return None


def set_up(instances: list[Instance]) -> Instance:
    """The last of a class's instances whose constructor was followed furthest: one cut short sets less."""
    return min(reversed(instances), key=lambda each: (_hollow(each), -len(each.attrs)))


def _hollow(instance: Instance) -> int:
    """How many constructors were not followed while it was made; its own counts more than those of parts."""
    parts = [part for part in instance.attrs.values() if isinstance(part, Instance)]
    return sum(not part.attrs for part in parts) if instance.attrs else 1_000


def get_attribute(machine: Machine, value: Value, name: str, number: int) -> Value:
    """``value.name``."""
    if isinstance(value, External):
        return External(index.canonical(f"{value.name}.{name}"))
    if type(value) is Instance and (own := value.attrs.get(name)) is not None:
        return own
    place = machine.place(number)
    if isinstance(value, Instance):
        return _of_instance(machine, value, name, place)
    if isinstance(value, Module):
        return machine.module_attribute(value, name) or Unknown(place)
    if isinstance(value, Class):
        return _of_class(value, name, place)
    if isinstance(value, Super):
        return _of_super(value, name, place)
    if isinstance(value, Built):
        return _of_built(value, name)
    if isinstance(value, Tensor):
        return _of_tensor(value, name, place)
    if isinstance(value, Mapping) and BAG in value.attrs:
        return _of_bag(value, name, place)
    if isinstance(value, (List, Mapping, Tuple)):
        return Method(value, name=f"builtins.{type(value).__name__.lower()}.{name}")
    if isinstance(value, OneOf):
        found = [get_attribute(machine, option, name, number) for option in value.options if option != NONE]
        return join_all(found) if found else Unknown(place)
    if isinstance(value, Unknown):
        return _of_unknown(machine, value, name, place)
    if isinstance(value, Method) and value.name.endswith(_WEIGHTS) and isinstance(value.receiver, Built):
        return _of_weights(value, name, place)
    return Unknown(place)


def _of_weights(value: Method, name: str, place: Place) -> Value:
    """What is done to the weights of a layer: ``layer.weight.data.zero_()``."""
    if name == "data":
        return value
    known = f"torch.Tensor.{name}" if name.endswith("_") else ""
    return Method(value, name=known) if known and index.find(known) is not None else Unknown(place)


def _of_bag(value: Mapping, name: str, place: Place) -> Value:
    found = value.attrs.get(f"k:{name}")
    if found is not None:
        return found
    return Method(value, name=f"builtins.mapping.{name}") if name in _DICT_METHODS else Unknown(place)


def _of_instance(machine: Machine, value: Instance, name: str, place: Place) -> Value:
    found = value.attrs.get(name)
    if found is not None:
        return found
    member = lookup_member(value.cls, name)
    if isinstance(member, Function):
        return _bound(machine, value, member, place)
    if member is not None:
        return member
    base = framework_base(value.cls)
    known = index.method(base, name) if base else None
    if known is not None:
        return Method(value, name=known)
    if base and name in {"forward", "call"} and "items" in value.attrs:
        return Method(value, name=f"{base}.{name}")
    if name == "__class__":
        return value.cls
    machine.notes.parts[place] = (value.serial, name)
    return Unknown(place)


def _bound(machine: Machine, receiver: Instance, member: Function, place: Place) -> Value:

    if member.kind == "static":
        return member
    if member.kind == "class":
        return Method(receiver.cls, member)
    if member.kind == "property":
        node = ir.Call(place.node, ir.Name(place.node, member.name), (), ())
        return above.call_value(machine, Method(receiver, member), Args((), {}, False), node)
    return Method(receiver, member)


def _of_class(value: Class, name: str, place: Place) -> Value:
    member = lookup_member(value, name)
    if isinstance(member, Function) and member.kind == "class":
        return Method(value, member)
    if member is not None:
        return member
    base = framework_base(value)
    known = index.method(base, name) if base else None
    return External(known) if known else Unknown(place)


def _framework_next(cls: Class, owner: Class) -> str:
    """The framework class whose constructor comes before that of any project class behind `owner`."""
    behind = False
    for base in ancestors(cls):
        if behind and isinstance(base, External) and index.base(base.name) is not None:
            return base.name
        if behind and isinstance(base, Class) and "__init__" in base.attrs:
            return ""
        behind = behind or base is owner
    return ""


def _of_super(value: Super, name: str, place: Place) -> Value:
    cls = value.receiver.cls if isinstance(value.receiver, Instance) else value.owner
    if name == "__init__" and (first := _framework_next(cls, value.owner)):
        return Method(value.receiver, name=f"{first}.__init__")
    member = lookup_member(cls, name, value.owner)
    if isinstance(member, Function):
        return member if member.kind == "static" else Method(value.receiver, member)
    base = framework_base(value.owner)
    if name == "__init__":
        return Method(value.receiver, name=f"{base or 'object'}.__init__")
    known = index.method(base, name) if base else None
    return Method(value.receiver, name=known) if known else Unknown(place)


def _of_built(value: Built, name: str) -> Value:
    found = value.attrs.get("outputs" if name == "output" else name) or value.attrs.get(f"k:{name}")
    if found is not None and name not in _OURS:
        return found
    known = index.method(value.name, name)
    if known is not None:
        return Method(value, name=known)
    if name in value.args and name in value.entry.params:
        return value.args[name]
    return Method(value, name=f"{value.entry.isa or value.name}.{name}")


def _of_tensor(value: Tensor, name: str, place: Place) -> Value:
    if name in _VIEWS:
        return value if name in {"iloc", "loc"} else replace(value, place=place, units=None, shape=None)
    if value.function and (grouped := method_of(value, name)) is not None:
        return grouped
    if name == "data" and value.data is None:
        return replace(value, place=place, attached=False)
    if name == "data" and value.data is not None and value.made == "data":
        return column_named(value, value.data, name, place)  # the samples of a bunch
    for kind in _TABLES if value.data is not None else _ARRAYS:
        known = index.method(kind, name)
        if known is not None:
            return Method(value, name=known)
    if name == "columns" and value.data is not None:
        return Tensor(place, made="columns")
    if name in _DENSE and value.data is not None:
        return Method(value, name="numpy.ndarray.copy")
    if value.data is not None and name not in _ABOUT:
        return column_named(value, value.data, name, place)
    return Unknown(place)


def _of_unknown(machine: Machine, value: Unknown, name: str, place: Place) -> Value:
    """An unknown value with a tensor's method is a tensor, in a file that works with tensors."""
    if "torch" in machine.frame.module.attrs or "nn" in machine.frame.module.attrs:
        known = index.method("torch.Tensor", name)
        entry = index.find(known) if known else None
        if known and entry is not None and isinstance(entry.does, (Activation, Minimize, Keep, Detach)):
            return Method(value, name=known)
    elif name in _STATISTICS and value.place is not None:
        return Method(value, name=f"numpy.ndarray.{name}")
    if value.place is not None:
        machine.notes.parts[place] = (value.place, name)
    return Unknown(place)


def set_attribute(machine: Machine, owner: Value, name: str, value: Value) -> None:
    """``owner.name = value``."""
    for option in options(owner):
        if isinstance(option, (Instance, Class, Built, Function, Module)):
            if type(option) is Instance and type(value) in _MODULES:
                above.note_set(machine, option, name, value)
            machine.state.set(option, name, value)
        elif isinstance(option, Mapping) and BAG in option.attrs:
            machine.state.set(option, f"k:{name}", value)


def set_item(machine: Machine, owner: Value, keys: list[Value], value: Value) -> None:
    """``owner[keys] = value``."""
    key = keys[0] if len(keys) == 1 else None
    if isinstance(owner, Mapping):
        if isinstance(key, Constant) and isinstance(key.value, (str, int)):
            machine.state.set(owner, item_key(key), value)
        else:
            machine.state.set(owner, "open", Constant(True))
    elif isinstance(owner, Built) and isinstance(key, Constant) and isinstance(key.value, str):
        if isinstance(owner.entry.does, Container):
            machine.state.set(owner, item_key(key), value)
            extended(machine, owner, (value,))
    elif isinstance(owner, List):
        set_items(machine, owner, _replaced(items_of(owner), key, value))


def _replaced(items: tuple[Value, ...], key: Value | None, value: Value) -> tuple[Value, ...]:
    """The items of a list after one was written; unknown ones where it is not known which."""
    at = key.value if isinstance(key, Constant) else None
    if not isinstance(at, int) or UNKNOWN in items or not -len(items) <= at < len(items):
        return (UNKNOWN,)
    at %= len(items)
    return (*items[:at], value, *items[at + 1 :])
