"""Which assignments to local names are lost: a backward pass over the structured IR.

For every point the pass knows, by name, what may happen to it next: it is read, it is bound again (by
which statement), or the function ends. An assignment whose next events hold no read is lost: *overwritten*
when every path binds the name again, *unread* when no path does either. When some paths overwrite and
others end, nothing is said: the author may have meant it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from nnlint.ir import nodes as ir

__all__ = ["Lost", "all_reads", "called_name", "lost_assignments", "names_of", "stored_in"]

_READ = -1
_END = -2
_ENDS = frozenset({_END})
_READS = frozenset({_READ})
_MAX_LOOP_DEPTH = 5
_SUPPRESSING = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex"})

_Next: TypeAlias = "dict[str, frozenset[int]]"


class Lost(NamedTuple):
    """An assignment to `name` that nothing reads.

    by: the ids of the statements that bind the name again; empty when it is never read at all.
    loop: the value is bound again by the same statement in the next round of a loop over what it calls.
    alias: the variable whose value was saved, for ``name = alias``.
    """

    name: str
    by: tuple[int, ...]
    loop: bool = False
    alias: str = ""


def lost_assignments(body: ir.Block, names: ir.Names) -> dict[int, Lost]:
    """The lost assignments of a function body or module, by statement id."""
    if names.dynamic:
        return {}
    walk = _Walk(names)
    walk.block(body, {})
    return {number: lost for number, lost in walk.results() if lost is not None}


class _Walk:
    """One backward pass."""

    def __init__(self, names: ir.Names) -> None:
        self.names = names
        self.targets: dict[int, str] = {}
        self.next: dict[int, frozenset[int]] = {}
        self.aliases: dict[int, str] = {}
        self.looped: set[int] = set()
        self.seen: set[str] = set()
        self.loops: list[tuple[_Next, _Next]] = []
        self.handlers: list[_Next] = []

    def results(self) -> Iterator[tuple[int, Lost | None]]:
        """Every single-name assignment with its verdict."""
        for number, after in self.next.items():
            name = self.targets[number]
            if (
                (name.startswith("_") and name not in self.seen)
                or name in self.names.captured
                or name in self.names.outer
            ):
                continue
            if number in self.looped:
                yield number, Lost(name, (number,), True)
            elif after <= {_END, number}:  # in a loop, the next round binds it again
                yield number, Lost(name, (), alias=self.aliases.get(number, ""))
            elif _READ not in after and _END not in after:
                yield number, Lost(name, tuple(sorted(after)))

    def block(self, body: ir.Block, after: _Next) -> _Next:
        """What comes next before `body`, given what comes next behind it; `after` is consumed."""
        for statement in reversed(body):
            after = _VISIT[type(statement)](self, statement, after)
        return after

    def bind(self, target: ir.Expr, number: int, after: _Next) -> None:
        for name in names_of(target):
            after[name] = frozenset((number,))

    def read(self, reads: tuple[str, ...], after: _Next) -> _Next:
        self.seen.update(reads)
        for name in reads:
            after[name] = _READS
        return after

    def assign(self, node: ir.Assign, after: _Next) -> _Next:
        if len(node.targets) == 1 and type(target := node.targets[0]) is ir.Name:
            seen = after.get(target.name, _ENDS)
            for handler in self.handlers:
                if _READ in handler.get(target.name, _ENDS):
                    seen |= _READS
            self.targets[node.id] = target.name
            if type(node.value) is ir.Name:
                self.aliases[node.id] = node.value.name
            self.next[node.id] = seen
        for target in node.targets:
            self.bind(target, node.id, after)
        return self.read(node.reads, after)

    def simple(self, node: ir.Do | ir.Aug | ir.Assert, after: _Next) -> _Next:
        return self.read(node.reads, after)

    def delete(self, node: ir.Delete, after: _Next) -> _Next:
        for target in node.targets:
            self.read(tuple(names_of(target)), after)
        return self.read(node.reads, after)

    def leave(self, node: ir.Return | ir.Raise, _after: _Next) -> _Next:
        caught = dict(self.handlers[-1]) if self.handlers else {}
        return self.read(node.reads, caught)

    def jump(self, node: ir.Jump, after: _Next) -> _Next:
        if not self.loops:
            return after
        behind, head = self.loops[-1]
        return dict(behind if node.kind == "break" else head)

    def define(self, node: ir.Function | ir.Class, after: _Next) -> _Next:
        after[node.name] = frozenset((node.id,))
        return self.read(node.reads, after)

    def imports(self, node: ir.Import, after: _Next) -> _Next:
        for name in node.names:
            after[name.local] = frozenset((node.id,))
        return after

    def if_(self, node: ir.If, after: _Next) -> _Next:
        other = self.block(node.orelse, dict(after))
        return self.read(node.reads, _join(self.block(node.body, after), other))

    def loop(self, node: ir.For | ir.While, after: _Next) -> _Next:
        behind = dict(after)
        other = self.block(node.orelse, after)
        head = dict(other)
        rounds = 2 if len(self.loops) < _MAX_LOOP_DEPTH else 1
        if rounds == 1:
            head = self.read(tuple(all_reads(node.body)), head)
        for _ in range(rounds):
            if type(node) is ir.While:
                self.read(node.reads, head)
            self.loops.append((behind, head))
            inside = self.block(node.body, dict(head))
            self.loops.pop()
            if type(node) is ir.For:
                self.bind(node.target, node.id, inside)
            head = _join(dict(other), inside)
        if type(node) is ir.For:
            self.note_overwriting_loop(node)
        return self.read(node.reads, head)

    def note_overwriting_loop(self, node: ir.For) -> None:
        """``for layer in layers: out = layer(x)``: only the last output is ever seen."""
        if _breaks(node.body):
            return  # a search: the output of the layer it stops at is the one wanted
        own = set(names_of(node.target))
        stored = set(_all_stores(node.body))
        for statement in node.body:
            if (
                type(statement) is ir.Assign
                and type(statement.value) is ir.Call
                and _applies_another(statement.value, own)
                and not (stored & set(statement.reads))
                and not any(
                    _used(node.body, name) for target in statement.targets for name in names_of(target)
                )
            ):
                self.looped.add(statement.id)

    def with_(self, node: ir.With, after: _Next) -> _Next:
        behind = dict(after) if any(_suppresses(context) for context, _ in node.items) else None
        if behind is not None:
            self.handlers.append(behind)
            # What a block computes that is meant to fail, or may, is not there to be used.
            self.read(tuple(_all_stores(node.body)), after)
        after = self.block(node.body, after)
        if behind is not None:
            after = _join(after, self.handlers.pop())
        for _, target in node.items:
            if target is not None:
                self.bind(target, node.id, after)
        return self.read(node.reads, after)

    def try_(self, node: ir.Try, after: _Next) -> _Next:
        after = self.block(node.final, after)
        caught: _Next = dict(after)
        for handler in node.handlers:
            caught = _join(caught, self.read(handler.reads, self.block(handler.body, dict(after))))
        after = self.block(node.orelse, after)
        self.handlers.append(caught)
        after = self.block(node.body, after)
        self.handlers.pop()
        return _join(after, {name: _READS for name, then in caught.items() if _READ in then})

    def match(self, node: ir.Match, after: _Next) -> _Next:
        falls_through = not any(case.irrefutable for case in node.cases)
        result = dict(after) if falls_through else None
        for case in node.cases:
            inside = self.block(case.body, dict(after))
            for name in case.binds:
                inside[name.name] = frozenset((node.id,))
            result = inside if result is None else _join(result, inside)
        return self.read(node.reads, after if result is None else result)

    def scope(self, _node: ir.Scope, after: _Next) -> _Next:
        return after


def _join(one: _Next, other: _Next) -> _Next:
    for name, after in other.items():
        mine = one.get(name, _ENDS)
        if mine is not after:
            one[name] = mine | after
    for name in one.keys() - other.keys():
        one[name] |= _ENDS
    return one


def _breaks(body: ir.Block) -> bool:
    """Whether a loop body may leave its loop by ``break``."""
    return any(
        (isinstance(statement, ir.Jump) and statement.kind == "break")
        or (not isinstance(statement, (ir.For, ir.While)) and any(map(_breaks, _blocks(statement))))
        for statement in body
    )


def _suppresses(context: ir.Expr) -> bool:
    """Whether a context manager lets the program go on behind its block after an exception in it."""
    called = context.func if isinstance(context, ir.Call) else None
    return isinstance(called, (ir.Name, ir.Attr)) and called.name in _SUPPRESSING


def names_of(target: ir.Expr) -> Iterator[str]:
    """The plain names that a target binds."""
    if type(target) is ir.Name:
        yield target.name
    elif type(target) is ir.Sequence:
        for item in target.items:
            yield from names_of(item)
    elif type(target) is ir.Star:
        yield from names_of(target.value)


def _applies_another(call: ir.Call, own: set[str]) -> bool:
    """Whether each round of a loop applies a layer of its own: the loop variable, or one made on the spot."""
    if type(call.func) is ir.Call:
        return bool(call.args) and all(type(arg) is ir.Name and arg.name not in own for arg in call.args)
    if called_name(call) in own:
        return True
    # Its activation around it: `relu(layer(x))`.
    return any(type(arg) is ir.Call and called_name(arg) in own for arg in call.args[:1])


def _used(body: ir.Block, name: str) -> bool:
    """Whether a block reads a name, otherwise than to bind it anew: ``x = relu(x)`` goes the way of `x`."""
    for statement in body:
        if name in getattr(statement, "reads", ()) and not _is_update(statement, name):
            return True
        if any(_used(inner, name) for inner in _blocks(statement)):
            return True
    return False


def _is_update(statement: ir.Stmt, name: str) -> bool:
    if isinstance(statement, ir.Assign):
        return len(statement.targets) == 1 and list(names_of(statement.targets[0])) == [name]
    return isinstance(statement, ir.Aug) and list(names_of(statement.target)) == [name]


def called_name(call: ir.Call) -> str:
    """``layer`` in ``layer(x)``; "" for anything longer."""
    return call.func.name if type(call.func) is ir.Name else ""


def _blocks(statement: ir.Stmt) -> Iterator[ir.Block]:
    """The blocks inside a statement, function and class bodies left out."""
    kind = type(statement)
    if kind is ir.Try:
        assert isinstance(statement, ir.Try)
        yield from (statement.body, statement.orelse, statement.final)
        yield from (handler.body for handler in statement.handlers)
    elif kind is ir.Match:
        assert isinstance(statement, ir.Match)
        yield from (case.body for case in statement.cases)
    elif isinstance(statement, (ir.If, ir.For, ir.While)):
        yield from (statement.body, statement.orelse)
    elif isinstance(statement, ir.With):
        yield statement.body


def all_reads(body: ir.Block) -> Iterator[str]:
    """Every name that statements of a block read, inner blocks included."""
    for statement in body:
        yield from getattr(statement, "reads", ())
        for inner in _blocks(statement):
            yield from all_reads(inner)


def stored_in(body: ir.Block) -> Iterator[str]:
    """Every name that statements of a block bind, inner blocks included, imports and definitions too."""
    for statement in body:
        if isinstance(statement, (ir.Function, ir.Class)):
            yield statement.name
        elif isinstance(statement, ir.Import):
            yield from (imported.local for imported in statement.names)
        elif isinstance(statement, ir.With):
            for _, target in statement.items:
                if target is not None:
                    yield from names_of(target)
        for inner in _blocks(statement):
            yield from stored_in(inner)
    yield from _all_stores(body)


def _all_stores(body: ir.Block) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ir.Assign):
            for target in statement.targets:
                yield from names_of(target)
        elif isinstance(statement, (ir.Aug, ir.For)):
            yield from names_of(statement.target)
        for inner in _blocks(statement):
            yield from _all_stores(inner)


_VISIT: dict[type, Any] = {
    ir.Assign: _Walk.assign,
    ir.Aug: _Walk.simple,
    ir.Do: _Walk.simple,
    ir.Assert: _Walk.simple,
    ir.Delete: _Walk.delete,
    ir.Return: _Walk.leave,
    ir.Raise: _Walk.leave,
    ir.Jump: _Walk.jump,
    ir.Function: _Walk.define,
    ir.Class: _Walk.define,
    ir.Import: _Walk.imports,
    ir.If: _Walk.if_,
    ir.For: _Walk.loop,
    ir.While: _Walk.loop,
    ir.With: _Walk.with_,
    ir.Try: _Walk.try_,
    ir.Match: _Walk.match,
    ir.Scope: _Walk.scope,
}
