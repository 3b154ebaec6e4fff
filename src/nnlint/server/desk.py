"""What the client has open and was told, and the sessions that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nnlint.diagnostic import Diagnostic
from nnlint.server.documents import Document, Documents, Notebook
from nnlint.server.options import Options
from nnlint.server.runner import Arrival, Runner
from nnlint.server.session import Session
from nnlint.source import Source

__all__ = ["Desk", "Known"]


@dataclass(slots=True)
class Known:
    """What was found in a file. serial: another one whenever that changes; version: of the text."""

    diagnostics: tuple[Diagnostic, ...] = ()
    version: int | None = None
    serial: int = 0


@dataclass(slots=True)
class Desk:
    """Documents, sessions and findings; everything here happens in the event loop.

    changed: called with the paths whose findings changed, and the session that says so.
    """

    changed: Callable[[Session, list[Path]], None]
    complain: Callable[[str], None]
    documents: Documents = field(default_factory=Documents)
    folders: list[Path] = field(default_factory=list)
    options: dict[Path | None, Options] = field(default_factory=dict)
    everything: bool = False
    known: dict[Path, Known] = field(default_factory=dict)
    sessions: dict[Path, Session] = field(default_factory=dict)
    runner: Runner = field(init=False)
    _problems: dict[Path, str] = field(default_factory=dict)
    _serial: int = 0
    _last: Path | None = None

    def __post_init__(self) -> None:
        self.runner = Runner(self._by_urgency, self._arrived)

    def session(self, path: Path) -> Session:
        """The session of a file: that of the innermost workspace folder, else of its own folder."""
        above = [folder for folder in self.folders if path.is_relative_to(folder)]
        folder = max(above, key=lambda each: len(each.parts)) if above else path.parent
        if folder not in self.sessions:
            everything = self.everything and folder in self.folders
            self.sessions[folder] = Session(folder, self.options_of(folder), everything)
        return self.sessions[folder]

    def options_of(self, folder: Path) -> Options:
        """The client's settings for a folder."""
        return self.options.get(folder) or self.options.get(None) or Options()

    def renew(self, uri: str) -> None:
        """An open file or notebook has another text."""
        path = self.documents.path(uri)
        self._last = path
        self.session(path).edit(path, self.documents.source(uri), self.version(uri))
        self.runner.ask()

    def close(self, uri: str) -> None:
        """A file or notebook is not open any more."""
        path = self.documents.path(uri)
        self.session(path).edit(path, None)
        self.runner.ask()

    def touch(self, paths: list[Path]) -> None:
        """Something happened on disk."""
        for path in paths:
            for session in self.sessions.values():
                session.touch(path)
        self.runner.ask()

    def configure(self, options: dict[Path | None, Options]) -> None:
        """The client's settings are these now."""
        self.options = options
        first = self.options_of(self.folders[0]) if self.folders else self.options_of(Path())
        self.runner.delay = first.debounce / 1000
        if first.workspace is not None:
            self.lint_everything(first.workspace)
        for folder, session in self.sessions.items():
            session.configure(self.options_of(folder))
        self.runner.ask()

    def lint_everything(self, wanted: bool) -> None:
        """Whether files of the workspace that are not open are linted, too."""
        if wanted == self.everything:
            return
        self.everything = wanted
        for folder in self.folders:
            self.session(folder / "_").everything = wanted
        for session in self.sessions.values():
            session.configure(self.options_of(session.folder))
        self.runner.ask()

    def move(self, added: list[Path], removed: list[Path]) -> None:
        """Workspace folders came and went: open files change to the session that is theirs now."""
        self.folders = [folder for folder in self.folders if folder not in removed] + added
        for folder in [*self.sessions]:
            for path in self.sessions[folder].texts:
                self.known.pop(path, None)
        self.sessions.clear()
        for uri in self.open_uris():
            path = self.documents.path(uri)
            self.session(path).edit(path, self.documents.source(uri), self.version(uri))
        self.runner.ask()

    def open_uris(self) -> list[str]:
        """The open files and notebooks."""
        files = [uri for uri, document in self.documents.texts.items() if not document.notebook]
        return [*files, *self.documents.notebooks]

    def version(self, uri: str) -> int | None:
        """The version of an open file or notebook."""
        documents = self.documents
        found: Document | Notebook | None = documents.texts.get(uri) or documents.notebooks.get(uri)
        return found.version if found is not None else None

    async def found(self, path: Path) -> tuple[Diagnostic, ...]:
        """The findings in the present text of an open file."""
        await self.runner.settled(path)
        known = self.known.get(path)
        return known.diagnostics if known is not None else ()

    def source(self, path: Path) -> Source | None:
        """The text of a file that is not open."""
        from nnlint.reading import read

        found = read(path)
        return found if isinstance(found, Source) else None

    def _by_urgency(self) -> Iterator[Session]:
        """The session of the file that changed last, then the others."""
        first = self.session(self._last) if self._last is not None else None
        if first is not None:
            yield first
        yield from (session for session in list(self.sessions.values()) if session is not first)

    def _arrived(self, arrival: Arrival) -> None:
        found: dict[Path, list[Diagnostic]] = {path: [] for path in arrival.fresh}
        for one in arrival.result.diagnostics:
            found.setdefault(Path(one.path), []).append(one)
        mine = [path for path in self.known if path not in found and self.session(path) is arrival.session]
        changed = []
        for path, each in [*found.items(), *((path, []) for path in mine)]:
            version = arrival.versions.get(path)
            if version != self.version(self.documents.uri(path)):
                continue  # the text has changed meanwhile
            known = self.known.get(path)
            same = known is not None and known.diagnostics == tuple(each) and _same(known.diagnostics, each)
            if known is None or not same or known.version != version:
                self._serial += 0 if same and known is not None else 1
                serial = known.serial if same and known is not None else self._serial
                self.known[path] = Known(tuple(each), version, serial)
                changed.append(path)
        if changed:
            self.changed(arrival.session, changed)
        problem = "; ".join([*filter(None, [arrival.session.problem]), *arrival.result.errors])
        if problem != self._problems.get(arrival.session.folder, ""):
            self._problems[arrival.session.folder] = problem
            if problem:
                self.complain(problem)


def _same(one: tuple[Diagnostic, ...], other: list[Diagnostic]) -> bool:
    """Whether findings are the same in what comparing them leaves out, too."""
    return all(
        mine.related == its.related and mine.fix == its.fix and mine.cell == its.cell
        for mine, its in zip(one, other, strict=True)
    )
