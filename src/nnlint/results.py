"""Findings by everything they depend on: what did not change is not analysed again.

The findings of a file hold as long as the rules asked for, the content of every file that was read on the
way to them, and what every look-up of a module gave are the same. A file is known by size and time of
change, and by its content where these changed. Look-ups are done again only where a folder they may have
looked into holds other names, or other files are linted than the last time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nnlint.cache.folder import short, write
from nnlint.cache.records import from_record, to_record
from nnlint.project import Project, listing
from nnlint.reading import digest
from nnlint.source import Stamp
from nnlint.suppress import read_suppressions
from nnlint.worker import FileResult, Setup, Task

__all__ = ["Results"]

_FRESH = 2_000_000_000
"""Nanoseconds before a run in which a file may have changed again without its time showing it."""
_KEPT = 24
"""Runs over other folders whose findings are kept beside each other."""


class Results:
    """What the last run over the same folders found.

    project: resolves imports as this run does, over what is on disk now. moved: whether a folder holds other
    names than when it was written, so that every look-up had to be done again.
    """

    moved = False

    def __init__(self, setup: Setup, folder: Path, extra: str = "") -> None:
        self.project: Project = setup.project()
        said = [os.getcwd(), *map(str, setup.roots), "", *map(str, setup.tops), extra]
        self.file = folder / f"found-{short(chr(0).join(said))}.json"
        self.linted = short("\0".join(sorted(map(str, setup.files))))
        self.started = time.time_ns()
        self.stamps: dict[str, Stamp] = {}
        self.folders: dict[str, str] = {}
        self.entries: dict[str, dict[str, Any]] = {}
        self._same: dict[str, bool] = {}
        self._names: dict[frozenset[str], str] = {}
        try:
            self._load(json.loads(self.file.read_bytes()))
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            self.stamps, self.folders, self.entries = {}, {}, {}

    def _load(self, kept: dict[str, Any]) -> None:
        """Take over what still holds."""
        files, modules = kept["files"], kept["modules"]
        stamps = {path: Stamp(*stamp) for path, stamp in files}
        folders = dict(kept["folders"])
        self.moved = moved = kept["linted"] != self.linted or not self._as_listed(folders)
        fresh = [self._is_same(path, stamp, kept["time"]) for path, stamp in stamps.items()]
        found = [not moved or self._as_found(module) for module in modules]
        holds = [
            all(fresh[number] for number in read) and all(found[number] for number in looked)
            for read, looked in kept["uses"]
        ]
        self.stamps = {path: stamp for (path, stamp), same in zip(stamps.items(), fresh, strict=True) if same}
        self.folders = {folder: listing(self.project.names(Path(folder))) for folder in folders}
        self.entries = {path: entry for path, entry in kept["entries"].items() if holds[entry["uses"]]}
        for entry in self.entries.values():
            read, looked = kept["uses"][entry["uses"]]
            entry["files"] = [files[number][0] for number in read]
            entry["modules"] = [modules[number] for number in looked]

    def _as_listed(self, folders: dict[str, str]) -> bool:
        """Whether every folder holds what it held."""
        return all(listing(self.project.names(Path(folder))) == names for folder, names in folders.items())

    def _as_found(self, module: Sequence[Any]) -> bool:
        level, name, folder = module[:3]
        before: str | None = module[3]
        now = self.project.found((level, name, Path(folder)))
        return before == (None if now is None else str(now))

    def _is_same(self, path: str, stamp: Stamp, written: int) -> bool:
        """Whether a file has the content it had."""
        try:
            status = os.stat(path)
            if (status.st_size, status.st_mtime_ns) == stamp[:2] and stamp.time < written - _FRESH:
                return True
            return status.st_size == stamp.size and digest(Path(path).read_bytes()) == stamp.digest
        except OSError:
            return False

    def known(self, task: Task) -> FileResult | None:
        """The result of a task from before, None where something it depends on changed."""
        entry = self.entries.get(str(task.path))
        if entry is None or entry["asked"] != self._asked(task):
            return None
        try:
            found = tuple(from_record(record) for record in entry["found"])
            comments = None
            if entry["speaks"]:
                source = self.project.source(task.path)
                comments = read_suppressions(source.text) if source else None
            return FileResult(task.path, found, comments, analysed=bool(entry["analysed"]))
        except (ValueError, TypeError, LookupError):
            return None

    def _asked(self, task: Task) -> str:
        """The rules and frameworks asked for, and what was taught, in short."""
        said = (*(f"only {name}" for name in task.frameworks), *map(repr, task.apis))
        key = task.rules | frozenset(said)
        if key not in self._names:
            self._names[key] = short(" ".join(sorted(key)))
        return self._names[key]

    def keep(self, task: Task, result: FileResult) -> None:
        """Remember a result for the next run."""
        self.entries.pop(str(task.path), None)
        uses = result.uses
        if uses is None or result.error:
            return
        self.stamps.update(uses.files)
        self.folders.update(uses.folders)
        self.entries[str(task.path)] = {
            "asked": self._asked(task),
            "analysed": result.analysed,
            "speaks": result.comments is not None,
            "found": [to_record(one) for one in result.diagnostics],
            "files": [path for path, _ in uses.files],
            "modules": uses.modules,
        }

    def save(self) -> None:
        """Write everything that holds."""
        files, modules, uses = _Numbers(), _Numbers(), _Numbers()
        entries = {}
        for path, entry in self.entries.items():
            read = tuple(files.of(name) for name in entry["files"])
            looked = tuple(modules.of(tuple(module)) for module in entry["modules"])
            kept = {key: value for key, value in entry.items() if key not in {"files", "modules"}}
            entries[path] = {**kept, "uses": uses.of((read, looked))}
        write(self.file, json.dumps(
            {
                "time": self.started,
                "linted": self.linted,
                "folders": self.folders,
                "files": [(path, self.stamps[path]) for path in files.all],
                "modules": modules.all,
                "uses": uses.all,
                "entries": entries,
            },
            separators=(",", ":"),
        ).encode())  # fmt: skip
        _forget(self.file.parent.glob("found-*.json"))


class _Numbers:
    """Things by the order in which they came, each once."""

    def __init__(self) -> None:
        self._of: dict[Any, int] = {}

    def of(self, thing: Any) -> int:
        return self._of.setdefault(thing, len(self._of))

    @property
    def all(self) -> list[Any]:
        return list(self._of)


def _forget(files: Iterable[Path]) -> None:
    """Remove what was not written for longest."""
    try:
        ordered = sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in ordered[_KEPT:]:
            file.unlink()
    except OSError:
        return
