"""What the commands that lint have in common: from options to a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnlint.cli.options import Options
from nnlint.config import Resolver
from nnlint.discovery import Target, discover
from nnlint.report import Report
from nnlint.report.text import visible
from nnlint.selection import catalogue

if TYPE_CHECKING:
    from nnlint.run import Result, Run

__all__ = ["Linted", "find_targets", "lint", "plural", "report_of", "resolver_of"]

_STDIN = Path("-")
_MANY_FILES = 24
"""From here on a run takes long enough for people to want to see it move."""


@dataclass(frozen=True, slots=True)
class Linted:
    """A finished run. analysed: files that were worth parsing; files: all that were looked at.

    content: of standard input, by the name it was given.
    """

    report: Report
    files: int
    analysed: int
    wanted: Run
    result: Result
    content: Mapping[Path, bytes]


def resolver_of(options: Options) -> Resolver:
    """Finds settings as the options say."""
    return Resolver(options.layer(), catalogue(cache_of(options)), options.config, options.isolated)


def find_targets(options: Options, resolver: Resolver) -> list[Target]:
    """The files to lint; standard input is one that need not exist. Raises ConfigError."""
    if _STDIN in options.paths:
        if len(options.paths) > 1:
            raise click.UsageError("'-' cannot be combined with other paths")
        name = options.stdin_filename or _STDIN
        settings = resolver.settings(name.absolute().parent)
        skipped = settings.force_exclude and settings.excludes_above(name)
        return [] if skipped else [Target(name, settings)]
    for path in options.paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"no such file or folder: {visible(str(path))}")
    return discover(options.paths or (Path(),), resolver)


def lint(options: Options, resolver: Resolver, targets: Sequence[Target]) -> Linted:
    """Run over the targets, with a progress bar where somebody may watch it. Raises ConfigError."""
    from nnlint.reading import parse_bytes
    from nnlint.run import Run, run

    def settings_of(path: Path) -> Target:
        return Target(path, resolver.settings(path.absolute().parent))

    content = {targets[0].path: sys.stdin.buffer.read()} if targets and _STDIN in options.paths else {}
    given = {path: parse_bytes(path, data) for path, data in content.items()}
    tops = tuple(path for path in options.paths or (Path(),) if path.is_dir())
    wanted = Run(
        targets, settings_of, resolver.rules, tops, given, bool(given), (), options.jobs, cache_of(options),
        heeds=not options.ignore_noqa,
    )  # fmt: skip
    if _is_watched(options, len(targets)):
        with click.progressbar(length=len(targets), label="nnlint", file=sys.stderr) as bar:
            result = run(replace(wanted, done=lambda: bar.update(1)))
    else:
        result = run(wanted)
    return Linted(report_of(options, wanted, result), len(targets), result.analysed, wanted, result, content)


def report_of(options: Options, wanted: Run, result: Result) -> Report:
    """What the formats need of a finished run."""
    settings = {str(target.path): target.settings for target in wanted.targets}
    return Report(
        result.diagnostics,
        result.project.source,
        {rule.code: rule for rule in wanted.rules},
        _colour(options),
        errors=result.errors,
        applies=lambda one: one.path in settings and settings[one.path].applies(one),
    )


def cache_of(options: Options) -> Path | None:
    """The folder of the cache, None where there is none to be used."""
    if options.no_cache:
        return None
    from nnlint.cache.folder import FOLDER, open_folder

    return open_folder(options.cache_dir or FOLDER)


def _is_watched(options: Options, files: int) -> bool:
    """Whether people look at standard error: a terminal that is no CI system's."""
    told = not (options.quiet or options.silent)
    return files >= _MANY_FILES and told and sys.stderr.isatty() and not os.environ.get("CI")


def _colour(options: Options) -> bool:
    """Colours only on a terminal, as NO_COLOR and FORCE_COLOR say."""
    if os.environ.get("NO_COLOR") or options.output_file:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def plural(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: 1 file, 2 files."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"
