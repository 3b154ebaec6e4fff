"""The acts of a whole run, read together: what is missing and what stands in the wrong order.

    acts in program order ─▶ Round (one loop, as one of its rounds sees it) ─▶ Fault

A round holds every act inside its loop, those in nested loops, branches and called functions included, each
once and in order. An act knows under which branches and inner loops it stands (`Round.under`), so that
"on every round" and "on one branch only" can be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nnlint.analysis.events import Path
from nnlint.analysis.machine import Machine
from nnlint.analysis.notes import Notes
from nnlint.analysis.training_events import Act
from nnlint.analysis.values import Built, Function, Obj, Origin, Place
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge.spec import Optimizer

__all__ = [
    "Round", "Trace", "call_name", "condition", "is_evaluation", "is_optimizer", "named_outside",
    "receiver_name", "trace_of",
]  # fmt: skip

Chain = tuple[tuple[str, Place], ...]
Calls = dict[Place, tuple[ir.Call, Function]]
_TEST = re.compile(r"(^|[^a-z])(x?_?test|valid|validation|val|dev|eval|holdout)s?([^a-rt-z]|$)")
_TRAIN = re.compile(r"train|fit\b|calib|warm|bn_")
_BRANCHES = frozenset({"if", "else", "except", "loop"})


@dataclass(slots=True)
class Round:
    """One loop: where it stands, the way to it from outside, what it goes through, and its acts.

    outside: what the callers of its function call that. once: there is no second round.
    """

    loop: Place
    chain: Chain
    over: str
    root: int
    role: str = ""
    outside: str = ""
    once: bool = False
    acts: list[Act] = field(default_factory=list)
    chains: dict[int, Chain] = field(default_factory=dict)

    def under(self, act: Act) -> Chain:
        """The branches and inner loops between the loop and an act; () for every round."""
        inner = self._way(act)[len(self.chain) :]
        return tuple(step for step in inner if step[0] in _BRANCHES)

    def is_innermost_of(self, act: Act) -> bool:
        """Whether no loop lies between this one and the act."""
        return all(kind != "loop" for kind, _ in self._way(act)[len(self.chain) :])

    def _way(self, act: Act) -> Chain:
        """The way to an act from outside; a repetition that was left out has its own."""
        known = self.chains.get(id(act))
        return _chain(act.path, {}) if known is None else known

    def of(self, *kinds: str) -> list[Act]:
        """The acts of some kinds, in order."""
        return [act for act in self.acts if act.kind in kinds]


@dataclass(slots=True)
class Trace:
    """A run as the order of its acts, and as rounds of its loops."""

    acts: list[Act]
    rounds: list[Round]
    loops: dict[Place, str]
    tests: dict[Place, ir.Expr]
    flags: frozenset[Place] = frozenset()
    leaving: frozenset[tuple[str, Place]] = frozenset()
    calls: Calls = field(default_factory=dict)
    """The conditions that only ask for a setting, and the arms that end the loop or function."""
    minded: frozenset[int] = frozenset()
    """Networks that ask which mode they are in."""
    minding: dict[object, Origin] = field(default_factory=dict)
    """Networks of libraries that behave otherwise while training, and what tells."""

    def steps(self, key: object) -> Iterator[Act]:
        """The steps of one optimizer anywhere in the run."""
        return (act for act in self.acts if act.kind == "step" and act.key == key)


def is_evaluation(words: str) -> bool:
    """Whether what a loop goes through, or what is fed, is named as test or validation data."""
    words = words.lower()
    return _TEST.search(words) is not None and _TRAIN.search(words) is None


def is_optimizer(act: Act) -> bool:
    """Whether the receiver is a PyTorch optimizer that was made in sight and stayed there."""
    built = act.receiver
    return (
        isinstance(built, Built)
        and isinstance(built.entry.does, Optimizer)
        and built.entry.isa == "torch.optim.Optimizer"
        and not built.escaped
    )


def receiver_name(act: Act) -> str:
    """The receiver as the user spells it: an argument for calls like ``scaler.step(optimizer)``."""
    if act.kind in {"step", "unscale"} and act.node.args and isinstance(act.receiver, Obj):
        return spell(act.node.args[0]) or act.text.rpartition(".")[0]
    return act.text.rpartition(".")[0] or act.text


def call_name(act: Act) -> str:
    """A call as the user spells it, its own arguments left out: ``criterion(…).backward()``."""
    return f"{_with_calls(act.node.func) or act.text}()"


def _with_calls(expr: ir.Expr) -> str:
    """What is called, with a mark for each call inside it; "" for what has no short name."""
    if isinstance(expr, ir.Attr):
        inner = _with_calls(expr.value)
        return f"{inner}.{expr.name}" if inner else ""
    if isinstance(expr, ir.Call):
        inner = _with_calls(expr.func)
        return inner and f"{inner}({'…' if expr.args or expr.keywords else ''})"
    return spell(expr)


def trace_of(machine: Machine) -> Trace:
    """The trace of a finished run."""
    acts = [event for event in machine.events if type(event) is Act]
    loops = {place: _shown(over) for place, over in machine.notes.loops.items()}
    flags = frozenset(place for place, test in machine.notes.tests.items() if isinstance(test, ir.Attr))
    rounds = _rounds(acts, loops, machine.notes) if machine.notes.loops else []
    return Trace(
        acts,
        rounds,
        loops,
        machine.notes.tests,
        flags,
        frozenset(machine.notes.leaving),
        machine.notes.calls,
        frozenset(
            owner
            for owner, name in machine.notes.parts.values()
            if name == "training" and isinstance(owner, int)
        ),
        machine.notes.minding,
    )


def _rounds(acts: list[Act], loops: dict[Place, str], notes: Notes) -> list[Round]:
    """One round for each time a loop is entered; its repetitions fall together."""
    chains: dict[int, Chain] = {}
    found: dict[int, Round] = {}
    seen: set[tuple[int, Chain, Place, object, str]] = set()
    for act in acts:
        chain = _chain(act.path, chains)
        step = act.path
        while step is not None:
            if step.kind == "loop":
                each = found.get(id(step))
                if each is None:
                    outer = _chain(step, chains)
                    over, role = loops.get(step.place, ""), notes.roles.get(step.place, "")
                    outside = named_outside(notes.loops.get(step.place), step, notes.calls)
                    keys = filter(is_evaluation, sorted(notes.keys.get(step.place, ())))
                    outside = " ".join((outside, *keys))
                    once = step.place not in notes.again
                    each = found[id(step)] = Round(step.place, outer, over, act.root, role, outside, once)
                identity = (id(step), chain, act.place, act.key, act.kind)
                # Steps of different optimizers in later repetitions each need their own backward pass.
                if identity not in seen or act.kind == "backward":
                    seen.add(identity)
                    each.acts.append(act)
                    each.chains[id(act)] = chain
            step = step.outer
    return list(found.values())


def _chain(path: Path | None, known: dict[int, Chain]) -> Chain:
    """A path from the outside in. Paths live as long as their acts, so their ids tell them apart."""
    if path is None:
        return ()
    found = known.get(id(path))
    if found is None:
        found = known[id(path)] = (*_chain(path.outer, known), (path.kind, path.place))
    return found


def named_outside(node: ir.Expr | None, path: Path | None, calls: Calls) -> str:
    """What the callers of a function call its parameters in an expression, from the inside out."""
    step = None if path is None or node is None else path.inside("call")
    call = None if step is None else calls.get(step.place)
    if node is None or step is None or call is None:
        return ""
    names = frozenset(_spelled(node).split())
    given = (arg for name, arg in _handed(*call) if name in names)
    return " ".join(f"{_spelled(arg)} {named_outside(arg, step.outer, calls)}".rstrip() for arg in given)


def _handed(call: ir.Call, function: Function) -> Iterator[tuple[str, ir.Expr]]:
    """The arguments of a call by the names of the parameters."""
    names = [param.name for param in function.node.params]
    if function.owner is not None and function.kind != "static":
        names = names[1:]
    yield from zip(names, call.args, strict=False)
    yield from ((name, arg) for name, arg in call.keywords if name in names)


def condition(node: ir.Expr) -> str:
    """The names of an expression, in order."""
    return _spelled(node)


def _shown(node: ir.Expr) -> str:
    """What a loop goes through, as a reader would write it."""
    if isinstance(node, ir.Call):
        return f"{spell(node.func)}({', '.join(filter(None, map(_shown, node.args)))})"
    if isinstance(node, ir.Index):
        keys = (repr(item.value) if isinstance(item, ir.Const) else _shown(item) for item in node.items)
        return f"{_shown(node.value)}[{', '.join(keys)}]"
    return spell(node) or _spelled(node)


def _spelled(node: object) -> str:
    """Every name in an expression, in order: enough to see what it is about."""
    if not isinstance(node, tuple):
        return ""
    words: list[str] = []
    _names(node, words)
    return " ".join(words)


def _names(node: tuple[object, ...], words: list[str]) -> None:
    name = node.value if isinstance(node, ir.Const) else getattr(node, "name", None)
    for part in node:
        if isinstance(part, tuple) and len(words) < 40:
            _names(part, words)
    if isinstance(name, str):
        words.append(name)
