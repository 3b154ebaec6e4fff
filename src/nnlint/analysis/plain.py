"""Whether code of another file is plain Python: registries, doc strings, messages, look-ups of packages.

Such code is followed for the values it makes, but it trains nothing and makes no network: one round of its
loops is enough, what it calls is no act, and what it decorates stays as it was.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from dataclasses import dataclass, field

from nnlint.analysis.above import above
from nnlint.analysis.files import file_path, module_ir
from nnlint.analysis.machine import Machine
from nnlint.analysis.modules import definitions, imported_file
from nnlint.analysis.values import (
    Class,
    Constant,
    External,
    Function,
    Instance,
    List,
    Mapping,
    Module,
    OneOf,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.walk import parts
from nnlint.knowledge import index
from nnlint.project import Trail

__all__ = ["decorates_plainly", "is_plain", "plain_call"]

_TELLING = frozenset({
    "add_argument", "apply", "backward", "call", "children", "clip_grad_norm_", "compile", "copy_", "cuda",
    "detach", "detach_", "eval", "fit", "fit_transform", "forward", "load_state_dict", "modules",
    "named_parameters", "parameters", "parse_args", "partial_fit", "predict", "register_module",
    "requires_grad_", "state_dict", "step", "to", "train", "transform", "zero_", "zero_grad",
})  # fmt: skip
"""Methods of networks, optimizers and estimators, and those that read settings."""
_GRADIENTS = frozenset({"grad", "requires_grad"})
_BUILTINS = frozenset(dir(builtins))
_DEEPEST = 6
_EMPTY = (Constant, Unknown, External, Function, Class, Module)
_DEFINITIONS = (ir.Function, ir.Class)


@dataclass(slots=True)
class _Decision:
    """What was found of one definition, and the files it depends on."""

    plain: bool
    trail: Trail


def is_plain(machine: Machine, function: Function) -> bool:
    """Whether a function of another file names no framework and calls nothing that it is given."""
    owner = function.owner
    return function.module.path != machine.home and _decided(
        machine, function.module.path, function.node if owner is None else owner.node
    )


def plain_call(machine: Machine, function: Function, given: dict[str, Value]) -> bool:
    """Whether a call of a plain function hands in nothing that could be trained or tested."""
    return is_plain(machine, function) and all(_is_empty(machine, each) for each in given.values())


def decorates_plainly(machine: Machine, node: ir.Expr) -> bool:
    """Whether a decorator is a plain function, so that what it decorates need not be run through it."""
    named = node.func if isinstance(node, ir.Call) else node
    made = above.evaluate(machine, named) if isinstance(named, (ir.Name, ir.Attr)) else None
    return isinstance(made, Function) and is_plain(machine, made)


def _is_empty(machine: Machine, value: Value, depth: int = 0) -> bool:
    """Whether a value holds no tensor, network, optimizer or data."""
    if isinstance(value, _EMPTY):
        return True
    if isinstance(value, Instance):
        return value.cls.module.path != machine.home and _decided(
            machine, value.cls.module.path, value.cls.node
        )
    inner: Iterable[Value]
    if isinstance(value, (List, Mapping)):
        inner = value.attrs.values()
    elif isinstance(value, Tuple):
        inner = value.items
    elif isinstance(value, OneOf):
        inner = value.options
    else:
        return False
    return depth < 3 and all(_is_empty(machine, each, depth + 1) for each in inner)


def _decided(machine: Machine, path: str, node: ir.Function | ir.Lambda | ir.Class) -> bool:
    """Decided once for each definition of the project."""
    key = (path, node.id)
    known = machine.plain_code.get(key)
    if known is None:
        project = machine.project
        outer, project.trail = project.trail, Trail()
        known = machine.plain_code[key] = _Reader(machine).reads(path, node, 0)
        outer.follow(project.trail)
        project.trail = outer
    return known


@dataclass(slots=True)
class _Reader:
    """Reads definitions and those they call."""

    machine: Machine
    made: list[tuple[str, int]] = field(default_factory=list)

    def reads(self, path: str, node: ir.Function | ir.Lambda | ir.Class, depth: int) -> bool:
        """Whether a definition is plain; one that is being decided counts as plain meanwhile."""
        project, key = self.machine.project, (path, node.id)
        known: _Decision | None = project.plain.get(key)
        if known is not None:
            project.trail.follow(known.trail)
            return known.plain
        code = module_ir(project, file_path(path)) if depth <= _DEEPEST else None
        if code is None:
            return False
        project.plain[key] = _Decision(True, project.trail)
        mark = len(self.made)
        self.made.append(key)
        if _Body(self, code, node, depth).is_plain():
            return True
        # What was taken for plain because this was is decided anew when it is asked for.
        for other in self.made[mark:]:
            if project.plain[other].plain:
                del project.plain[other]
        del self.made[mark:]
        project.plain[key] = _Decision(False, project.trail)
        return False


class _Body:
    """One definition in its module."""

    def __init__(
        self, reader: _Reader, code: ir.ModuleIR, node: ir.Function | ir.Lambda | ir.Class, depth: int
    ):
        self.reader, self.code, self.node, self.depth = reader, code, node, depth
        self.known = definitions(reader.machine, code)
        self.inner: set[str] = set()
        self.local: set[str] = set()
        self.imports: dict[str, list[ir.Imported]] = dict(imports(reader.machine, code))

    def is_plain(self) -> bool:
        """Whether nothing in it tells of a framework."""
        if isinstance(self.node, ir.Class) and not all(map(self._is_plain_base, self.node.bases)):
            return False
        inside = list(parts(self.node))
        for each in (self.node, *inside):
            self._bind(each)
        return all(map(self._is_plain_part, inside))

    def _bind(self, each: object) -> None:
        if isinstance(each, ir.Import):
            for imported in each.names:
                self.imports[imported.local] = [imported]
        elif isinstance(each, (ir.Function, ir.Class)):
            self.inner.add(each.name)
        if isinstance(each, ir.Function):
            self.local |= each.names.stored
        if isinstance(each, (ir.Function, ir.Lambda)):
            self.local.update(param.name for param in each.params)

    def _is_plain_base(self, base: ir.Expr) -> bool:
        return isinstance(base, (ir.Name, ir.Attr)) and self._is_plain_callee(base, True)

    def _is_plain_part(self, each: object) -> bool:
        if type(each) is ir.Name:
            return not any(map(self._is_framework, self._imported(each.name)))
        if type(each) is ir.Call:
            return self._is_plain_callee(each.func, bool(each.args or each.keywords))
        return type(each) is not ir.Attr or each.name not in _GRADIENTS

    def _imported(self, name: str) -> list[ir.Imported]:
        return self.imports.get(name, [])

    def _is_plain_callee(self, func: ir.Expr, given: bool) -> bool:
        if type(func) is ir.Name:
            return self._is_plain_name(func.name, given)
        if type(func) is not ir.Attr:
            return False
        head = func.value
        if type(head) is ir.Name and (imported := self._imported(head.name)):
            return all(self._is_plain_import(each, func.name) for each in imported)
        return func.name not in _TELLING

    def _is_plain_name(self, name: str, given: bool) -> bool:
        """Whether a name that is called or derived from is a plain definition, or none of the project.

        What is only called, with nothing in hand, may be anything.
        """
        if name in self.inner:
            return True  # part of what is read
        if imported := self._imported(name):
            return all(self._is_plain_import(each, "") for each in imported)
        if name in self.local:
            return not given
        bound = self.known.get(name)
        if bound is None:
            return "*" not in self.known or name in _BUILTINS
        return isinstance(bound, _DEFINITIONS) and self.reader.reads(self.code.path, bound, self.depth + 1)

    def _is_plain_import(self, imported: ir.Imported, attribute: str) -> bool:
        """Whether an imported name, or an attribute of it, can be called without harm."""
        found = self._file(imported)
        if found is None:
            return not self._is_framework(imported)
        path, inside = found
        if not inside:
            return bool(attribute) and self._is_plain_in(path, attribute, "")
        assert imported.name is not None
        return self._is_plain_in(path, imported.name, attribute)

    def _is_framework(self, imported: ir.Imported) -> bool:
        known = imported.level == 0 and imported.module.partition(".")[0] in index.packages()
        return known and self._file(imported) is None

    def _file(self, imported: ir.Imported) -> tuple[str, bool] | None:
        return imported_file(self.reader.machine, imported, file_path(self.code.path))

    def _is_plain_in(self, path: str, name: str, attribute: str) -> bool:
        """A definition of another file; of what is no function or class only methods are called."""
        code = module_ir(self.reader.machine.project, file_path(path))
        if code is None or self.depth >= _DEEPEST:
            return False
        found = definitions(self.reader.machine, code).get(name)
        if isinstance(found, _DEFINITIONS):
            return self.reader.reads(path, found, self.depth + 1)
        if isinstance(found, ir.Assign):
            return bool(attribute) and attribute not in _TELLING
        other = _Body(self.reader, code, _NOTHING, self.depth + 1)
        imported = other._imported(name)
        return bool(imported) and all(other._is_plain_import(each, attribute) for each in imported)


def imports(machine: Machine, code: ir.ModuleIR) -> dict[str, list[ir.Imported]]:
    """What the top level of a module imports, in branches too, by name."""
    found: dict[str, list[ir.Imported]] | None = machine.project.imports.get(code.path)
    if found is None:
        found = machine.project.imports[code.path] = {}
        waiting: list[ir.Stmt] = list(code.body)
        while waiting:
            each = waiting.pop()
            if isinstance(each, ir.Import):
                for imported in each.names:
                    found.setdefault(imported.local, []).append(imported)
            elif isinstance(each, ir.If):
                waiting += [*each.body, *each.orelse]
            elif isinstance(each, ir.Try):
                waiting += [*each.body, *each.orelse, *each.final]
                waiting += [inner for handler in each.handlers for inner in handler.body]
    return found


_NOTHING = ir.Class(0, "", (), (), (), ())
