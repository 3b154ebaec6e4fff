"""Which files a change of others may concern: those that name them, and those that name these in turn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

__all__ = ["affected"]

_WORD = re.compile(rb"\w+")


def affected(changed: Iterable[Path], files: Iterable[Path]) -> frozenset[Path]:
    """The changed files and all that may import them, directly or through others.

    A file counts as importing another when its text holds the name of that module: too many, never too few.
    """
    stems = {path: _stem(path) for path in files}
    wanted = frozenset(stems.values())
    named = {path: _names(path) & wanted for path in stems}
    found = set(changed)
    fresh = {_stem(path) for path in found}
    while fresh:
        reached = {path for path in stems if path not in found and not named[path].isdisjoint(fresh)}
        found |= reached
        fresh = {stems[path] for path in reached}
    return frozenset(found)


def _stem(path: Path) -> bytes:
    name = path.parent.name if path.stem == "__init__" else path.stem
    return name.encode("utf-8", "surrogateescape")


def _names(path: Path) -> frozenset[bytes]:
    try:
        return frozenset(_WORD.findall(path.read_bytes()) if path.is_file() else ())
    except OSError:
        return frozenset()
