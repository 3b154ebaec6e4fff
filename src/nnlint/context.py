"""Files beside the targets that use them: what a caller does with a model tells what is wrong in it.

Linting one file of a project must not hide a mistake that lies between that file and the script that
trains with it. So files next to a target, or one folder above it, that import a target are read too; of
what is found from there, only what touches a target is reported.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnlint.diagnostic import Diagnostic, Related

__all__ = ["touching", "users_of"]

_MOST_FILES = 200
"""Files looked at in one folder; beyond that it is no folder of scripts."""
_MOST_BYTES = 400_000


def users_of(targets: Sequence[Path]) -> tuple[Path, ...]:
    """Files that are no targets, lie beside or just above one, and import it; sorted."""
    absolute = {folder: os.path.abspath(folder) for folder in {target.parent for target in targets}}
    known = {os.path.join(absolute[target.parent], target.name) for target in targets}
    stems: dict[Path, set[str]] = {}
    for target in targets:
        if target.suffix == ".py":
            name = target.parent.name if target.stem == "__init__" else target.stem
            for folder in (target.parent, target.parent.parent):
                stems.setdefault(folder, set()).add(name)
    found = {
        folder / name
        for folder, names in stems.items()
        for base in (absolute.get(folder) or os.path.abspath(folder),)
        for name in _scripts(folder)
        if os.path.join(base, name) not in known and _imports(folder / name, names)
    }
    return tuple(sorted(found))


def _scripts(folder: Path) -> list[str]:
    """The Python files of a folder by name, none where they are too many."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(".py"))
    except OSError:
        return []
    return names if len(names) <= _MOST_FILES else []


def _imports(path: Path, names: set[str]) -> bool:
    """Whether a line that imports something mentions one of the modules."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            return False  # a pipe or a device may never come to an end
        text = path.read_bytes()
    except OSError:
        return False
    for line in _IMPORT.findall(text):
        if not names.isdisjoint(_WORD.findall(line.decode("utf-8", "replace"))):
            return True
    return False


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
