"""Why a text could not be read; apart from the parser, which is slow to import."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Broken"]


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a file has no IR: row and column count from 1."""

    row: int
    column: int
    message: str
