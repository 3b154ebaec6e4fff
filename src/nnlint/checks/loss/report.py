"""Where findings about a loss are put: at the place that has to change, with the other end beside it."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.repair import Repair
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.registry import Finding

__all__ = ["at_activation", "at_loss"]


def at_activation(loss: LossCall, prediction: Tensor, message: str, repair: Repair | None = None) -> Finding:
    """A finding at the activation, which reaches a loss that it does not fit."""
    place, because = prediction.because[0].place, (*prediction.because, *_loss(loss))
    return Finding(place, message, because, repair=repair)


def at_loss(loss: LossCall, prediction: Tensor, message: str, repair: Repair | None = None) -> Finding:
    """A finding at the loss, which is given what the places of the prediction made."""
    return Finding(loss.place, message, (*prediction.because, *_loss(loss)[:-1]), repair=repair)


def _loss(loss: LossCall) -> tuple[Origin, ...]:
    computed = Origin(loss.place, f"{loss.name} is computed here")
    return (computed,) if loss.made is None else (Origin(loss.made, f"{loss.name} is made here"), computed)
