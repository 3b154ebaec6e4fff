"""Dataclasses that mypy holds to be frozen, without what Python asks for freezing them.

A frozen dataclass sets each field by a call, which makes a tensor of sixteen fields eight times as dear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["sealed"]

if TYPE_CHECKING:
    from dataclasses import dataclass as sealed
else:

    def sealed(*, frozen, slots):
        """As `dataclass`; what is frozen is hashed by its fields, and only the type checker guards them."""
        return dataclass(unsafe_hash=frozen, slots=slots)
