"""`nnlint check`: lint files and folders."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import click

from nnlint.cli.lint import Linted, find_targets, lint, plural, resolver_of
from nnlint.cli.options import Options, check_options
from nnlint.config import ConfigError
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target
from nnlint.report import render
from nnlint.report.text import visible

__all__ = ["command"]


@click.command("check", short_help="Lint files and folders.")
@check_options
def command(options: Options) -> int:
    """Lint files and folders (the current one if no PATH is given; "-" reads standard input).

    Folders are searched for .py and .ipynb files; what git ignores is left out.
    """
    started = perf_counter()
    try:
        resolver = resolver_of(options)
        targets = find_targets(options, resolver)
        if options.show_settings:
            from nnlint.cli.settings import settings_text

            settings = targets[0].settings if targets else resolver.settings(resolver.command_line.root)
            click.echo(settings_text(settings, targets[0].path if targets else None))
            return 0
        if options.show_files:
            click.echo("".join(f"{visible(str(target.path))}\n" for target in targets), nl=False)
            return 0
        linted = _without_known(options, lint(options, resolver, targets))
    except ConfigError as error:
        raise click.ClickException(visible(str(error))) from error
    if options.add_noqa:
        return _add_noqa(linted)
    return _report(options, linted, targets, perf_counter() - started)


def _without_known(options: Options, linted: Linted) -> Linted:
    """Without the findings of the baseline."""
    if options.baseline is None:
        return linted
    from nnlint.baseline import BaselineError, load, remaining

    try:
        known = load(options.baseline)
    except BaselineError as error:
        raise click.ClickException(visible(str(error))) from error
    kept = remaining(linted.report, known, options.baseline)
    return replace(linted, report=replace(linted.report, diagnostics=kept))


def _add_noqa(linted: Linted) -> int:
    """Excuse every finding with a comment."""
    from nnlint.add_noqa import add_noqa

    count, skipped = add_noqa(linted.report.diagnostics)
    for path in skipped:
        click.echo(f"nnlint: left alone: {visible(path)}", err=True)
    click.echo(f"nnlint: added `noqa` for {plural(count, 'finding')}", err=True)
    return 2 if linted.report.errors else 0


def _report(options: Options, linted: Linted, targets: Sequence[Target], seconds: float) -> int:
    """Write the report, say how it went, and give the exit status."""
    found, errors = linted.report.diagnostics, linted.report.errors
    _write(options, _statistics(found) if options.statistics else render(_format(options), linted.report))
    if options.verbose:
        files = sorted({str(target.settings.file) for target in targets if target.settings.file})
        click.echo(f"nnlint: configuration: {visible(', '.join(files) or 'none')}", err=True)
        click.echo(f"nnlint: {plural(linted.analysed, 'file')} analysed in {seconds:.2f} s", err=True)
    for error in errors:
        click.echo(f"nnlint: {visible(error)}", err=True)
    if not options.quiet:
        click.echo(_summary(found, linted.files, len(errors)), err=True)
    if errors:
        return 2
    return 1 if found and not options.exit_zero else 0


def _format(options: Options) -> str:
    """Frames for people at a terminal, lines for everything else."""
    if options.output_format:
        return options.output_format
    return "full" if options.output_file is None and sys.stdout.isatty() else "concise"


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
    checked = f"{plural(files, 'file')} checked"
    if errors:
        checked += f", {plural(errors, 'file')} failed"
    if not diagnostics:
        return f"nnlint: no findings ({checked})"
    places = len({one.path for one in diagnostics})
    return f"nnlint: {plural(len(diagnostics), 'finding')} in {plural(places, 'file')} ({checked})"
