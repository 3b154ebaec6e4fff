"""Names that differ in one thing only: what a fix may put in each other's place."""

from __future__ import annotations

__all__ = ["FOR_SCORES", "LOGARITHMS", "SPARSE"]

FOR_SCORES = (
    ("BCELoss", "BCEWithLogitsLoss"),
    ("NLLLoss", "CrossEntropyLoss"),
    ("binary_cross_entropy", "binary_cross_entropy_with_logits"),
    ("nll_loss", "cross_entropy"),
)
"""PyTorch losses and those that do the same with raw scores."""

LOGARITHMS = (("Softmax", "LogSoftmax"), ("softmax", "log_softmax"))
"""Activations and those that give the logarithm of the same, in PyTorch."""

SPARSE = (
    ("CategoricalCrossentropy", "SparseCategoricalCrossentropy"),
    ("categorical_crossentropy", "sparse_categorical_crossentropy"),
)
"""Keras losses for one-hot codes, and the same for class numbers."""
