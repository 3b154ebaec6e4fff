"""A run from targets to diagnostics; reads as the pipeline of the design."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nnlint.cells import in_cells
from nnlint.context import touching, users_of
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target
from nnlint.excess import with_fix
from nnlint.jobs import cores, look_at_all
from nnlint.lines import split_lines
from nnlint.project import Project
from nnlint.source import Source
from nnlint.suppress import UNUSED, Directive, Suppressions, apply, read_suppressions, unused
from nnlint.worker import Check, FileResult, Setup, Task, engine

if TYPE_CHECKING:
    from nnlint.ruleinfo import RuleInfo

__all__ = ["Result", "Run", "report", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """What to look at and how.

    settings_of: the settings of files found through imports, by path. tops: the folders asked for.
    given: texts that count in place of those on disk. alone: they have no neighbours (standard input).
    known: what came of files that need not be looked at again.
    jobs: processes, 0 for one per core. cache: the folder of the cache. done: called after each file.
    heeds: whether suppression comments count.
    """

    targets: Sequence[Target]
    settings_of: Callable[[Path], Target]
    rules: Sequence[RuleInfo]
    tops: tuple[Path, ...] = ()
    given: Mapping[Path, Source | Diagnostic] = field(default_factory=dict)
    alone: bool = False
    known: Sequence[FileResult] = ()
    jobs: int = 0
    cache: Path | None = None
    check: Check = engine
    done: Callable[[], None] = lambda: None
    heeds: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: findings in order, and lines about failures of nnlint itself.

    analysed: files that were worth parsing. project: for showing what stands around findings.
    files: what came of each file by itself.
    """

    diagnostics: tuple[Diagnostic, ...]
    errors: tuple[str, ...]
    analysed: int
    project: Project
    files: tuple[FileResult, ...] = ()


def run(wanted: Run) -> Result:
    """Look at every target and decide what is reported."""
    files = tuple(target.path for target in wanted.targets)
    roots = dict.fromkeys(root for target in wanted.targets for root in target.settings.first_party)
    cache = None if wanted.given or not wanted.heeds else wanted.cache
    setup = Setup(tuple(roots), files, wanted.tops, wanted.given, wanted.check, cache, wanted.heeds)
    tasks = [_task(target) for target in wanted.targets]
    users = frozenset(() if wanted.alone else users_of(files))
    every = _union(tasks)
    tasks += [Task(path, every, (), wanted.settings_of(path).settings.apis) for path in sorted(users)]
    results = list(wanted.known)
    looked_at = {result.path for result in results}
    tasks = [task for task in tasks if task.path not in looked_at]
    for result in _look(setup, tasks, wanted.jobs or cores()):
        if result.path in users:
            kept = touching(result.diagnostics, frozenset(str(path) for path in files))
            results.append(FileResult(result.path, kept, error=result.error))
        else:
            results.append(result)
            wanted.done()
    return report(wanted, setup.project(), results)


def report(wanted: Run, project: Project, results: Sequence[FileResult]) -> Result:
    """Decide what is reported of what was found."""
    return _Reporter(wanted, project, results).result()


def _look(setup: Setup, tasks: Sequence[Task], jobs: int) -> Iterator[FileResult]:
    """The result of every task: remembered from an earlier run, or made."""
    if setup.cache is None:
        yield from look_at_all(setup, tasks, jobs)
        return
    from nnlint.results import Results

    results = Results(setup, setup.cache)
    known = {task.path: result for task in tasks if (result := results.known(task)) is not None}
    yield from known.values()
    rest = {task.path: task for task in tasks if task.path not in known}
    for result in look_at_all(setup, list(rest.values()), jobs):
        results.keep(rest[result.path], result)
        yield result
    if rest or results.moved:
        results.save()


def _task(target: Target) -> Task:
    settings = target.settings
    return Task(target.path, settings.rules, settings.framework, settings.apis)


def _union(tasks: Sequence[Task]) -> frozenset[str]:
    return frozenset(code for task in tasks for code in task.rules)


class _Reporter:
    """Turns the findings of all files into what is reported.

    A finding may lie in another file than the one it was found from, so each is judged by the settings
    and comments of the file it lies in, and a comment is unused only if no file made use of it.
    """

    def __init__(self, wanted: Run, project: Project, results: Sequence[FileResult]) -> None:
        self.project = project
        self.known = frozenset(rule.code for rule in wanted.rules)
        self.results = sorted(results, key=lambda result: str(result.path))
        self.targets = {str(target.path): target for target in wanted.targets}
        self.heeds = wanted.heeds
        self.comments = {str(result.path): result.comments for result in results if result.comments}
        self.unread = {str(result.path) for result in results if result.comments is None}
        self.failed = {str(result.path) for result in results if result.error}
        self.settings_of = wanted.settings_of

    def result(self) -> Result:
        """Everything the run found."""
        reported: list[Diagnostic] = []
        for path, found in sorted(self._by_path().items()):
            if found or path not in self.unread:
                reported.extend(self._of_file(path, found))
        errors = tuple(result.error for result in self.results if result.error)
        ordered = tuple(sorted(reported, key=lambda diagnostic: diagnostic.sort_key))
        analysed = sum(result.analysed for result in self.results)
        return Result(ordered, errors, analysed, self.project, tuple(self.results))

    def _by_path(self) -> dict[str, list[Diagnostic]]:
        """All findings by the file they lie in, each once."""
        found: dict[str, dict[Diagnostic, Diagnostic]] = {str(result.path): {} for result in self.results}
        for result in self.results:
            for diagnostic in result.diagnostics:
                same = found.setdefault(diagnostic.path, {})
                best = same.get(diagnostic, diagnostic)
                same[diagnostic] = min(best, diagnostic, key=lambda one: one.related)
        return {path: sorted(same.values(), key=lambda one: one.sort_key) for path, same in found.items()}

    def _of_file(self, path: str, found: list[Diagnostic]) -> list[Diagnostic]:
        """What is reported of one file."""
        target = self.targets.get(path) or self.settings_of(Path(path))
        settings = target.settings
        if path not in self.targets and settings.excludes_above(target.path):
            return []
        rules = settings.rules_for(target.path)
        kept, used = apply((one for one in found if one.code in rules), self._comments(path))
        if self._is_judged(path, rules, found, settings.framework):
            kept.extend(self._unused(path, used, rules))
        shown = (one for one in kept if settings.shows(one.severity))
        return [in_cells(replace(one, fix=settings.fix_of(one)), self.project) for one in shown]

    def _comments(self, path: str) -> Suppressions:
        """The suppression comments of a file that has findings or speaks of nnlint."""
        if not self.heeds:
            return Suppressions()
        if path not in self.comments:
            source = self.project.source(Path(path))
            self.comments[path] = read_suppressions(source.text) if source else Suppressions()
        return self.comments[path]

    def _is_judged(
        self, path: str, rules: frozenset[str], found: list[Diagnostic], frameworks: tuple[str, ...]
    ) -> bool:
        """Whether the file was analysed so that a comment without effect is really unused."""
        complete = path in self.targets and path not in self.failed and not frameworks
        return complete and UNUSED in rules and not any(one.code.startswith("NN90") for one in found)

    def _unused(self, path: str, used: set[tuple[Directive, str]], rules: frozenset[str]) -> list[Diagnostic]:
        kept, _ = apply(unused(path, self._comments(path), used, rules, self.known), self._comments(path))
        source = self.project.source(Path(path)) if kept else None
        lines = split_lines(source.text) if source is not None else []
        return [with_fix(one, lines[one.span.start.row - 1]) if lines else one for one in kept]
