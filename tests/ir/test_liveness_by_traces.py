"""A lost assignment is lost on every path: held against all short executions of random programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import libcst as cst
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlint.frontend.cst_lower import lower
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import lost_assignments

Statement: TypeAlias = "tuple[str, ...] | tuple[str, list[Statement], list[Statement]]"
Writes: TypeAlias = "dict[str, int | None]"

NAMES = st.sampled_from("abc")
SIMPLE: st.SearchStrategy[Statement] = st.one_of(
    st.tuples(st.just("bind"), NAMES),
    st.tuples(st.just("read"), NAMES),
    st.tuples(st.sampled_from(["break", "continue", "return"])),
)
BLOCKS = st.recursive(
    st.lists(SIMPLE, min_size=1, max_size=4),
    lambda inner: st.lists(
        st.one_of(SIMPLE, st.tuples(st.sampled_from(["if", "for", "while", "with", "try"]), inner, inner)),
        min_size=1,
        max_size=4,
    ),
    max_leaves=12,
)
SIMPLE_TEXT = {"bind": "{} = f()", "read": "f({})"}
TEXT = {
    "if": ("if f():", "else:"),
    "for": ("for _ in f():", "else:"),
    "while": ("while f():", "else:"),
    "with": ("with suppress(E):", "if 1:"),
    "try": ("try:", "except E:"),
}


def written(block: list[Statement], in_loop: bool = False, indent: str = "    ") -> Iterator[str]:
    """The program as text; `break` and `continue` outside loops become `pass`."""
    for kind, *parts in block:
        if kind in SIMPLE_TEXT:
            yield indent + SIMPLE_TEXT[kind].format(*parts)
        elif parts:
            first, second = TEXT[kind]
            loops = kind in {"for", "while"}
            yield indent + first
            yield from written(parts[0], in_loop or loops, indent + "    ")  # type: ignore[arg-type]
            yield indent + second
            yield from written(parts[1], in_loop, indent + "    ")  # type: ignore[arg-type]
        else:
            yield indent + (kind if in_loop or kind == "return" else "pass")


class Traces:
    """Runs a lowered function along every path, loops up to twice; a call may raise anywhere in a `try`.

    read: the statements whose binding some path reads.
    """

    def __init__(self) -> None:
        self.read: set[int] = set()

    def run(self, body: ir.Block, states: list[Writes]) -> dict[str, list[Writes]]:
        """The states in which a block ends, by how it ends."""
        ends: dict[str, list[Writes]] = {"next": states}
        for statement in body:
            going = ends.pop("next", [])
            for state in going:
                for name in getattr(statement, "reads", ()):
                    self.note(state, name)
            for kind, found in self.step(statement, going).items():
                ends.setdefault(kind, []).extend(found)
            ends["next"] = unique(ends.get("next", []))
        return ends

    def note(self, state: Writes, name: str) -> None:
        if state.get(name) is not None:
            self.read.add(state[name])  # type: ignore[arg-type]

    def step(self, node: ir.Stmt, states: list[Writes]) -> dict[str, list[Writes]]:
        if isinstance(node, ir.Assign):
            (target,) = node.targets
            assert isinstance(target, ir.Name)
            # The call may raise before the name is bound.
            return {"raise": states, "next": [{**state, target.name: node.id} for state in states]}
        if isinstance(node, ir.Do):
            return {"raise": states, "next": states}
        if isinstance(node, (ir.Return, ir.Jump)):
            return {"return" if isinstance(node, ir.Return) else node.kind: states}
        if isinstance(node, ir.If):
            return merged(self.run(node.body, states), self.run(node.orelse, states))
        if isinstance(node, ir.With):
            ends = self.run(node.body, states)
            return merged(ends, {"next": ends.pop("raise", [])})
        if isinstance(node, ir.Try):
            return self.attempt(node, states)
        assert isinstance(node, (ir.For, ir.While))
        return self.loop(node, states)

    def attempt(self, node: ir.Try, states: list[Writes]) -> dict[str, list[Writes]]:
        ends = self.run(node.body, states)
        raised = ends.pop("raise", [])
        return merged(ends, *(self.run(handler.body, raised) for handler in node.handlers))

    def loop(self, node: ir.For | ir.While, states: list[Writes]) -> dict[str, list[Writes]]:
        ends: dict[str, list[Writes]] = {}
        done = list(states)
        for _ in range(2):
            body = self.run(node.body, states)
            states = unique(body.pop("next", []) + body.pop("continue", []))
            ends = merged(ends, {"next": body.pop("break", [])}, body)
            done += states
        return merged(ends, self.run(node.orelse, unique(done)))


def merged(*ends: dict[str, list[Writes]]) -> dict[str, list[Writes]]:
    found: dict[str, list[Writes]] = {}
    for each in ends:
        for kind, states in each.items():
            found.setdefault(kind, []).extend(states)
    return {kind: unique(states) for kind, states in found.items()}


def unique(states: list[Writes]) -> list[Writes]:
    return list({tuple(sorted(state.items())): state for state in states}.values())


@settings(max_examples=400, deadline=None)
@given(BLOCKS)
def test_nothing_that_is_lost_is_ever_read(block: list[Statement]) -> None:
    text = "def program():\n" + "\n".join(written(block)) + "\n"
    (function,) = lower(cst.parse_module(text), "f.py").body
    assert isinstance(function, ir.Function)
    traces = Traces()
    traces.run(function.body, [{}])
    for number, lost in lost_assignments(function.body, function.names).items():
        assert lost.loop or number not in traces.read, f"{text}\n{lost} is read"
