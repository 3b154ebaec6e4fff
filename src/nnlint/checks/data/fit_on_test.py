"""NN501: a transformer is fitted on held-out data, or these are scaled with their own statistics."""

from __future__ import annotations

from nnlint.analysis.data_events import Arithmetic, FitCall
from nnlint.analysis.provenance import HELD_OUT, LEARNING, disjoint, role_of, word_role
from nnlint.analysis.repair import Rename, Repair
from nnlint.analysis.values import Built, Origin, Provenance
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Layer

__all__ = ["check"]

_SPREADS = frozenset({"max", "std", "var", "percentile", "range"})
"""What data are divided by to scale them; of pixels the maximum is the same everywhere."""
_DONE = {"encode": "encoded", "fillna": "filled"}
_KINDS = LEARNING | {"encoder"}


@rule("NN501", "fit-on-test", fix="safe")
def check(event: FitCall | Arithmetic) -> Findings:
    """Report what learns from data it is going to be judged on."""
    if isinstance(event, Arithmetic):
        yield from _by_hand(event)
    elif event.effect.kind in _KINDS and not event.effect.stateless:
        role = _role(event)
        twin = next((fit for fit in reversed(event.earlier) if _is_twin(fit, event)), None)
        if role in HELD_OUT and twin is not None:
            data = event.data
            split = data.split if data is not None else None
            where = (Origin(split.place, "the data are split here"),) if split is not None else ()
            yield Finding(
                event.place,
                f"{event.name} is fitted on the {role} split: {_instead(event)}",
                (Origin(twin.place, f"{twin.name} is fitted on the training split here"), *where),
                repair=_repair(event, twin),
            )


def _instead(event: FitCall) -> str:
    if isinstance(event.estimator, Built) and isinstance(event.estimator.entry.does, Layer):
        return "use the layer that learnt from the training split"
    return "use `transform` with what was learnt from the training split"


def _repair(event: FitCall, twin: FitCall) -> Repair | None:
    """Use what the same object has learnt from the training split."""
    if not event.transforms or event.estimator is not twin.estimator:
        return None
    return Repair("Call `transform`", (Rename(event.place, "transform"),), safe=True)


def _role(event: FitCall) -> str:
    """The role of what is fitted on; the name alone counts only for an object that is fitted again."""
    if event.data is not None and event.data.role in HELD_OUT | {"train"}:
        return event.data.role
    data = event.data
    hint = data.hint if data is not None and all(rows.kind == "some" for rows in data.rows) else ""
    return hint or word_role(event.text)


def _is_twin(fit: FitCall, event: FitCall) -> bool:
    """The same kind of transformer, fitted on the training part of the same data."""
    one, other = fit.estimator, event.estimator
    if not isinstance(one, Built) or not isinstance(other, Built) or one.name != other.name:
        return False
    if _role(fit) != "train":
        return False
    if one is other and fit.place != event.place and _parallel(fit, event):
        return True
    return fit.data is not None and event.data is not None and _counterparts(fit.data, event.data)


def _parallel(fit: FitCall, event: FitCall) -> bool:
    """Names that differ in the word for the split only."""
    return _without_role(fit.text) == _without_role(event.text)


def _without_role(text: str) -> str:
    lowered = text.lower()
    for word in ("training", "train", "testing", "test", "validation", "valid", "val", "dev"):
        lowered = lowered.replace(word, "")
    return lowered


def _counterparts(one: Provenance, other: Provenance) -> bool:
    if one.split is not None and other.split is not None and one.split.place == other.split.place:
        return True
    return disjoint(one, other)


def _by_hand(event: Arithmetic) -> Findings:
    data = event.data
    role = role_of(data)
    if (
        not _learns(event)
        or role not in HELD_OUT
        or role_of(event.of) != role
        or event.of.root != data.root
        or event.of.rows != data.rows
    ):
        return
    twin = next((one for one in reversed(event.earlier) if _scaled_alike(one, event)), None)
    # Held-out data under another name may be scaled for a picture.
    if twin is None and (
        event.operator != "-" or data.role not in HELD_OUT or word_role(event.text) not in HELD_OUT
    ):
        return
    where = [Origin(event.of_place, "the statistic is computed here")] if event.of_place is not None else []
    if twin is not None and twin.place != event.place:
        where.append(Origin(twin.place, "the training split is scaled here"))
    yield Finding(
        event.place,
        f"the {role} split is {_DONE.get(event.operator, 'scaled')} with its own {event.statistic}, "
        "not with the training split's",
        tuple(where),
    )


def _learns(event: Arithmetic) -> bool:
    """Whether it is a step of its own: what is divided after a shift was reported there."""
    if event.operator != "/":
        return event.operator == "-" or event.operator in _DONE
    shifted = any(step.kind == "shift" for step in event.data.steps)
    # Data that are known by their name alone may be curves, scaled for a picture.
    return event.statistic in _SPREADS and not shifted and not event.data.raw and event.data.role != ""


def _scaled_alike(one: Arithmetic, event: Arithmetic) -> bool:
    return (
        one.operator == event.operator
        and role_of(one.data) == "train"
        and one.statistic == event.statistic
        and one.of.rows == one.data.rows
        and _counterparts(one.data, event.data)
    )
