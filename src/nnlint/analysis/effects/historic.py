"""What framework calls add to the history of a tensor."""

from __future__ import annotations

from nnlint.analysis.effects.given import Given
from nnlint.analysis.histories import NOTHING, history_of, reduced
from nnlint.analysis.settings_events import History
from nnlint.analysis.values import Built, Tensor
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec

__all__ = ["remembered"]

_PASSING = frozenset(
    {"dropout", "flatten", "global-pool", "merge", "noise", "pad", "pool", "reshape", "upsample"}
)
_MATRICES = ("b", "filter", "filters")


def remembered(given: Given) -> None:
    """Note what the result of a framework call came through."""
    effect = given.entry.does
    settings = given.machine.settings
    if isinstance(effect, spec.Loss):
        if effect.reduction:
            reduced(
                given.machine,
                given.place,
                effect.reduction,
                given.receiver,
                given.values.get(effect.reduction),
            )
        return
    if isinstance(effect, spec.Statistic):
        _added_up(given, effect)
        return
    if not isinstance(effect, (spec.Layer, spec.Activation, spec.Keep)):
        return
    found = history_of(given.machine, given.operand(effect.operand))
    if isinstance(effect, spec.Layer):
        found = _through(given, effect, found)
    if found is not None:
        settings.histories[given.place] = found
    else:
        settings.histories.pop(given.place, None)


def _through(given: Given, effect: spec.Layer, before: History | None) -> History | None:
    if effect.kind == "norm":
        return before._replace(normal=True) if before is not None else None
    if effect.kind in _PASSING:
        return before
    if not effect.out_size and effect.kind in {"conv", "dense"} and not _is_weighted(given):
        return None
    before = before or NOTHING
    name = given.name.rpartition(".")[2]
    built = given.receiver
    folded = given.machine.folding and isinstance(built, Built)
    place = built.place if folded and isinstance(built, Built) else given.place
    convolves = effect.kind == "conv"
    return History(
        place,
        name if folded else spell(given.node.func) or name,
        before.layers + 1,
        before.convolutions + convolves,
        before.normal or effect.kind not in {"conv", "dense", "embedding", "recurrent"} or _normalizes(given),
    )


def _normalizes(given: Given) -> bool:
    """Whether a layer function applies a normalisation of its own (`slim.conv2d(normalizer_fn=…)`)."""
    return (
        "normalizer_fn" in given.values or "normalizer_fn" in (given.defaults or {}) or given.defaults is None
    )


def _is_weighted(given: Given) -> bool:
    """Whether a product written out takes a variable as its weights."""
    values = (given.values.get(param) for param in _MATRICES)
    return any(isinstance(value, Tensor) and value.made == "variable" for value in values)


def _added_up(given: Given, effect: spec.Statistic) -> None:
    """A loss is summed over the batch; or the squares of weights are, as a penalty."""
    operand = given.operand(effect.operand)
    if effect.function != "sum" or not isinstance(operand, Tensor):
        return
    if operand.measure is not None:
        given.machine.settings.facts.summed = True
    elif effect.of == "squares" and operand.made == "variable" and _is_variable(operand):
        short = given.name.rpartition(".")[2]
        given.machine.settings.penalties[given.place] = spell(given.node.func) or short


def _is_variable(weights: Tensor) -> bool:
    entry = index.find(weights.by)
    return entry is not None and not {"initializer", "initial_value"}.isdisjoint(entry.params)
