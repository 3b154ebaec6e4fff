"""The laws of the lattice, on all pairs and triples of a representative set of values."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from nnlint.analysis.join import join, join_all, options
from nnlint.analysis.provenance import begun
from nnlint.analysis.shapes import Shape
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Constant,
    External,
    List,
    Measure,
    OneOf,
    Origin,
    Place,
    Rows,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.knowledge.spec import Scale

A, B, C = Place("a.py", 1), Place("a.py", 2), Place("b.py", 1)
LIST, OTHER = List(), List()
LOSS = Measure("CrossEntropyLoss", A, 1, False, True)
DATA = begun(A, "train", "x")
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
    OneOf((LIST, NONE)),
    OneOf((OTHER, External("torch.nn.ReLU"))),
    Tensor(A, made="loss", measure=LOSS),
    Tensor(A, made="op", measure=LOSS._replace(sign=-1)),
    Tensor(A, made="data", data=DATA),
    Tensor(A, made="data", data=DATA._replace(role="test")),
    Tensor(A, made="data", data=begun(A)),
    Tensor(A, made="data", data=begun(B)),
    Tensor(A, made="data", data=begun(B)._replace(rows=(Rows("head", "n"),), role="part")),
    Tensor(A, made="data", data=begun(C, part="x")),
    Tensor(A, units=3, axis="channel", shape=Shape((2, 3))),
    Tensor(A, units=3, attached=False, shape=Shape((2, None))),
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


@pytest.mark.parametrize("one", VALUES, ids=repr)
def test_associative_but_for_origins(one: Value) -> None:
    """The order in which paths meet makes no difference, as long as the alternatives stay few."""
    for other, third in product(VALUES, VALUES):
        left, right = join(join(one, other), third), join(one, join(other, third))
        assert _content(left) == _content(right), (other, third)


def _content(value: Value) -> object:
    """What a value says, whatever the order of alternatives and reasons."""
    if isinstance(value, OneOf):
        return frozenset(map(id, value.options))
    return replace(value, because=()) if isinstance(value, Tensor) else value


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


def test_one_of_several_originals_is_none_of_them() -> None:
    """Whatever two variables have in common on one path, on the other they are different data."""
    first, second, third = (Tensor(place, made="data", data=begun(place)) for place in (A, B, C))
    roots = [_root(join(first, second)), _root(join(first, third)), _root(first), _root(second)]
    assert len(set(roots)) == 4
    assert None not in roots
    assert _root(join(join(first, second), third)) == _root(join(third, join(second, first)))


def _root(value: Value) -> Place | None:
    return value.data.root if isinstance(value, Tensor) and value.data is not None else None
