"""Repairs that rules about losses share."""

from __future__ import annotations

from nnlint.analysis.repair import Rename, Repair, Unwrap, Word
from nnlint.analysis.values import Tensor

__all__ = ["other_activation", "without_activation"]


def without_activation(prediction: Tensor) -> Repair:
    """Take the activation away that made the prediction what it is."""
    unwrap = Unwrap(prediction.because[0].place, prediction.option)
    return Repair(f"Drop the {prediction.function or 'activation'}", (unwrap,))


def other_activation(prediction: Tensor, wanted: str) -> Repair:
    """Apply another activation in place of the one that made the prediction what it is."""
    place, now = prediction.because[0].place, prediction.function
    if prediction.option:
        return Repair(f"Apply {wanted}", (Word(place, now, wanted),))
    return Repair(f"Apply {wanted}", (Rename(place, wanted, imported=True),))
