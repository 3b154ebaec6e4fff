"""Gradients as values: what they are of, whether they were negated, and what they are applied to."""

from __future__ import annotations

from nnlint.analysis.containers import known_items, make_list
from nnlint.analysis.effects.given import Given
from nnlint.analysis.events import MinimizeCall
from nnlint.analysis.training_events import Fault
from nnlint.analysis.values import List, Measure, Origin, Tensor, Tuple, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["applied_gradients", "gradients"]

_VARIABLES = frozenset({"trainable_variables", "trainable_weights", "variables", "weights"})


def gradients(given: Given, operand: Value) -> Value:
    """The gradients of a loss, as a list; of `compute_gradients`, as a list of pairs."""
    measure = operand.measure if isinstance(operand, Tensor) else None
    if measure is not None and measure.sign < 0 and _of_variables(given):
        name, path = spell(given.node.func), given.machine.path
        given.machine.emit(MinimizeCall(given.place, name, operand, measure, None, path, True))
        measure = None
    gradient = Tensor(given.place, made="gradient", measure=_of(measure))
    if given.name.endswith("compute_gradients"):
        return make_list((Tuple((gradient, Unknown(given.place))),))
    return make_list((gradient,))


def _of_variables(given: Given) -> bool:
    """Whether a tape differentiates with respect to the weights of a model, to train it."""
    sources = given.node.args[1:2]
    return given.name.endswith("GradientTape.gradient") and bool(sources) and _is_variables(sources[0])


def _of(measure: Measure | None) -> Measure | None:
    return None if measure is None or measure.score else measure


def applied_gradients(given: Given) -> None:
    """`apply_gradients`: negated gradients climb, pairs the wrong way round apply nothing sensible."""
    pairs = given.args.positional[0] if given.args.positional else given.values.get("grads_and_vars")
    if isinstance(pairs, (List, Tuple)):
        for pair in known_items(given.machine, pairs):
            first = pair.items[0] if isinstance(pair, Tuple) and pair.items else pair
            measure = first.measure if isinstance(first, Tensor) else None
            if measure is not None and measure.sign < 0:
                _climbs(given, measure)
                return
    if given.node.args and _is_swapped(given.node.args[0]):
        message = "`apply_gradients` gets its pairs the wrong way round: gradients come first, then variables"
        given.machine.emit(Fault("gradient-sign", given.place, message, ()))


def _climbs(given: Given, measure: Measure) -> None:
    message = (
        f"the gradients of {measure.name} are negated before they are applied: each step makes it larger"
    )
    because = (Origin(measure.place, f"{measure.name} is computed here"),)
    given.machine.emit(Fault("gradient-sign", given.place, message, because))


def _is_swapped(node: ir.Expr) -> bool:
    """``zip(model.trainable_variables, grads)``."""
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Name) or node.func.name != "zip":
        return False
    if len(node.args) != 2:
        return False
    return _is_variables(node.args[0]) and isinstance(node.args[1], ir.Name) and "grad" in node.args[1].name


def _is_variables(node: ir.Expr) -> bool:
    if isinstance(node, ir.Call):
        node = node.func
    return isinstance(node, ir.Attr) and node.name in _VARIABLES
