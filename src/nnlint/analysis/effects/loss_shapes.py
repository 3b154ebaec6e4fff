"""The shapes that losses take, held against those they get."""

from __future__ import annotations

from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.sizes import shape_of
from nnlint.analysis.feeding import note_expected
from nnlint.analysis.provenance import spelled
from nnlint.analysis.shape_clashes import clash
from nnlint.analysis.shapes import Shape
from nnlint.analysis.values import Tensor, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import spec

__all__ = ["note_loss_shapes"]

_MADE = frozenset({"layer", "activation", "network", "op"})


def note_loss_shapes(given: Given) -> None:
    """Record a prediction that is a tuple, and labels whose sizes do not go with the prediction."""
    does = given.entry.does
    if not isinstance(does, spec.Loss) or given.open:
        return
    prediction, target = given.get(does.prediction), given.get(does.target)
    if does.targets == "values":
        _column(given, prediction, target)
    if not does.applies:
        return
    values = (prediction, target) if does.either_order else (prediction,)
    if any(_is_pair(given, value) for value in values):
        return
    if given.name.startswith("tensorflow.") and does.applies == "softmax":
        check = _one_hot if does.targets == "one-hot" else _ids
        check(given, prediction, target)


def _column(given: Given, prediction: Value | None, target: Value | None) -> None:
    """A column against a row of numbers: each is compared with all others."""
    one, other = shape_of(prediction), shape_of(target)
    if one is not None and not one.whole and other is None and one.last == 1 and _is_flattened(given):
        other = Shape((None,))
        one = Shape((None, 1))
    if one is None or other is None or not (one.whole and other.whole):
        return
    flat, column = sorted((one, other), key=lambda shape: len(shape.dims))
    if len(flat.dims) != 1 or len(column.dims) != 2 or column.last != 1 or 1 in (flat.last, column.dims[0]):
        return
    name = given.name.rpartition(".")[2]
    text = f"`{name}` compares shape {one} with {other}: every prediction with every target"
    clash(given.machine, given.place, "labels", text, prediction, target)


def _is_flattened(given: Given) -> bool:
    """Whether the labels of a batch are made one row on the spot: ``labels.view(-1)``."""
    if given.machine.path is None or given.machine.path.inside("loop") is None or len(given.node.args) < 2:
        return False
    expr = given.node.args[1]
    if not isinstance(expr, ir.Call) or not isinstance(expr.func, ir.Attr):
        return False
    to_row = [spelled(arg) for arg in expr.args] == ["-1"]
    return expr.func.name in {"view", "reshape"} and to_row


def _is_pair(given: Given, value: Value | None) -> bool:
    """Whether a loss is handed a tuple where it takes one tensor: mostly a comma in the place of a plus."""
    first = value.items[0] if isinstance(value, Tuple) and len(value.items) > 1 else None
    if not isinstance(first, Tensor) or first.made not in _MADE:
        return False
    place = first.place if first.place is not None else given.place
    text = "the prediction is a tuple of several values, not a tensor"
    if place.path != given.machine.frame.module.path:
        place = given.place
    clash(given.machine, place, "tuple", text, Tensor(given.place, by=given.name, made="loss"))
    return True


def _one_hot(given: Given, prediction: Value | None, target: Value | None) -> None:
    """Labels have one column for each column of the scores."""
    one, other = shape_of(prediction), shape_of(target)
    width = one.last if one is not None else None
    if width is None:
        return
    name = given.name.rpartition(".")[2]
    if other is None:
        if target is not None:
            text = f"`{name}` gets {width} scores for each row"
            note_expected(given.machine, target, width, given.place, text)
    elif other.last is not None and other.last != width and 1 not in (other.last, width):
        text = f"`{name}` gets labels of shape {other} for scores of shape {one}"
        clash(given.machine, given.place, "labels", text, prediction, target)


def _ids(given: Given, prediction: Value | None, target: Value | None) -> None:
    """Class ids have one axis less than the scores."""
    one, other = shape_of(prediction), shape_of(target)
    if one is None or other is None or not (one.whole and other.whole) or len(one.dims) < 2:
        return
    name = given.name.rpartition(".")[2]
    if given.name.startswith("tensorflow.nn.sparse_") and len(one.dims) == len(other.dims):
        text = (
            f"`{name}` takes class ids, with one axis less than the scores, and gets labels of shape {other}"
        )
        clash(given.machine, given.place, "labels", text, prediction, target)
