"""NN505: after a split, the model is fitted or judged on the original, unsplit data."""

from __future__ import annotations

from nnlint.analysis.data_events import PredictCall
from nnlint.analysis.provenance import HELD_OUT, Drawn, may_be_columns
from nnlint.analysis.values import Origin, Place, Provenance
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_SPLITS = frozenset({"train", "test"})
_CUTS = frozenset({"head", "tail", "some", "part"})


@rule("NN505", "unsplit-data-used")
def check(call: PredictCall) -> Findings:
    """Report a fit that has seen the test part, and a score that contains the training part."""
    if call.data.root is None or call.data.root != call.fitted.root:
        return
    if call.data.role in HELD_OUT and _contains(call.fitted, call.data, call.judges):
        yield Finding(
            call.fitted_at,
            f"the fit takes all rows, those of the {call.data.role} split included, which `{call.name}` uses",
            (Origin(call.place, f"the {call.data.role} split is used here"),),
        )
    elif call.judges and call.fitted.role == "train" and _contains(call.data, call.fitted, False):
        yield Finding(
            call.place,
            f"`{call.name}` judges by all rows, those the model was fitted on included",
            (Origin(call.fitted_at, "the model is fitted on some of them here"),),
        )
    elif call.judges and _split_anew(call.fitted, call.data):
        yield Finding(
            call.place,
            f"`{call.name}` judges by the test part of another split than the model was fitted by: "
            "the two have rows in common",
            (
                *_at(call.fitted, "the model is fitted on a part that is drawn here"),
                *_at(call.data, "the test part is drawn anew here"),
            ),
        )


def _split_anew(fitted: Provenance, data: Provenance) -> bool:
    """Whether the same rows were divided twice, each time at random and in another way."""
    if fitted.split is None or data.split is None or not fitted.rows or fitted.rows[:-1] != data.rows[:-1]:
        return False
    one, other = fitted.rows[-1], data.rows[-1]
    if (one.kind, other.kind) != ("train", "test") or fitted.order != data.order:
        return False
    keys = _draw(one.key), _draw(other.key)
    return None not in keys and keys[0] != keys[1]


def _at(data: Provenance, text: str) -> tuple[Origin, ...]:
    return () if data.split is None else (Origin(data.split.place, text),)


def _draw(key: object) -> object:
    """What tells the random order of a split: its place, or the seed as the code spells it."""
    order = key[0] if type(key) is tuple and key else key
    return order if isinstance(order, (Drawn, Place)) else None


def _contains(whole: Provenance, part: Provenance, judges: bool) -> bool:
    """Whether the part was cut from the whole by a split of samples; one that judges may be cut by hand."""
    if len(part.rows) <= len(whole.rows) or part.rows[: len(whole.rows)] != whole.rows:
        return False
    cut = part.rows[len(whole.rows)]
    by_hand = judges and cut.kind in _CUTS and not may_be_columns(cut)
    return (by_hand or cut.kind in _SPLITS) and part.part != "p" != whole.part
