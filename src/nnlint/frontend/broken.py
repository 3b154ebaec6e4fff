"""Why a text could not be read; apart from the parsers, one of which is slow to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["Broken", "Disputed", "placing"]


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a file has no IR: row and column count from 1."""

    row: int
    column: int
    message: str


class Disputed(Exception):
    """A text that Python reads and LibCST does not, so that nothing in it has a place. path: its file."""

    path = ""


@contextmanager
def placing(path: str) -> Iterator[None]:
    """Name the file whose text is disputed while its places are worked out."""
    try:
        yield
    except Disputed as dispute:
        dispute.path = path
        raise
