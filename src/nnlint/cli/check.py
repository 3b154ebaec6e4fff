"""`nnlint check`: lint files and folders."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from nnlint.cli.options import Options, check_options
from nnlint.config import ConfigError, Resolver
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target, discover
from nnlint.report import Report, render
from nnlint.report.text import visible
from nnlint.selection import catalogue

if TYPE_CHECKING:
    from nnlint.checks import RuleInfo

__all__ = ["command"]

_STDIN = Path("-")


@click.command("check", short_help="Lint files and folders.")
@check_options
def command(options: Options) -> int:
    """Lint files and folders (the current one if no PATH is given; "-" reads standard input).

    Folders are searched for .py and .ipynb files; what git ignores is left out.
    """
    rules = catalogue()
    try:
        resolver = Resolver(options.layer(), rules, options.config, options.isolated)
        targets = _targets(options, resolver)
        if options.show_settings:
            return _show_settings(targets, resolver)
        if options.show_files:
            click.echo("".join(f"{visible(str(target.path))}\n" for target in targets), nl=False)
            return 0
        return _lint(options, resolver, targets, rules)
    except ConfigError as error:
        raise click.ClickException(visible(str(error))) from error


def _targets(options: Options, resolver: Resolver) -> list[Target]:
    """The files to lint; standard input is one that need not exist."""
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


def _lint(options: Options, resolver: Resolver, targets: Sequence[Target], rules: Sequence[RuleInfo]) -> int:
    """Run, report, and say how it went."""
    from nnlint.reading import read_stdin
    from nnlint.run import Run, run

    started = perf_counter()
    given = {targets[0].path: read_stdin(targets[0].path)} if targets and _STDIN in options.paths else {}
    result = run(
        Run(
            targets,
            lambda path: Target(path, resolver.settings(path.absolute().parent)),
            rules,
            tuple(path for path in options.paths or (Path(),) if path.is_dir()),
            given,
            options.jobs,
        )
    )
    report = Report(
        result.diagnostics,
        result.project.source,
        {rule.code: rule for rule in rules},
        _colour(options),
        errors=result.errors,
    )
    text = _statistics(result.diagnostics) if options.statistics else render(_format(options), report)
    _write(options, text)
    if options.verbose:
        files = sorted({str(target.settings.file) for target in targets if target.settings.file})
        click.echo(f"nnlint: configuration: {visible(', '.join(files) or 'none')}", err=True)
        taken = f"{perf_counter() - started:.2f} s"
        click.echo(f"nnlint: {_count(result.analysed, 'file')} analysed in {taken}", err=True)
    for error in result.errors:
        click.echo(f"nnlint: {visible(error)}", err=True)
    if not options.quiet:
        click.echo(_summary(result.diagnostics, len(targets), len(result.errors)), err=True)
    if result.errors:
        return 2
    return 1 if result.diagnostics and not options.exit_zero else 0


def _format(options: Options) -> str:
    """Frames for people at a terminal, lines for everything else."""
    if options.output_format:
        return options.output_format
    return "full" if options.output_file is None and sys.stdout.isatty() else "concise"


def _colour(options: Options) -> bool:
    """Colours only on a terminal, as NO_COLOR and FORCE_COLOR say."""
    if os.environ.get("NO_COLOR") or options.output_file:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _write(options: Options, text: str) -> None:
    """The report goes to standard output or to the file asked for."""
    if options.output_file is None:
        sys.stdout.write(text)
        return
    try:
        options.output_file.parent.mkdir(parents=True, exist_ok=True)
        options.output_file.write_text(text, "utf-8", "backslashreplace")
    except OSError as error:
        raise click.ClickException(f"cannot write {options.output_file}: {error.strerror}") from error


def _statistics(diagnostics: Sequence[Diagnostic]) -> str:
    """Findings per rule, the most frequent first."""
    counts = Counter((one.code, one.name) for one in diagnostics)
    width = max((len(str(count)) for count in counts.values()), default=0)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:{width}}  {code}  {name}\n" for (code, name), count in ordered)


def _summary(diagnostics: Sequence[Diagnostic], files: int, errors: int) -> str:
    """One line: how much was found in how many files."""
    if not files:
        return "nnlint: no Python files or notebooks found"
    checked = f"{_count(files, 'file')} checked"
    if errors:
        checked += f", {_count(errors, 'file')} failed"
    if not diagnostics:
        return f"nnlint: no findings ({checked})"
    places = len({one.path for one in diagnostics})
    return f"nnlint: {_count(len(diagnostics), 'finding')} in {_count(places, 'file')} ({checked})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _show_settings(targets: Sequence[Target], resolver: Resolver) -> int:
    """The settings of the first file, as they would be written in a configuration file."""
    settings = targets[0].settings if targets else resolver.settings(Path())
    ignores = [
        f'  "{"" if wanted else "!"}{pattern.text}" = {sorted(codes)}'
        for pattern, wanted, codes in settings.per_file_ignores
    ]
    lines = [
        f"# {targets[0].path}" if targets else "# no files",
        f"# configuration: {settings.file or 'none'}",
        f"root = {str(settings.root)!r}",
        f"select = {sorted(settings.rules)}",
        f"exclude = {[pattern.text for pattern in settings.exclude.all]}",
        f"include = {[pattern.text for pattern in settings.include.all]}",
        f"first-party = {[str(path) for path in settings.first_party]}",
        f"framework = {list(settings.framework)}",
        f"severity = {settings.severity.value!r}",
        f"force-exclude = {str(settings.force_exclude).lower()}",
        f"respect-gitignore = {str(settings.respect_gitignore).lower()}",
        "[per-file-ignores]",
        *ignores,
    ]
    click.echo("\n".join(lines))
    return 0
