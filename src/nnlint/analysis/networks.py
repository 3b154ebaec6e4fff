"""When a file has run: modules its networks do not register, and layers that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.events import LayerCall
from nnlint.analysis.ignored import ignored_inputs
from nnlint.analysis.machine import Machine
from nnlint.analysis.modules_made import all_bases_known
from nnlint.analysis.objects import ancestors, framework_base, lookup_member, set_up
from nnlint.analysis.parametric import is_module, network_method, owns_parameters
from nnlint.analysis.reused import reused_layers
from nnlint.analysis.skipped import skipped_items
from nnlint.analysis.stacks import linear_stacks
from nnlint.analysis.uses import Uses, used_elsewhere, uses_of
from nnlint.analysis.values import (
    Built,
    Class,
    Function,
    Instance,
    List,
    Mapping,
    Obj,
    Place,
    Tuple,
    Value,
)
from nnlint.analysis.wiring_events import BareModules, IdleLayer
from nnlint.ir import nodes as ir
from nnlint.project import Project

__all__ = ["close_networks"]


def close_networks(machine: Machine, code: ir.ModuleIR) -> None:
    """Record what is wrong with the networks that the file itself defines."""
    machine.events.extend(list(linear_stacks(machine)))
    machine.events.extend(list(ignored_inputs(machine, code)))
    uses: Uses | None = None
    done: set[int] = set()
    for (path, number), instances in list(machine.instances.items()):
        if path != code.path or not instances or number in done:
            continue
        instance = set_up(instances)
        method = network_method(instance.cls)
        if not method and not isinstance(lookup_member(instance.cls, "forward"), Function):
            continue
        done.add(number)
        uses = uses or uses_of(code.body)
        machine.events.extend(skipped_items(machine, instance, uses))
        if not method:
            continue
        torch = framework_base(instance.cls).startswith("torch.")
        if torch and "open" not in instance.attrs and all_bases_known(instance.cls):
            _bare(machine, instance, uses)
        _idle(machine, instance, method, uses, code)
    machine.events.extend(list(reused_layers(machine, code.path)))


def _bare(machine: Machine, instance: Instance, uses: Uses) -> None:
    """Plain containers of modules on a torch network."""
    registered = set(_registered(instance))
    for name, value in instance.attrs.items():
        if not isinstance(value, (List, Tuple, Mapping)) or (isinstance(value, List) and value.escaped):
            continue
        if name == "items":  # what is known of a container: its layers, which it registers
            continue
        modules = [item for item in _within(value) if is_module(item) and owns_parameters(item)]
        many = len(modules) > 1 or any(
            getattr(item, "serial", 0) in machine.settings.repeated for item in modules
        )
        if not many or any(id(item) in registered for item in modules):
            continue
        first = modules[0]
        if not isinstance(first, (Built, Instance)) or not _made_by(instance, first):
            continue
        if uses.registers & {"add_module", "register_module", "setattr"}:
            continue
        kind = {"List": "list", "Tuple": "tuple", "Mapping": "dict"}[type(value).__name__]
        machine.emit(BareModules(first.place, instance.cls, name, kind, len(modules)))


def _made_by(instance: Instance, module: Built | Instance) -> bool:
    """Whether a module was made by the code of the network's own class."""
    node = instance.cls.node
    last = max((statement.id for statement in node.body), default=node.id)
    same = module.place.path == instance.cls.module.path
    return same and node.id <= module.place.node <= last + 100_000 and _inside(node, module.place.node)


def _inside(node: object, number: int) -> bool:
    if not isinstance(node, tuple):
        return False
    if getattr(node, "id", None) == number:
        return True
    return any(_inside(part, number) for part in node if isinstance(part, tuple))


def _within(value: Value, depth: int = 0) -> Iterator[Value]:
    """The items of a plain container, one level of nesting included."""
    if isinstance(value, Tuple):
        items: tuple[Value, ...] = value.items
    elif isinstance(value, (List, Mapping)):
        items = tuple(value.attrs.values())
    else:
        yield value
        return
    for item in items:
        if depth < 3:
            yield from _within(item, depth + 1)


