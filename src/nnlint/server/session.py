"""The files of one workspace folder as the editor has them, and what was found in them so far.

    edit ─▶ waiting ─ catch up ─▶ texts ─▶ stale files ─ look, the edited ones first ─▶ results ─▶ report

Texts may arrive at any time and from any thread; everything else happens in one thread. The result of a
file is stale once a file it was read from has changed, saved or not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nnlint.config import ConfigError, Resolver, Settings
from nnlint.config_file import Layer
from nnlint.context import touching, users_of
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target, discover
from nnlint.run import Result, Run, report
from nnlint.selection import catalogue
from nnlint.server.codes import LiveCodes
from nnlint.server.disk import Disk
from nnlint.server.options import Options
from nnlint.source import Source
from nnlint.worker import FileResult, Setup, Task, Worker

__all__ = ["Cancelled", "Session"]


_DEFAULT = Options()


class Cancelled(BaseException):
    """Something newer came in while a file was looked at."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The result of one file and the files it was read from."""

    result: FileResult
    files: frozenset[Path]


class Session:
    """Everything about one workspace folder.

    texts, versions: the open files as they are in the editor. everything: whether other files are linted,
    too. problem: why the configuration cannot be used, "" if it can.
    """

    def __init__(self, folder: Path, options: Options = _DEFAULT, everything: bool = False) -> None:
        self.folder = folder
        self.everything = everything
        self.problem = ""
        self.texts: dict[Path, Source | Diagnostic] = {}
        self.versions: dict[Path, int | None] = {}
        self.stop: Callable[[], bool] = lambda: False
        self._lock = threading.Lock()
        self._waiting: dict[Path, tuple[Source | Diagnostic | None, int | None]] = {}
        self._touched: set[Path] = set()
        self._wanted: Options | None = None
        self._codes = LiveCodes(self._pause)
        self._disk = Disk()
        self._entries: dict[Path, _Entry] = {}
        self._stale: dict[Path, None] = {}
        self._users: frozenset[Path] | None = None
        self._found: dict[Path, Target] | None = None
        self._use(options)

    def edit(self, path: Path, text: Source | Diagnostic | None, version: int | None = None) -> None:
        """An open file has this text now; None: it is closed. From any thread."""
        with self._lock:
            self._waiting.pop(path, None)
            self._waiting[path] = (text, version)

    def touch(self, path: Path) -> None:
        """Something happened to a file on disk. From any thread."""
        with self._lock:
            self._touched.add(path)

    def configure(self, options: Options) -> None:
        """Use these settings of the client, and the configuration files as they are now. From any thread."""
        with self._lock:
            self._wanted = options

    def _use(self, options: Options) -> None:
        self._options = options
        self._disk.forget()
        self._resolve()
        self._restart()

    def catch_up(self) -> None:
        """Take in what happened to texts and files."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            touched, self._touched = self._touched, set()
            wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._use(wanted)
        for path, (text, version) in waiting.items():
            opened = path not in self.texts
            if text is None:
                self.texts.pop(path, None)
                self.versions.pop(path, None)
            else:
                self.texts[path] = text
                self.versions[path] = version
            if opened or text is None:
                self._users = None
                touched.add(path)
            self._changed(path)
        if self._disk.is_stale(touched):
            self._look_at_disk(touched)

    def work(self) -> Iterator[Path]:
        """Look at every stale file, those last edited first; each path when its result is there.

        Raises Cancelled when `stop` says so.
        """
        while (task := self._next()) is not None:
            self._pause()
            result = self._worker.look(task)
            self._entries[task.path] = _Entry(result, frozenset(self._worker.project.trail.files))
            self._stale.pop(task.path, None)
            yield task.path

    def is_fresh(self, path: Path) -> bool:
        """Whether the result of a file is that of its last text."""
        return path not in self._stale and path not in self._waiting

    def report(self) -> Result:
        """What is to be shown now: stale results among it, until they are replaced."""
        targets = self._targets()
        known = {path: self._entries[path].result for path in targets if path in self._entries}
        results = list(known.values())
        names = frozenset(str(path) for path in targets)
        for path in self._users or ():
            entry = self._entries.get(path)
            if entry is not None and path not in targets:
                kept = touching(entry.result.diagnostics, names)
                results.append(FileResult(path, kept, error=entry.result.error))
        wanted = Run([targets[path] for path in known], self._target, self._resolver.rules)
        return report(wanted, self._worker.project, results)

    def source(self, path: Path) -> Source | None:
        """The text of a file as it was last looked at."""
        return self._worker.project.source(path)

    def targets(self) -> tuple[Path, ...]:
        """The files that are linted for themselves."""
        return tuple(self._targets())

    def _pause(self) -> None:
        if self.stop():
            raise Cancelled

    def _resolve(self) -> None:
        """Read the configuration anew."""
        self.problem = ""
        try:
            layer, explicit = self._options.layer(self.folder), self._options.explicit(self.folder)
        except ConfigError as error:
            self.problem = str(error)
            layer, explicit = Layer(self.folder), None
        self._resolver = Resolver(layer, catalogue(), explicit)

    def _restart(self) -> None:
        """Begin anew with what imports resolve to; lowered code is kept."""
        tops = (self.folder,)
        roots = self._settings(self.folder).first_party
        self._worker = Worker(Setup(roots, (), tops, self.texts))
        self._codes.serve(self._worker.project)
        self._users = self._found = None
        self._stale = dict.fromkeys([*self.texts, *self._stale, *self._entries])

    def _look_at_disk(self, touched: set[Path]) -> None:
        """Find out which files changed there; touched: those of which somebody says so."""
        if self._disk.has_new_configuration(self.folder, self.texts):
            self._resolve()
            self._restart()
        elif self._disk.has_new_names(self._worker.project.listed()):
            self._restart()
        changed = self._disk.changed(self._worker.project.known(), self.texts)
        for path in changed:
            self._changed(path)
            self._users = None
        found = self._found or {}
        if any((path in found) != path.is_file() for path in (*touched, *changed) if path not in self.texts):
            self._found = None

    def _changed(self, path: Path) -> None:
        """A file has another text: forget what was derived of it and of files that were read with it."""
        project = self._worker.project
        project.forget(path)
        self._worker.prefilters.clear()
        stale = [other for other, entry in self._entries.items() if path in entry.files]
        for other in stale:
            if other != path and project.memory is not None:
                project.memory.pop(other, None)
        mine = [path] if path in self.texts or self.everything else []
        self._stale = dict.fromkeys([*mine, *self._stale, *stale])
        if path not in self.texts and not self.everything:
            self._entries.pop(path, None)

    def _next(self) -> Task | None:
        """What to look at next: open files, then files that use them, then all others."""
        targets = self._targets()
        for path in targets:
            if path not in self._entries:
                self._stale.setdefault(path)
        opened = next((path for path in self._stale if path in self.texts and path in targets), None)
        if opened is not None:
            return self._task(targets[opened])
        if self._users is None:
            self._users = frozenset(users_of(tuple(targets)))
        for path in sorted(self._users):
            if path not in self._entries:
                self._stale.setdefault(path)
        for path in list(self._stale):
            if path in targets:
                return self._task(targets[path])
            if path in self._users:
                codes = frozenset(code for target in targets.values() for code in target.settings.rules)
                return Task(path, codes, (), self._settings(path.parent).apis)
            del self._stale[path]
            self._entries.pop(path, None)
        return None

    def _task(self, target: Target) -> Task:
        settings = target.settings
        return Task(target.path, settings.rules, settings.framework, settings.apis)

    def _targets(self) -> dict[Path, Target]:
        """The files to lint: the open ones that are not excluded, and all others where that is wanted."""
        found = {}
        if self.everything:
            if self._found is None:
                self._found = self._discover()
            found.update(self._found)
        for path in self.texts:
            target = self._target(path)
            if not target.settings.excludes_above(path):
                found[path] = target
        return found

    def _discover(self) -> dict[Path, Target]:
        try:
            return {target.path: target for target in discover((self.folder,), self._resolver)}
        except ConfigError as error:
            self.problem = str(error)
            return {}

    def _target(self, path: Path) -> Target:
        return Target(path, self._settings(path.parent))

    def _settings(self, folder: Path) -> Settings:
        """The settings of a folder; without configuration files where those cannot be used."""
        try:
            return self._resolver.settings(folder)
        except ConfigError as error:
            self.problem = str(error)
            return Resolver(Layer(self.folder), catalogue(), isolated=True).settings(folder)
