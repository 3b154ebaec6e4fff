"""Branches are undone and joined as if each had run from the same start."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nnlint.analysis.state import Flow, State
from nnlint.analysis.values import UNKNOWN, Constant, Obj, Value

WRITES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=6)


def written(state: State, owner: Obj, writes: list[tuple[str, int]]) -> int:
    for key, number in writes:
        state.set(owner, key, Constant(number))
    return Flow.NEXT


def after(start: dict[str, Value], writes: list[tuple[str, int]]) -> dict[str, Value]:
    return {**start, **{key: Constant(number) for key, number in writes}}


@given(WRITES, WRITES)
def test_an_attempt_leaves_no_trace(first: list[tuple[str, int]], branch: list[tuple[str, int]]) -> None:
    state, owner = State(), Obj()
    written(state, owner, first)
    before = dict(owner.attrs)
    arm = state.attempt(lambda: written(state, owner, branch))
    assert owner.attrs == before
    assert {key: value for (_, key), (_, value) in arm.writes.items()} == after({}, branch)


@given(WRITES, WRITES, WRITES)
def test_merge_joins_what_the_arms_wrote(
    first: list[tuple[str, int]], one: list[tuple[str, int]], other: list[tuple[str, int]]
) -> None:
    state, owner = State(), Obj()
    written(state, owner, first)
    start = dict(owner.attrs)
    arms = [state.attempt(lambda writes=writes: written(state, owner, writes)) for writes in (one, other)]
    state.merge(arms)
    left, right = after(start, one), after(start, other)
    for key in left.keys() | right.keys():
        # A name that one path alone binds is taken to be bound.
        expected = left.get(key, right.get(key))
        if key in left and key in right and left[key] != right[key]:
            expected = UNKNOWN
        assert owner.attrs[key] == expected
    assert owner.attrs.keys() == left.keys() | right.keys()


def test_nested_branches_are_undone_with_the_outer_one() -> None:
    state, owner = State(), Obj()

    def outer() -> int:
        arms = [state.attempt(lambda: written(state, owner, [("a", 1)]))]
        state.merge(arms)
        assert owner.attrs == {"a": Constant(1)}
        return Flow.NEXT

    arm = state.attempt(outer)
    assert owner.attrs == {}
    state.merge([arm])
    assert owner.attrs == {"a": Constant(1)}


PROGRAMS = st.recursive(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=3),
    lambda inner: st.lists(
        st.one_of(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), st.tuples(inner, inner)), max_size=3
    ),
    max_leaves=8,
)


def executed(state: State, owner: Obj, program: list[Any]) -> int:
    """Run writes and branches; a pair of programs is an `if` with its `else`."""
    for step in program:
        first, second = step
        if isinstance(first, str):
            state.set(owner, first, Constant(second))
        else:
            arms = [state.attempt(partial(executed, state, owner, arm)) for arm in (first, second)]
            state.merge(arms)
    return Flow.NEXT


def paths(program: list[Any], starts: list[dict[str, int]]) -> list[dict[str, int]]:
    """The variables at the end of every path."""
    for step in program:
        first, second = step
        if isinstance(first, str):
            starts = [{**start, first: second} for start in starts]
        else:
            starts = paths(first, starts) + paths(second, starts)
    return starts


@given(PROGRAMS)
def test_branches_agree_with_the_paths_through_them(program: list[Any]) -> None:
    state, owner = State(), Obj()
    executed(state, owner, program)
    assert state.trail == []
    ends = paths(program, [{}])
    for key in "abc":
        values = {end[key] for end in ends if key in end}
        expected = Constant(min(values)) if len(values) == 1 else UNKNOWN
        assert owner.attrs.get(key) == (expected if values else None)
