"""What changed on disk since it was last looked at: for clients that do not tell, or not of everything."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic

from nnlint.config_file import NAMES
from nnlint.project import listing
from nnlint.source import Source

__all__ = ["Disk"]

_PATIENCE = 2.0
"""Seconds for which files are taken to be as they were, unless somebody says otherwise."""

_State = tuple[int, int] | None


class Disk:
    """Compares what is there with what was there."""

    def __init__(self) -> None:
        self._last = 0.0
        self._folders: dict[str, _State] = {}
        self._unreadable: dict[Path, _State] = {}
        self._configuration: dict[Path, _State] | None = None

    def forget(self) -> None:
        """Everything may be different now."""
        self._last = 0.0
        self._folders.clear()
        self._configuration = None

    def is_stale(self, touched: Iterable[Path]) -> bool:
        """Whether it is time to look again."""
        now = monotonic()
        if not any(True for _ in touched) and now - self._last < _PATIENCE:
            return False
        self._last = now
        return True

    def has_new_configuration(self, folder: Path, files: Iterable[Path]) -> bool:
        """Whether a configuration file above one of the files, or of the folder, came, went or changed."""
        folders = {folder, *(path.parent for path in files)}
        above = {each for start in folders for each in (start, *start.parents)}
        now = {path / name: _state(path / name) for path in above for name in NAMES}
        before, self._configuration = self._configuration, now
        return before is not None and any(before.get(path, state) != state for path, state in now.items())

    def has_new_names(self, folders: Mapping[str, frozenset[str]]) -> bool:
        """Whether a module came or went in one of the folders that were looked into."""
        before = self._folders
        self._folders = {folder: _state(Path(folder)) for folder in folders}
        touched = [folder for folder, state in self._folders.items() if before.get(folder, state) != state]
        return any(listing(_names(folder)) != listing(folders[folder]) for folder in touched)

    def changed(self, known: Mapping[Path, Source | None], texts: Mapping[Path, object]) -> list[Path]:
        """The files that are not as they were read; open ones are what the editor says."""
        found = []
        for path, source in known.items():
            if path in texts:
                continue
            state = _state(path)
            if source is None or source.stamp is None:
                then = self._unreadable.setdefault(path, state)
                self._unreadable[path] = state
            else:
                then = (source.stamp.size, source.stamp.time)
            if state != then:
                found.append(path)
        return found


def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return frozenset()


def _state(path: Path) -> _State:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
