"""NN506: samples and labels were put in different orders: they no longer belong together."""

from __future__ import annotations

from nnlint.analysis.data_events import FitCall, MetricCall, Paired, Permuted, SplitCall
from nnlint.analysis.provenance import UNKNOWN_ORDER, Drawn
from nnlint.analysis.values import Origin, Place, Provenance, Rows, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN506", "labels-shuffled-apart")
def check(event: FitCall | SplitCall | Paired | Permuted | MetricCall) -> Findings:
    """Report pairs that were shuffled or split apart."""
    if isinstance(event, Permuted):
        if len(event.uses) == 1:
            yield Finding(
                event.place,
                f"only `{event.attribute}` is put in a new order, what belongs to its rows is not",
                (
                    Origin(event.permutation, "the order is drawn here and used for nothing else"),
                    Origin(event.rest, "the object is made of samples and labels here"),
                ),
            )
        return
    if isinstance(event, MetricCall):
        yield from _judged(event)
        return
    x, y = _pair(event)
    if x is None or y is None or "p" in (x.part, y.part):
        return
    cut = event.name.endswith("]")
    used = Origin(event.place, f"`{event.name}` {'is cut alike' if cut else 'takes them as pairs'} here")
    yield from _shuffled(x, y, used)
    yield from _split(x, y, used)


def _judged(event: MetricCall) -> Findings:
    """Predictions for samples in a random order beside labels in their first order."""
    one, other = event.prediction, event.target
    known = one.part == "p" != other.part and one.root is not None and one.root == other.root
    if not known or other.order or UNKNOWN_ORDER[0] in one.order:
        return
    for order in one.order:
        where = order.place if isinstance(order, Drawn) else order
        if isinstance(where, Place):
            yield Finding(
                event.place,
                f"`{event.name}` compares predictions for shuffled samples with labels that are not shuffled",
                (Origin(where, "the samples come in a random order from here"),),
            )
            return


def _pair(event: FitCall | SplitCall | Paired) -> tuple[Provenance | None, Provenance | None]:
    if isinstance(event, (FitCall, Paired)):
        return event.data, event.y
    arrays = [array.data if isinstance(array, Tensor) else None for array in event.arrays]
    return (arrays[0], arrays[1]) if len(arrays) == 2 else (None, None)


def _shuffled(x: Provenance, y: Provenance, used: Origin) -> Findings:
    if x.order == y.order or UNKNOWN_ORDER[0] in (*x.order, *y.order):
        return
    # Labels shuffled alone are how one finds out what a model learns from noise.
    lone = [order for order in x.order if order not in y.order]
    if lone and isinstance(lone[0], (Drawn, Place)):
        where = lone[0].place if isinstance(lone[0], Drawn) else lone[0]
        yield Finding(where, "the samples are shuffled, the labels are not put in the same order", (used,))


def _split(x: Provenance, y: Provenance, used: Origin) -> Findings:
    if x.split is None or y.split is None or x.split.place == y.split.place:
        return
    for one, other in zip(x.rows, y.rows):  # noqa: B905 (the shorter one decides)
        if one != other:
            if _drawn_apart(one, other):
                yield Finding(
                    y.split.place,
                    "samples and labels are split by separate calls, each with its own random order",
                    (Origin(x.split.place, "the samples are split here"), used),
                )
            return


def _drawn_apart(one: Rows, other: Rows) -> bool:
    """Whether two splits certainly choose other rows: by other seeds, by none, or by the next draw of one."""
    if one.kind != other.kind or one.kind not in {"train", "test"}:
        return False
    first, second = _order(one.key), _order(other.key)
    if isinstance(first, Drawn) and isinstance(second, Drawn):
        return _seeded_apart(first.key, second.key) or (first == second and _is_layered(one, other))
    known = isinstance(first, (Drawn, Place)) and isinstance(second, (Drawn, Place))
    return known and all(not isinstance(order, Drawn) or len(order.key) == 1 for order in (first, second))


def _order(key: object) -> object:
    return key[0] if type(key) is tuple and key else key


def _seeded_apart(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether the seeds differ, or the second draws after the first from a generator that was seeded once."""
    if len(one) == len(other) == 1:
        return str(one[0]).isdigit() and str(other[0]).isdigit() and one != other
    return len(one) == len(other) == 2 and one[0] == other[0] and one[1] != other[1]


def _is_layered(one: Rows, other: Rows) -> bool:
    """Whether only one of two splits keeps the shares of the classes."""
    keys = [key if type(key) is tuple else () for key in (one.key, other.key)]
    return ("stratify" in keys[0]) != ("stratify" in keys[1])
