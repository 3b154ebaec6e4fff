"""What framework calls calculate, and what trains on it, where the very numbers matter."""

from __future__ import annotations

from nnlint.analysis.curvature import steepest
from nnlint.analysis.effects.given import Given
from nnlint.analysis.notes import Formula
from nnlint.analysis.values import NONE, Built, Constant, Mapping, Place, Value
from nnlint.knowledge.quantities import PLAIN_DESCENT, QUANTITIES

__all__ = ["fed_to", "minimized", "quantified", "stepped"]


def quantified(given: Given) -> None:
    """Note how the result is calculated; options that change it leave it unknown."""
    given.machine.notes.calculated(given.place, _formula(given))


def _formula(given: Given) -> Formula | None:
    quantity = QUANTITIES[given.name]
    built = given.receiver if isinstance(given.receiver, Built) else None
    if given.open or (built is not None and "open" in built.attrs):
        return None
    if not quantity.params:
        inert = given.args.keywords.keys() <= quantity.inert
        return Formula(quantity.does, given.args.positional) if inert else None
    values = given.values if given.receiver is None else {**given.values, "self": given.receiver}
    operands = tuple(values[param] for param in quantity.params if param in values)
    known = given.values.keys() <= {*quantity.params, *quantity.inert}
    if len(operands) < len(quantity.params) or not known:
        return None
    if built is not None:
        return _of_object(built, quantity.does, operands)
    return Formula(quantity.does, operands, given.place)


def _of_object(built: Built, does: str, operands: tuple[Value, ...]) -> Formula | None:
    """What a layer or loss calculates that was made before, with its options."""
    if does == "dense":
        plain = built.args.keys() <= {"in_features", "out_features"}
        return (
            Formula(does, (*operands, built.args.get("out_features", NONE)), built.place) if plain else None
        )
    reduction = built.args.get("reduction", Constant("mean"))
    if not isinstance(reduction, Constant) or not built.args.keys() <= {"reduction"}:
        return None
    does = {"mean": "mse", "sum": "sse"}.get(str(reduction.value), "")
    return Formula(does, operands) if does else None


def minimized(given: Given, operation: Built) -> None:
    """Note of an operation that lowers a loss by plain gradient descent, in all weights, which loss it is."""
    optimizer = given.receiver
    if isinstance(optimizer, Built) and _is_plain(optimizer) and "var_list" not in given.values:
        given.machine.notes.minimized[operation.place] = (optimizer, given.values.get("loss", NONE))


def fed_to(given: Given, operations: list[Value]) -> None:
    """Note what a loop feeds to an operation that trains; nothing that is known, where that is not clear."""
    notes = given.machine.notes
    fed = given.values.get("feed_dict")
    data = notes.feeds.get(fed.serial, {}) if isinstance(fed, Mapping) else {}
    for value in operations:
        if isinstance(value, Built) and value.place in notes.minimized and given.machine.loop_depth:
            _trained(given, value.place, data)


def stepped(given: Given) -> None:
    """A step of the only optimizer, in a loop, after a loss was differentiated."""
    machine, optimizer = given.machine, given.receiver
    loss = machine.last_loss
    if loss is None or not machine.loop_depth or machine.optimizers != 1:
        return
    if isinstance(optimizer, Built) and _is_plain(optimizer):
        machine.notes.minimized[given.place] = (optimizer, loss)
        _trained(given, given.place, {})


def _trained(given: Given, operation: Place, data: dict[Place, Value]) -> None:
    notes = given.machine.notes
    found = steepest(notes.formulas, data, notes.minimized[operation][1])
    notes.trained.setdefault(operation, []).append((found, given.place))


def _is_plain(optimizer: Built) -> bool:
    known = PLAIN_DESCENT.get(optimizer.name)
    return known is not None and "open" not in optimizer.attrs and optimizer.args.keys() <= known
