"""`nnlint check --show-unknown`: calls that stopped the analysis, ready for the configuration."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import click

from nnlint.cli.lint import lint, plural
from nnlint.cli.options import Options
from nnlint.config import Resolver
from nnlint.discovery import Target
from nnlint.report.text import visible

__all__ = ["show_unknown"]

_HEAD = """\
# Say what each call does (like, returns or expects), keep `escapes = false` where it leaves alone what it is
# given, and leave out the others.
"""


def show_unknown(options: Options, resolver: Resolver, targets: Sequence[Target]) -> int:
    """Print the calls that could not be seen through, the most frequent first; the exit status."""
    linted = lint(replace(options, no_cache=True), resolver, targets)
    counts = Counter[str]()
    for result in linted.result.files:
        counts.update({name: count for name, count in result.unknown if _is_foreign(name)})
    for error in linted.report.errors:
        click.echo(f"nnlint: {visible(error)}", err=True)
    if counts:
        table = "[tool.nnlint.apis]" if _is_in_pyproject(targets) else "[apis]"
        click.echo(f"{_HEAD}{table}")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f'"{visible(name)}" = {{ escapes = false }}  # {plural(count, "call")}')
    if not options.quiet:
        click.echo(
            f"nnlint: {plural(len(counts), 'unknown name')} in {plural(linted.files, 'file')}", err=True
        )
    return 2 if linted.report.errors else 0


def _is_foreign(name: str) -> bool:
    """Whether a name belongs to a package that somebody may speak of: not to Python itself."""
    return "." in name and name.partition(".")[0] not in sys.stdlib_module_names


def _is_in_pyproject(targets: Sequence[Target]) -> bool:
    files = [target.settings.file for target in targets if target.settings.file is not None]
    return not files or files[0].name == "pyproject.toml"
