"""Files beside the targets that use them: what a caller does with a model tells what is wrong in it.

Linting one file of a project must not hide a mistake that lies between that file and the script that
trains with it. So files next to a target, or one folder above it, that import a target are read too; of
what is found from there, only what touches a target is reported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nnlint.diagnostic import Diagnostic, Related

__all__ = ["touching", "users_of"]

_MOST_FILES = 200
"""Files looked at in one folder; beyond that it is no folder of scripts."""
_MOST_BYTES = 400_000
_MOST_USERS = 60
"""Users read in all; beyond that a target is a library of its own."""
_ROUNDS = 3
"""Users of users: the model, the package that hands it out, the script that trains."""
_SCRIPTS = frozenset(
    {"bin", "core", "engine", "examples", "experiments", "runners", "scripts", "src", "tasks", "tools",
     "train", "trainers", "training"}
)  # fmt: skip
"""Folders beside a package that may hold what trains its models."""


def users_of(targets: Sequence[Path]) -> tuple[Path, ...]:
    """Files that are no targets, lie near one, and import it, directly or through each other; sorted."""
    known = {os.path.abspath(target) for target in targets}
    words: dict[Path, frozenset[str]] = {}
    found: dict[Path, None] = {}
    wanted: Sequence[Path] = targets
    for _ in range(_ROUNDS):
        fresh = [path for path in _users(wanted, words) if os.path.abspath(path) not in known]
        known.update(os.path.abspath(path) for path in fresh)
        found.update(dict.fromkeys(fresh[: max(_MOST_USERS - len(found), 0)] if found else fresh))
        wanted = fresh
        if not fresh or len(found) >= _MOST_USERS:
            break
    return tuple(sorted(found))


def _users(targets: Sequence[Path], words: dict[Path, frozenset[str]]) -> list[Path]:
    """The files near the targets that import one of them; words: those of the imports read so far."""
    stems: dict[Path, set[str]] = {}
    for target in targets:
        if target.suffix == ".py":
            name = target.parent.name if target.stem == "__init__" else target.stem
            for folder in (target.parent, target.parent.parent, *_beside(target.parent)):
                stems.setdefault(folder, set()).add(name)
    found: dict[Path, None] = {}
    for folder, names in stems.items():
        for path in _scripts(folder):
            if path not in words:
                words[path] = _imported(path)
            if not names.isdisjoint(words[path]):
                found[path] = None
    return sorted(found)


def _beside(folder: Path) -> Iterator[Path]:
    """Folders of scripts beside a folder."""
    try:
        beside = sorted(entry.name for entry in os.scandir(folder.parent) if entry.name in _SCRIPTS)
    except OSError:
        return
    yield from (folder.parent / name for name in beside if name != folder.name)


def _scripts(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(".py"))
    except OSError:
        return
    if len(names) <= _MOST_FILES:
        yield from (folder / name for name in names)


def _imported(path: Path) -> frozenset[str]:
    """The words of the lines that import something."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return frozenset()
        text = path.read_bytes()
    except OSError:
        return frozenset()
    lines = _IMPORT.findall(text)
    return frozenset(word for line in lines for word in _WORD.findall(line.decode("utf-8", "replace")))


_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t][^\n#]*", re.MULTILINE)
_WORD = re.compile(r"\w+")


def touching(diagnostics: Sequence[Diagnostic], targets: frozenset[str]) -> tuple[Diagnostic, ...]:
    """The findings that have a place in a target, each moved there if its first place is elsewhere."""
    found = []
    for diagnostic in diagnostics:
        if diagnostic.path in targets:
            found.append(diagnostic)
            continue
        here = next((place for place in diagnostic.related if place.path in targets), None)
        if here is not None:
            found.append(_moved(diagnostic, here))
    return tuple(found)


def _moved(diagnostic: Diagnostic, here: Related) -> Diagnostic:
    elsewhere = Related(diagnostic.path, diagnostic.span, diagnostic.message, diagnostic.cell)
    message = (
        f"{here.message}: {diagnostic.message} ({Path(diagnostic.path).name}:{diagnostic.span.start.row})"
    )
    related = (elsewhere, *(place for place in diagnostic.related if place is not here))
    return replace(
        diagnostic, path=here.path, span=here.span, cell=here.cell, message=message, related=related, fix=None
    )
