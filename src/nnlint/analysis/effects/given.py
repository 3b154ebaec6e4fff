"""The arguments of a framework call by the parameter names of its entry."""

from __future__ import annotations

from nnlint.analysis.calls import Args
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import UNKNOWN, Constant, Place, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge.spec import Entry

__all__ = ["Given", "bind_entry", "bind_operands"]


class Given:
    """One application of a known name: who, with what, where."""

    __slots__ = (
        "args",
        "defaults",
        "entry",
        "machine",
        "name",
        "node",
        "open",
        "receiver",
        "scoped",
        "values",
    )

    def __init__(
        self,
        machine: Machine,
        name: str,
        entry: Entry,
        args: Args,
        node: ir.Call,
        receiver: Value | None = None,
    ) -> None:
        self.machine = machine
        self.name = name
        self.entry = entry
        self.args = args
        self.node = node
        self.receiver = receiver
        self.open = args.open
        self.values: dict[str, Value] = {}
        self.defaults: dict[str, Value] | None = {}

    @property
    def place(self) -> Place:
        """Where the call stands."""
        return self.machine.place(self.node.id)

    def get(self, param: str) -> Value | None:
        """The value of a parameter: given, set by a scope, or its default; None where it has none."""
        if param == "self":
            return self.receiver
        found = self.values.get(param)
        if found is not None:
            return found
        if self.open or self.defaults is None:
            return UNKNOWN
        if param in self.defaults:
            return self.defaults[param]
        return Constant(self.entry.defaults[param]) if param in self.entry.defaults else None  # type: ignore[arg-type]

    def operand(self, param: str) -> Value:
        """The value of the parameter an effect works on."""
        found = self.get(param)
        return UNKNOWN if found is None else found


def bind_entry(
    machine: Machine, name: str, entry: Entry, args: Args, node: ir.Call, receiver: Value | None = None
) -> Given:
    """Match the arguments with the parameters of an entry's signature."""
    given = Given(machine, name, entry, args, node, receiver)
    given.values = _match(entry.params, args)
    given.defaults = _scope_defaults(machine, name)
    return given


def bind_operands(
    machine: Machine, name: str, entry: Entry, args: Args, node: ir.Call, receiver: Value | None = None
) -> Given:
    """Match the arguments of a call of a built object with its operands."""
    given = Given(machine, name, entry, args, node, receiver)
    given.values = _match(entry.operands, args)
    return given


def _match(params: tuple[str, ...], args: Args) -> dict[str, Value]:
    values = dict(args.keywords)
    positional = args.positional
    position = 0
    for param in params:
        if param == "...":
            break
        if param.startswith("**"):
            continue
        if param.startswith("*"):
            if len(param) > 1:
                values[param[1:]] = Tuple(positional[position:])
            position = len(positional)
        elif position < len(positional):
            values[param] = positional[position]
            position += 1
    return values


def _scope_defaults(machine: Machine, name: str) -> dict[str, Value] | None:
    """What the `arg_scope`s around set for this function; None when one of them is not known."""
    found: dict[str, Value] = {}
    for scope in machine.scopes:
        if scope.defaults is None:
            return None
        for function, defaults in scope.defaults:
            if function == name:
                found.update(defaults)
    return found
