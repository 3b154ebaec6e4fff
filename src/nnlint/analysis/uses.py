"""Which attribute names a file reads, by name alone: what nothing reads, nothing uses."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.ir.walk import below
from nnlint.project import Project

__all__ = ["Uses", "used_elsewhere", "uses_of"]

_REACH_ALL = frozenset(
    {"children", "named_children", "_modules", "__dict__", "get_submodule", "_layers", "_flatten_layers"}
)
_REACHING_CALLS = frozenset({"vars", "eval", "exec", "locals"})
_LIMIT = 4_000
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Uses:
    """Names of a file.

    read: attributes read anywhere. texts: words in string literals. registers: callee names used.
    computed: `getattr` with a name that is no literal, `children()` and their kin. indexed, counted: how
    often an attribute is read to take one item of it, and at all. own: what the methods of a class read of
    their own object; loose: what is read of anything else. bases: the classes a class is derived from;
    heirs: those that are derived from it, once all of them are known.
    """

    read: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    registers: set[str] = field(default_factory=set)
    computed: bool = False
    indexed: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    owners: dict[str, set[str]] = field(default_factory=dict)
    own: dict[str, set[str]] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    bases: dict[str, set[str]] = field(default_factory=dict)
    heirs: dict[str, set[str]] | None = None

    def of(self, cls: str) -> set[str]:
        """What may be read of an object of a class: by its methods, those of its relatives, and others."""
        if self.heirs is None:
            self.heirs = {}
            for name, bases in self.bases.items():
                for base in bases:
                    self.heirs.setdefault(base, set()).add(name)
        related = self._closed(self._closed({cls}, self.heirs), self.bases)
        return self.loose.union(*(self.own.get(name, ()) for name in related))

    @staticmethod
    def _closed(names: set[str], more: Mapping[str, set[str]]) -> set[str]:
        todo, found = list(names), set(names)
        while todo:
            new = more.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found

    @property
    def reaches_all(self) -> bool:
        """Whether the file reaches layers by ways that do not spell their names."""
        return self.computed or not _REACH_ALL.isdisjoint(self.read)

    def forwards_elsewhere(self, name: str) -> bool:
        """Whether a function named `forward` is attached to the class from outside."""
        return name in self.owners.get("forward", ())


def uses_of(body: ir.Block) -> Uses:
    """Walk the code of a file, or a part of it, once."""
    found = Uses()
    _walk(body, found, "", "")
    return found


def _walk(start: tuple[object, ...], found: Uses, cls: str, me: str) -> None:
    """Look at everything inside a node. cls, me: the class it stands in, what its method calls the object."""
    waiting: list[tuple[Any, str, str]] = [(start, cls, me)]
    while waiting:
        node, cls, me = waiting.pop()
        kind = type(node)
        if kind is ir.Name or kind is ir.Const:
            if kind is ir.Const and type(node.value) is str and len(node.value) < 200:
                found.texts.update(_WORD.findall(node.value))
            continue
        if kind is ir.Attr:
            _attr(node, found, cls, me)
            waiting.append((node.value, cls, me))
            continue
        if kind is ir.Assign:
            for target in node.targets:
                _target(target, found, cls, me)
            waiting.append((node.value, cls, me))
            continue
        if kind is ir.Class:
            names = (spell(base).rpartition(".")[2] for base in node.bases)
            found.bases.setdefault(node.name, set()).update(names)
            cls, me = node.name, ""
        elif kind is ir.Function:
            me = me or ("self" if cls and node.params and node.params[0].name == "self" else "")
        elif kind is ir.Call:
            _call(node, found)
        elif kind is ir.Index and type(node.value) is ir.Attr and type(node.items[0]) is not ir.Slice:
            found.indexed[node.value.name] = found.indexed.get(node.value.name, 0) + 1
        for part in below(node):
            waiting.append((part, cls, me))


def _attr(node: ir.Attr, found: Uses, cls: str, me: str) -> None:
    found.read.add(node.name)
    found.counted[node.name] = found.counted.get(node.name, 0) + 1
    own = me and type(node.value) is ir.Name and node.value.name == me
    (found.own.setdefault(cls, set()) if own else found.loose).add(node.name)


def _target(target: ir.Expr, found: Uses, cls: str, me: str) -> None:
    """What an assignment's target reads: ``self.fc = …`` sets, ``self.fc.weight = …`` reads `fc`."""
    if isinstance(target, ir.Attr):
        if isinstance(target.value, ir.Name):
            found.owners.setdefault(target.name, set()).add(target.value.name)
        _walk(target.value, found, cls, me)
    elif isinstance(target, ir.Sequence):
        for item in target.items:
            _target(item, found, cls, me)
    else:
        _walk(target, found, cls, me)


def _call(node: ir.Call, found: Uses) -> None:
    func = node.func
    name = func.name if isinstance(func, (ir.Name, ir.Attr)) else ""
    found.registers.add(name)
    if isinstance(func, ir.Name) and name in _REACHING_CALLS:
        found.computed = True
    if name in {"getattr", "attrgetter"} and len(node.args) > 1 and not isinstance(node.args[1], ir.Const):
        found.computed = True


@cache
def _neighbours(folder: str) -> tuple[Path, ...]:
    """The Python files of the project a folder belongs to, near ones first, up to a bound."""
    top = Path(folder)
    for _ in range(6):
        if not (top / "__init__.py").exists() and not (top.parent / "__init__.py").exists():
            break
        top = top.parent
    found: list[Path] = []
    for base, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        found += [Path(base, name) for name in sorted(names) if name.endswith((".py", ".ipynb"))]
        if len(found) > _LIMIT:
            break
    return tuple(found[:_LIMIT])


def used_elsewhere(project: Project, code: ir.ModuleIR, cls: str, attribute: str) -> bool:
    """Whether another file of the project that knows the class, or its module, spells the attribute."""
    own = os.path.abspath(code.path)
    stem = Path(own).parent.name if Path(own).stem == "__init__" else Path(own).stem
    # In prose a name is followed by a word.
    by_name = re.compile(rf"\b({re.escape(cls)}\s*([(,).\]:=\n]|$)|{re.escape(stem)}\b)")
    by_module = re.compile(rf"\b{re.escape(stem)}\b")
    namesake = re.compile(rf"^\s*class {re.escape(cls)}\b", re.MULTILINE)
    spells = re.compile(rf"(\.|['\"]){re.escape(attribute)}\b")
    for path in _neighbours(os.path.dirname(own)):
        if str(path) == own:
            continue
        source = project.source(path)
        if source is None or attribute not in source.text:
            continue
        if not (cls in source.text or stem in source.text) or not spells.search(source.text):
            continue
        # A namesake of its own says nothing about this class.
        knows = by_module if cls in source.text and namesake.search(source.text) else by_name
        if knows.search(source.text):
            return True
    return False
