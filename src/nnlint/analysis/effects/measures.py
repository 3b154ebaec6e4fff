"""Losses, metrics, hard decisions, and what is minimised."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from nnlint.analysis.acts import record
from nnlint.analysis.comparisons import PREDICTED
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.graph import operation
from nnlint.analysis.effects.sizes import shape_of
from nnlint.analysis.events import LossCall, MinimizeCall, on_a_branch
from nnlint.analysis.measure_events import Decision, Judgement
from nnlint.analysis.reconstruction import fed_with
from nnlint.analysis.sampling import gone_through
from nnlint.analysis.selection import chosen_among
from nnlint.analysis.thresholds import compared_with, counted, number_of, trained_as_logits
from nnlint.analysis.values import Built, Constant, List, Measure, Origin, Place, Tensor, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec
from nnlint.knowledge.spec import Scale

__all__ = ["ascended", "class_ids", "decided", "loss", "merit", "metric", "minimize", "wanted"]

_COMPARISONS = frozenset({"greater", "greater_equal", "less", "less_equal", "gt", "ge", "lt", "le"})
_EQUALITIES = frozenset({"eq", "equal", "ne", "not_equal"})


def wanted(effect: spec.Loss, from_logits: Value | None) -> tuple[Scale | None, str]:
    """The scale a loss needs and the activation it applies under its `from_logits` option.

    Returns (None, "") where the option is not known.
    """
    if not effect.from_logits:
        return effect.wants, effect.applies if effect.wants is Scale.LOGITS else ""
    if from_logits is None or (isinstance(from_logits, Constant) and not from_logits.value):
        return effect.wants, ""
    if isinstance(from_logits, Constant):
        return Scale.LOGITS, effect.applies
    return None, ""


def loss(given: Given) -> Value:
    """Compute a loss."""
    effect = given.entry.does
    assert isinstance(effect, spec.Loss)
    built = given.receiver if isinstance(given.receiver, Built) else None
    if built is not None and not _takes(given.entry.operands, given):
        return Unknown(given.place)  # another loss that the same name may hold
    option = built.args.get(effect.from_logits) if built is not None else given.get(effect.from_logits)
    wants, applies = wanted(effect, option if effect.from_logits else None)
    if built is not None and "open" in built.attrs and effect.from_logits:
        wants, applies = None, ""
    prediction = given.operand(effect.prediction)
    target = given.get(effect.target)
    words = _words(given, effect.prediction, effect.target)
    if effect.either_order and len(given.args.positional) >= 2 and _is_network_made(target):
        prediction, target = target or prediction, prediction
        words = words[::-1]
    name = given.name.rpartition(".")[2]
    made: Place | None = built.place if built is not None else None
    path = given.machine.path
    given.machine.emit(
        LossCall(
            given.place,
            name,
            effect,
            wants,
            applies,
            prediction,
            target,
            made,
            path,
            words,
            given.name,
            isinstance(target, (Tensor, Unknown)) and target.place in given.machine.argmaxed,
            fed_with(given.machine, prediction, target) if effect.targets == "ids" else None,
            given.name.startswith("torch."),
            _handed(given, words, prediction, target),
        )
    )
    if applies == "sigmoid":
        trained_as_logits(given.machine, prediction, given.place)
    measure = Measure(name, given.place, 1, False, True, None, _unreduced(given, effect, built))
    attached = False if _is_cut(prediction) and _is_cut(target) else None
    by = spell(given.node.func) or name
    made_as = "op" if effect.registers else "loss"
    return Tensor(given.place, made=made_as, by=by, measure=measure, attached=attached)


def _takes(operands: tuple[str, ...], given: Given) -> bool:
    """Whether a loss object can be called with these arguments."""
    if given.name in index.taught().entries or any(not name.isidentifier() for name in operands):
        return True
    return len(given.args.positional) <= len(operands) and given.args.keywords.keys() <= set(operands)


def _is_network_made(value: Value | None) -> bool:
    made = {"layer", "activation", "network"}
    return isinstance(value, Tensor) and (bool(value.because) or value.made in made)


def _words(given: Given, *params: str) -> tuple[str, str]:
    """How the code spells the arguments for these two parameters, where they are plain names."""
    order = given.entry.operands if given.receiver is not None and given.entry.builds else given.entry.params
    found = []
    for param in params:
        expr = next((each for name, each in given.node.keywords if name == param), None)
        if expr is None and param in order and order.index(param) < len(given.node.args):
            expr = given.node.args[order.index(param)]
        found.append(_named(expr))
    return found[0], found[1]


def _named(expr: ir.Expr | None) -> str:
    """The name of a variable, also in another shape or type: ``labels.view(-1)``, ``targets.float()``."""
    while isinstance(expr, ir.Call) and isinstance(expr.func, ir.Attr) and expr.func.name in _OTHER_FORM:
        expr = expr.func.value
    return expr.name if isinstance(expr, (ir.Name, ir.Attr)) else ""


_OTHER_FORM = frozenset(
    {
        "astype", "contiguous", "cpu", "cuda", "flatten", "float", "int", "long", "ravel", "reshape",
        "squeeze", "to", "type", "unsqueeze", "view",
    }
)  # fmt: skip
"""Methods that leave the numbers what they are."""


def _handed(given: Given, words: tuple[str, str], *values: Value | None) -> Place | None:
    """The call that handed both values to the function that runs, as parameters of these names."""
    machine = given.machine
    function, path = machine.frame.function, machine.path
    call = path.inside("call") if path is not None else None
    if function is None or call is None or call.place.node == function.node.id:
        return None
    params = {param.name for param in function.node.params}
    given_on = all(
        word in params and machine.frame.attrs.get(word) == value
        for word, value in zip(words, values, strict=True)
    )
    return call.place if given_on else None


def _unreduced(given: Given, effect: spec.Loss, built: Built | None) -> Origin | None:
    """Where the loss was told to give one value per sample, or does so by nature."""
    if given.name.startswith("tensorflow.nn.") and "cross_entropy" in given.name:
        shape = shape_of(given.operand(effect.prediction))
        if shape is not None and shape.whole and all(size == 1 for size in shape.dims):
            return None  # one sample only
        return Origin(given.place, "one value per sample")
    if not effect.reduction:
        return None
    option = built.args.get(effect.reduction) if built is not None else given.values.get(effect.reduction)
    place = built.place if built is not None else given.place
    if isinstance(option, Constant) and isinstance(option.value, str) and option.value.lower() == "none":
        return Origin(place, "the reduction is switched off here")
    return None


def _is_cut(value: Value | None) -> bool:
    return isinstance(value, Tensor) and value.attached is False


def class_ids(given: Given) -> Value:
    """Hard decisions."""
    effect = given.entry.does
    assert isinstance(effect, spec.ClassIds)
    name = given.name.rpartition(".")[2]
    operand = given.operand(effect.operand)
    if given.machine.feed.scored and isinstance(operand, List):
        chosen_among(given.machine, given.place, name, operand)
    if name in {"argmax", "argmin"} and isinstance(operand, (Tensor, Unknown)) and operand.place is not None:
        given.machine.argmaxed.add(operand.place)
    if isinstance(operand, Tensor):
        _decide(given, name, operand)
        if operand.by == PREDICTED:
            return replace(decided(given.place, name), by=PREDICTED, data=operand.data)
    return decided(given.place, name)


def _decide(given: Given, name: str, operand: Tensor) -> None:
    if name in {"argmax", "round"}:
        kind: Literal["argmax", "round"] = "argmax" if name == "argmax" else "round"
        axis = given.get("axis") or given.get("dim")
        guarded = on_a_branch(given.machine.path)
        decision = Decision(given.place, name, kind, operand, None, axis, guarded)
        if kind == "round":
            compared_with(given.machine, decision)
        else:
            given.machine.emit(decision)
    elif name in _COMPARISONS:
        other = number_of(_other(given))
        compared_with(given.machine, Decision(given.place, name, "compare", operand, other, None))
    elif name in _EQUALITIES:
        counted(given.machine, operand, given.place)
        counted(given.machine, _other(given), given.place)


def _other(given: Given) -> Value | None:
    return given.get("y") or given.get("other")


def decided(place: Place, name: str) -> Tensor:
    """Hard classes, which have no gradient."""
    because = (Origin(place, f"{name} decides for a class here"),)
    return Tensor(place, function="class ids", because=because, made="op", by="class ids", attached=False)


def metric(given: Given) -> Value:
    """Compute a metric."""
    effect = given.entry.does
    assert isinstance(effect, spec.Metric)
    name = given.name.rpartition(".")[2]
    if name == "accuracy_score":
        counted(given.machine, given.get(effect.prediction), given.place)
    prediction, target = given.operand(effect.prediction), given.operand(effect.target)
    words = _words(given, effect.prediction, effect.target)
    handed = _handed(given, words, prediction, target)
    given.machine.emit(Judgement(given.place, name, effect, prediction, target, words, handed))
    return Tensor(given.place, made="op", by=name)


def merit(given: Given) -> Value:
    """Compute a score that is better the larger it is."""
    name = given.name.rpartition(".")[2]
    return Tensor(given.place, made="op", by=name, measure=Measure(name, given.place, 1, True, True))


def minimize(given: Given) -> Value:
    """Differentiate or minimise a loss."""
    effect = given.entry.does
    assert isinstance(effect, spec.Minimize)
    value = given.operand(effect.loss)
    optimizer = given.receiver if isinstance(given.receiver, Built) else None
    ascends = _ascends(optimizer)
    measure = value.measure if isinstance(value, Tensor) else None
    name = spell(given.node.func) or given.name.rpartition(".")[2]
    if isinstance(value, Tensor) and value.place is not None and name.endswith("backward"):
        given.machine.differentiated.add(value.place)
        given.machine.last_loss = value
    record(given.machine, "backward" if "backward" in name else "minimize", value, given.node)
    if given.machine.feed.unshuffled:
        gone_through(given.machine)
    weighted = given.open or any(given.values.get(each) is not None for each in ("gradient", "grad_tensors"))
    machine, func = given.machine, given.node.func
    of = machine.place(func.value.id) if isinstance(func, ir.Attr) and effect.loss == "self" else None
    machine.emit(MinimizeCall(given.place, name, value, measure, ascends, machine.path, weighted, of))
    return operation(given) if given.entry.isa else Unknown(given.place)


def ascended(given: Given) -> None:
    """A step of the only optimizer, told to maximise, climbs the loss differentiated before it."""
    machine, loss = given.machine, given.machine.last_loss
    ascends = _ascends(given.receiver) if isinstance(given.receiver, Built) else None
    if ascends is not None and loss is not None and machine.optimizers == 1:
        name = spell(given.node.func)
        machine.emit(MinimizeCall(given.place, name, loss, loss.measure, ascends, machine.path, True))


def _ascends(optimizer: Built | None) -> Place | None:
    if optimizer is None or not isinstance(optimizer.entry.does, spec.Optimizer):
        return None
    option = optimizer.args.get(optimizer.entry.does.maximize)
    return optimizer.place if isinstance(option, Constant) and option.value is True else None
