"""`nnlint check`: lint files and folders."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

import click

from nnlint.cli.lint import Linted, find_targets, lint, plural, resolver_of
from nnlint.cli.options import Options, check_options
from nnlint.config import ConfigError, Settings
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target
from nnlint.report import Report, render
from nnlint.report.text import visible

__all__ = ["command"]


@click.command("check", short_help="Lint files and folders.")
@check_options
def command(options: Options) -> int:
    """Lint files and folders (the current one if no PATH is given; "-" reads standard input).

    Folders are searched for .py and .ipynb files; what git ignores is left out.
    """
    if options.watch:
        from nnlint.cli.watch import watch

        return watch(options, _once)
    return _once(options)


def _once(options: Options) -> int:
    """One run; the exit status."""
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
        if options.show_unknown:
            from nnlint.cli.unknown import show_unknown

            return show_unknown(options, resolver, targets)
        keep = _keep(options)
        linted = lint(options, resolver, targets)
        linted = replace(linted, report=replace(linted.report, diagnostics=keep(linted.report)))
        settings = resolver.settings(resolver.command_line.root)
    except ConfigError as error:
        raise click.ClickException(visible(str(error))) from error
    if options.add_noqa:
        return _add_noqa(linted)
    if options.diff or settings.fix or settings.fix_only:
        return _fix(options, settings, linted, keep, targets, started)
    return _report(options, linted, targets, perf_counter() - started)


def _keep(options: Options) -> Callable[[Report], Sequence[Diagnostic]]:
    """Gives the findings of a report that the baseline does not hold."""
    if options.baseline is None:
        return lambda report: report.diagnostics
    from nnlint.baseline import BaselineError, load, remaining

    file = options.baseline
    try:
        known = load(file)
    except BaselineError as error:
        raise click.ClickException(visible(str(error))) from error
    return lambda report: remaining(report, known, file)


def _fix(
    options: Options,
    settings: Settings,
    linted: Linted,
    keep: Callable[[Report], Sequence[Diagnostic]],
    targets: Sequence[Target],
    started: float,
) -> int:
    """Mend, and report what remains or how the files would change."""
    from nnlint.cli.fixing import diff, fix, fixed_by_rule

    fixing = fix(options, linted, keep, write=not options.diff)
    fixed = fixing.mended.fixed
    if options.diff:
        _write(options, diff(fixing.mended))
        _say(options, f"nnlint: would fix {plural(len(fixed), 'finding')}")
        return 2 if fixing.linted.report.errors else int(bool(fixing.mended.files))
    if settings.show_fixes and fixed:
        click.echo(fixed_by_rule(fixed), err=True)
    if settings.fix_only:
        for error in fixing.linted.report.errors:
            click.echo(f"nnlint: {visible(error)}", err=True)
        _say(options, f"nnlint: fixed {plural(len(fixed), 'finding')}")
        status = 2 if fixing.linted.report.errors else 0
    else:
        status = _report(options, fixing.linted, targets, perf_counter() - started, len(fixed))
    return status or int(options.exit_non_zero_on_fix and bool(fixed))


def _say(options: Options, text: str) -> None:
    if not options.quiet and not options.silent:
        click.echo(text, err=True)


def _add_noqa(linted: Linted) -> int:
    """Excuse every finding with a comment."""
    from nnlint.add_noqa import add_noqa

    count, skipped = add_noqa(linted.report.diagnostics)
    for path in skipped:
        click.echo(f"nnlint: left alone: {visible(path)}", err=True)
    click.echo(f"nnlint: added `noqa` for {plural(count, 'finding')}", err=True)
    return 2 if linted.report.errors else 0


def _report(
    options: Options, linted: Linted, targets: Sequence[Target], seconds: float, fixed: int | None = None
) -> int:
    """Write the report, say how it went, and give the exit status."""
    found, errors = linted.report.diagnostics, linted.report.errors
    text = _statistics(found) if options.statistics else render(_format(options), linted.report)
    # Standard output holds the mended text of standard input.
    _write(options, text, err=fixed is not None and bool(linted.content))
    if options.verbose:
        files = sorted({str(target.settings.file) for target in targets if target.settings.file})
        click.echo(f"nnlint: configuration: {visible(', '.join(files) or 'none')}", err=True)
        click.echo(f"nnlint: {plural(linted.analysed, 'file')} analysed in {seconds:.2f} s", err=True)
    for error in errors:
        click.echo(f"nnlint: {visible(error)}", err=True)
    mended = "" if fixed is None else f"{plural(fixed, 'finding')} fixed, "
    _say(options, _summary(found, linted.files, len(errors), mended))
    _say_fixable(options, linted.report)
    if errors:
        return 2
    return 1 if found and not options.exit_zero else 0


def _format(options: Options) -> str:
    """Frames for people at a terminal, lines for everything else."""
    if options.output_format:
        return options.output_format
    return "full" if options.output_file is None and sys.stdout.isatty() else "concise"


def _say_fixable(options: Options, report: Report) -> None:
    """How many of the findings can be mended, and by which options."""
    fixable = sum(report.applies(one) for one in report.diagnostics)
    hidden = sum(one.fix is not None for one in report.diagnostics) - fixable
    if fixable:
        more = f" ({hidden} more with `--unsafe-fixes`)" if hidden else ""
        _say(options, f"nnlint: [*] {fixable} fixable with `--fix`{more}")
    elif hidden:
        _say(options, f"nnlint: {plural(hidden, 'unsafe fix', 'unsafe fixes')} with `--fix --unsafe-fixes`")


def _write(options: Options, text: str, err: bool = False) -> None:
    """The report goes to standard output or to the file asked for."""
    if options.silent:
        return
    if options.output_file is None:
        (sys.stderr if err else sys.stdout).write(text)
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


def _summary(diagnostics: Sequence[Diagnostic], files: int, errors: int, mended: str = "") -> str:
    """One line: how much was found in how many files."""
    if not files:
        return "nnlint: no Python files or notebooks found"
    checked = f"{plural(files, 'file')} checked"
    if errors:
        checked += f", {plural(errors, 'file')} failed"
    if not diagnostics:
        return f"nnlint: {mended}no {'more ' if mended else ''}findings ({checked})"
    places = len({one.path for one in diagnostics})
    left = plural(len(diagnostics), "finding") + (" left" if mended else "")
    return f"nnlint: {mended}{left} in {plural(places, 'file')} ({checked})"
