"""Looking at one file: read, prefilter, analyse; whatever goes wrong stays with that file."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nnlint import __version__
from nnlint.apis import Api
from nnlint.diagnostic import Diagnostic
from nnlint.project import Project, Trail, listing
from nnlint.reading import read
from nnlint.source import Source, Stamp
from nnlint.suppress import Suppressions, read_suppressions, speaks_of_nnlint

if TYPE_CHECKING:
    from nnlint.prefilter import Prefilter

__all__ = ["Check", "FileResult", "Setup", "Task", "Uses", "Worker", "describe", "describe_failure", "engine"]

Check: TypeAlias = Callable[[Path, Project, frozenset[str]], list[Diagnostic]]
"""Analyses one file of a project for the selected rules; rows count in the joined text of a notebook."""


def engine(target: Path, project: Project, select: frozenset[str]) -> list[Diagnostic]:
    """The real analysis, imported when it is first needed."""
    from nnlint.check import check

    return check(target, project, select)


@dataclass(frozen=True, slots=True)
class Setup:
    """What all files of a run share, as `Project` explains it.

    given: texts that are not on disk (standard input). cache: the folder of the cache, None for no cache.
    heeds: whether suppression comments count. codes: where several processes share lowered code.
    """

    roots: tuple[Path, ...]
    files: tuple[Path, ...]
    tops: tuple[Path, ...] = ()
    given: Mapping[Path, Source | Diagnostic] = field(default_factory=dict)
    check: Check = engine
    cache: Path | None = None
    heeds: bool = True
    codes: Path | None = None

    def project(self) -> Project:
        """A project over these files."""
        project = Project(self.roots, partial(_source, self.given), self.files, self.tops)
        folder = self.codes or self.kept_codes()
        if folder is not None:
            from nnlint.cache.claims import Claims
            from nnlint.cache.codes import CodeStore

            project.codes = CodeStore(folder, Claims(folder) if self.codes is not None else None)
        return project

    def kept_codes(self) -> Path | None:
        """Where the cache keeps lowered code."""
        if self.cache is None:
            return None
        from nnlint.cache.folder import reader

        return self.cache.parent / f"code-{reader()}"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to look at, the rules to look for and the frameworks that count (all when empty).

    apis: what the project says of its own names.
    """

    path: Path
    rules: frozenset[str]
    frameworks: tuple[str, ...] = ()
    apis: tuple[Api, ...] = ()


@dataclass(frozen=True, slots=True)
class Uses:
    """What the result of a file depends on.

    files: the content of every file that was read. modules: look-ups of modules and what they gave.
    folders: the content of folders not told of in an earlier result.
    """

    files: tuple[tuple[str, Stamp], ...]
    modules: tuple[tuple[int, str, str, str | None], ...]
    folders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file. error: the line to show when the analysis itself failed.

    comments: its suppression comments, None where they matter only if there is something to suppress.
    analysed: whether it was worth parsing. uses: None where there is no cache to remember the result.
    unknown: calls that could not be seen through, and how often each stands there.
    """

    path: Path
    diagnostics: tuple[Diagnostic, ...] = ()
    comments: Suppressions | None = None
    error: str = ""
    analysed: bool = False
    uses: Uses | None = None
    unknown: tuple[tuple[str, int], ...] = ()


class Worker:
    """Looks at files one after the other and keeps what they share. looks: how many it has looked at."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.project = setup.project()
        self.prefilters: dict[tuple[str, ...], Prefilter] = {}
        self.told: set[str] = set()
        self.looks = 0

    def look(self, task: Task) -> FileResult:
        """The findings in one file, before suppression."""
        self.project.trail = Trail()
        self.looks += 1
        try:
            result = self._look(task)
            return result if self.setup.cache is None else replace(result, uses=self._uses())
        except (Exception, RecursionError) as error:
            return FileResult(task.path, error=describe(task.path, error))

    def _look(self, task: Task) -> FileResult:
        source = self.project.source(task.path)
        if source is None:
            unreadable = _find(self.setup.given, task.path)
            return FileResult(task.path, (unreadable,) if isinstance(unreadable, Diagnostic) else ())
        told = self.setup.heeds and speaks_of_nnlint(source.text)
        comments = read_suppressions(source.text) if told else None
        if (comments and comments.skip_file) or not self._prefilter(task.frameworks).passes(task.path):
            return FileResult(task.path, comments=comments)
        from nnlint.taught import teach  # not needed where every result is known

        teach(task.apis)
        self.project.unknown = {}
        found = self.setup.check(task.path, self.project, task.rules)
        unknown = tuple(self.project.unknown.items())
        return FileResult(task.path, tuple(found), comments, analysed=True, unknown=unknown)

    def _uses(self) -> Uses | None:
        """What the last result depends on; None where something of it may be different the next time."""
        trail, project = self.project.trail, self.project
        files = []
        for path in sorted(trail.files):
            source = project.source(path)
            if source is None or source.stamp is None:
                return None
            files.append((str(path), source.stamp))
        modules = tuple(
            (level, name, str(folder), None if found is None else str(found))
            for level, name, folder in sorted(trail.modules)
            for found in (project.found((level, name, folder)),)
        )
        fresh = [entry for entry in project.listed().items() if entry[0] not in self.told]
        self.told.update(folder for folder, _ in fresh)
        return Uses(tuple(files), modules, tuple((folder, listing(names)) for folder, names in fresh))

    def _prefilter(self, frameworks: tuple[str, ...]) -> Prefilter:
        from nnlint.prefilter import Prefilter  # not needed where every result is known

        if frameworks not in self.prefilters:
            self.prefilters[frameworks] = Prefilter(self.project, frameworks)
        return self.prefilters[frameworks]


def describe(path: Path, error: BaseException) -> str:
    """One line for a failure of nnlint itself over a file: the file, the version, where and what."""
    return describe_failure(error, f" in {path}")


def describe_failure(error: BaseException, subject: str = "") -> str:
    """One line for a failure of nnlint itself."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    try:
        said = str(error)
    except Exception:  # what it holds cannot be shown
        said = ""
    reason = f"{type(error).__name__}: {said}".strip().partition("\n")[0].removesuffix(": ").removesuffix(":")
    return f"internal error{subject} (nnlint {__version__}{place}): {reason}"


def _find(given: Mapping[Path, Source | Diagnostic], path: Path) -> Source | Diagnostic:
    return given[path] if path in given else read(path)


def _source(given: Mapping[Path, Source | Diagnostic], path: Path) -> Source | None:
    found = _find(given, path)
    return found if isinstance(found, Source) else None
