"""`nnlint baseline write`: record what is found now, so that only what is new is reported later."""

from __future__ import annotations

import click

from nnlint.cli.lint import find_targets, lint, plural, resolver_of
from nnlint.cli.options import Options, check_options
from nnlint.config import ConfigError
from nnlint.report.text import visible

__all__ = ["command"]


@click.group("baseline", short_help="Record what is found now.")
def command() -> None:
    """Findings that are known, and to be reported no more: `nnlint check --baseline FILE`."""


@command.command("write")
@check_options
def write(options: Options) -> int:
    """Record all findings in the file of --baseline (.nnlint-baseline.json).

    A finding is recognised by its rule, its file and the text of its line, so lines may move. Paths are
    kept relative to the baseline's folder.
    """
    from nnlint.baseline import DEFAULT, BaselineError
    from nnlint.baseline import write as write_baseline

    file = options.baseline or DEFAULT
    try:
        resolver = resolver_of(options)
        linted = lint(options, resolver, find_targets(options, resolver))
        count = write_baseline(file, linted.report)
    except (BaselineError, ConfigError) as error:
        raise click.ClickException(visible(str(error))) from error
    for failure in linted.report.errors:
        click.echo(f"nnlint: {visible(failure)}", err=True)
    click.echo(f"nnlint: {plural(count, 'finding')} recorded in {visible(str(file))}", err=True)
    return 2 if linted.report.errors else 0
