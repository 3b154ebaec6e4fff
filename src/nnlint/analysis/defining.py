"""Functions and classes as their definitions are reached."""

from __future__ import annotations

from weakref import ref

from nnlint.analysis.above import above
from nnlint.analysis.arguments import Args
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.settings import suppose
from nnlint.analysis.state import Flow
from nnlint.analysis.values import UNKNOWN, Class, External, Function, Later, Obj, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import index

__all__ = ["define_class", "define_function"]

_KEEPERS = frozenset({"staticmethod", "classmethod", "property", "setter", "cached_property"})


def define_function(machine: Machine, node: ir.Function | ir.Lambda) -> Value:
    """The function object a definition makes, decorators applied."""
    frame = machine.frame
    defaults: dict[str, Value] = {}
    for param in node.params:
        if param.default is not None:
            defaults[param.name] = above.evaluate(machine, param.default)
    owner = machine.class_bodies[-1] if machine.class_bodies and frame is machine.class_frames[-1] else None
    closure: Obj | None = frame.outer if owner is not None else frame
    function = Function(node, frame.module, closure, defaults, owner)
    if frame.module.path == machine.home:
        machine.functions.setdefault((machine.home, node.id), []).append(function)
    if isinstance(node, ir.Lambda):
        return function
    if node.decorators:
        suppose(machine.settings, function)
    if (known := _taught(machine, node.name, owner)) is not None:
        return known
    result: Value = function
    for decorator in reversed(node.decorators):
        result = _decorated(machine, decorator, function, result)
    return result


def _decorated(machine: Machine, node: ir.Expr, function: Function, value: Value) -> Value:
    """Decorators of the project run; all others are taken to keep the function they wrap."""
    if above.decorates_plainly(machine, node):
        return value
    decorator = above.evaluate(machine, node)
    name = node.name if isinstance(node, (ir.Name, ir.Attr)) else ""
    if name in _KEEPERS:
        function.kind = {"staticmethod": "static", "classmethod": "class", "setter": "setter"}.get(
            name, "property"
        )
        return value
    if isinstance(decorator, Function) and machine.may_enter(decorator):
        call = ir.Call(node.id, node, (), ())
        result = above.call_value(machine, decorator, Args((value,), {}, False), call)
        return value if isinstance(result, Unknown) else result
    return value


def define_class(machine: Machine, node: ir.Class) -> Value:
    """Run a class body."""
    bases = tuple(above.evaluate(machine, base) for base in node.bases)
    cls = Class(node.name, node, machine.frame.module, bases)
    for decorator in node.decorators:
        if not above.decorates_plainly(machine, decorator):
            above.evaluate(machine, decorator)
    old = machine.frame
    # Methods do not see the names of the class body: their closure is what surrounds the class.
    frame = Frame(old.module, None, old, attrs=cls.attrs)
    machine.frame = frame
    machine.class_bodies.append(cls)
    machine.class_frames.append(frame)
    if old.function is None and old.module.path != machine.home:
        _run_imported(machine, cls, frame)
    else:
        above.execute(machine, node.body)
    machine.class_bodies.pop()
    machine.class_frames.pop()
    machine.frame = old
    machine.classes.setdefault((old.module.path, node.id), cls)
    return _taught(machine, node.name, None) or cls


def _run_imported(machine: Machine, cls: Class, frame: Frame) -> None:
    """The body of a class of another file: few of its methods are ever asked for."""

    # Held weakly, or the machine would be part of a cycle, and stay in memory until cycles are looked for.
    alive = ref(machine)

    def define(later: Later) -> Value:
        running = alive()
        assert running is not None
        if later.made is None:
            later.made = UNKNOWN  # what asks for itself
            later.made = running.aside(frame, lambda: define_function(running, later.node), cls)
            if cls.attrs.get(later.node.name) is later:
                cls.attrs[later.node.name] = later.made
        return later.made

    for statement in cls.node.body:
        if type(statement) is ir.Function:
            machine.steps += 1
            machine.store(statement.name, Later(statement, define))
        elif not above.execute(machine, (statement,)) & Flow.NEXT:
            return


def _taught(machine: Machine, name: str, owner: Class | None) -> Value | None:
    """The name by which the configuration speaks of a definition at the top of a module, if it does."""
    names = index.taught().names
    if not names or owner is not None or machine.frame.function is not None:
        return None
    module = machine.frame.module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for each in names:
        if f".{module}.{name}".endswith(f".{each}"):
            return External(each)
    return None