def _registered(instance: Instance) -> Iterator[int]:
    """Identities of the modules that the network reaches through registered attributes."""
    todo: list[Value] = [value for value in instance.attrs.values() if isinstance(value, (Built, Instance))]
    seen: set[int] = set()
    while todo and len(seen) < 2_000:
        value = todo.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        yield id(value)
        if isinstance(value, Obj):
            for inner in value.attrs.values():
                todo += inner.items if isinstance(inner, Tuple) else [inner]


def _idle(machine: Machine, instance: Instance, method: str, uses: Uses, code: ir.ModuleIR) -> None:
    """Layers that the network's own constructor makes and nothing uses."""
    cls = instance.cls
    if not isinstance(lookup_member(cls, method), Function) or uses.reaches_all or "open" in instance.attrs:
        return
    if uses.forwards_elsewhere(cls.name):
        return
    known, read = all_bases_known(cls), uses.of(cls.name)
    if not any(name in read and owns_parameters(value) for name, value in instance.attrs.items()):
        return  # a stand-in that has a layer only to have parameters
    for name, value in instance.attrs.items():
        if not isinstance(value, (Built, Instance)) or name in read or name in uses.texts:
            continue
        if not owns_parameters(value) or not _made_by(instance, value) or "open" in value.attrs:
            continue
        if name in _inherited_names(machine.project, cls) or used_elsewhere(
            machine.project, code, cls.name, name
        ):
            continue
        if _is_held_elsewhere(instance, name, value, read):
            continue
        # A base class out of sight may apply any layer, but hardly the one left out of a used series.
        if not known and not _is_odd_one_out(instance, name, read):
            continue
        twin, places = _twin(machine, instance, name, value)
        machine.emit(IdleLayer(value.place, name, value, twin, places))


def _inherited_names(project: Project, cls: Class) -> set[str]:
    """Names that base classes read from `self`: they may call the layer."""
    found: set[str] = set()
    for base in ancestors(cls)[1:]:
        if isinstance(base, Class):
            key = (base.module.path, base.node.id)
            if key not in project.read:
                project.read[key] = uses_of((base.node,)).read
            found |= project.read[key]
    return found


def _twin(
    machine: Machine, instance: Instance, name: str, layer: Built | Instance
) -> tuple[str, tuple[Place, ...]]:
    """The sibling most alike in name that one run applies more than once."""
    kind = layer.name if isinstance(layer, Built) else layer.cls.name
    calls: dict[int, list[LayerCall]] = {}
    for event in machine.events:
        if isinstance(event, LayerCall) and isinstance(event.layer, (Built, Instance)):
            calls.setdefault(id(event.layer), []).append(event)
    for sibling, value in instance.attrs.items():
        if sibling == name or not isinstance(value, (Built, Instance)):
            continue
        other = value.name if isinstance(value, Built) else value.cls.name
        by_frame: dict[int, set[Place]] = {}
        for call in calls.get(id(value), ()):
            by_frame.setdefault(call.frame, set()).add(call.place)
        places = max(by_frame.values(), key=len, default=set())
        if other == kind and len(places) > 1 and sibling.rstrip("0123456789") == name.rstrip("0123456789"):
            return sibling, tuple(sorted(places))
    return "", ()


def _is_odd_one_out(instance: Instance, name: str, read: set[str]) -> bool:
    """Whether at least two numbered siblings of a layer (`layer1`, `layer3` of `layer2`) are used."""
    stem = name.rstrip("0123456789")
    siblings = [
        other for other in instance.attrs if other.rstrip("0123456789") == stem and other[len(stem) :]
    ]
    return stem != name and sum(other in read for other in siblings) >= 2


def _is_held_elsewhere(instance: Instance, name: str, module: Built | Instance, read: set[str]) -> bool:
    """Whether the module, or one that it contains, is also reached through an attribute that is read."""
    parts = {id(module), *(id(item) for item in _within(module.attrs.get("items", module)))}
    for other, value in instance.attrs.items():
        if other == name or other not in read:
            continue
        held = [*_within(value)]
        if isinstance(value, (Built, Instance)):
            held += _within(value.attrs.get("items", value))
        if any(id(item) in parts for item in held):
            return True
    return False
