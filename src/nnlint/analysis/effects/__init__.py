"""What calls of known framework names do and mean: one file per kind of effect."""

from nnlint.analysis.effects.dispatch import (
    apply_built,
    apply_external,
    apply_items,
    apply_method,
    container_from_init,
)

__all__ = [
    "apply_built",
    "apply_external",
    "apply_items",
    "apply_method",
    "container_from_init",
]
