"""The laws of the lattice, on all pairs and triples of a representative set of values."""

from __future__ import annotations

from itertools import product

import pytest

from nnlint.analysis.join import join, join_all, options
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Constant,
    External,
    List,
    OneOf,
    Origin,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.knowledge.spec import Scale

A, B = Place("a.py", 1), Place("a.py", 2)
LIST = List()
VALUES: list[Value] = [
    UNKNOWN,
    Unknown(A),
    Constant(1),
    Constant(2),
    NONE,
    Tensor(A, Scale.LOGITS),
    Tensor(B, Scale.LOGITS, units=10),
    Tensor(A, Scale.PROBABILITIES, "softmax", (Origin(A, "softmax is applied here"),)),
    Tensor(A, Scale.PROBABILITIES, "sigmoid", (Origin(B, "sigmoid is applied here"),)),
    Tuple((Constant(1), Tensor(A))),
    Tuple((Constant(1),)),
    External("torch.nn.ReLU"),
    External("torch.nn.GELU"),
    LIST,
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_idempotent(value: Value) -> None:
    assert join(value, value) == value


@pytest.mark.parametrize(("one", "other"), list(product(VALUES, VALUES)))
def test_commutative_but_for_order(one: Value, other: Value) -> None:
    left, right = join(one, other), join(other, one)
    if isinstance(left, OneOf):
        assert set(map(id, options(left))) == set(map(id, options(right))) or set(options(left)) == set(
            options(right)
        )
    else:
        assert left == right


@pytest.mark.parametrize(("one", "other"), list(product(VALUES, VALUES)))
def test_covers_both(one: Value, other: Value) -> None:
    both = join(one, other)
    if isinstance(both, Tensor):
        for part in (one, other):
            assert isinstance(part, Tensor)
            assert both.scale in (part.scale, Scale.UNKNOWN)
            assert both.units in (part.units, None)
    if isinstance(both, Constant):
        assert one == other == both


def test_disagreement_is_unknown() -> None:
    softmax, sigmoid = VALUES[7], VALUES[8]
    both = join(softmax, sigmoid)
    assert isinstance(both, Tensor)
    assert both.scale is Scale.UNKNOWN
    assert both.because == ()
    assert join(Constant(1), Constant(2)) == UNKNOWN
    assert join(Tensor(A), Constant(1)) == UNKNOWN


def test_objects_stay_apart() -> None:
    choice = join(LIST, NONE)
    assert set(options(choice)) == {LIST, NONE}
    many = join_all([List() for _ in range(6)])
    assert many == UNKNOWN
    assert join_all([]) == UNKNOWN
