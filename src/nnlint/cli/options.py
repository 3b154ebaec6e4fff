"""The options of `nnlint check`, and the configuration layer they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from nnlint.config_file import Layer
from nnlint.diagnostic import Severity
from nnlint.report import FORMATS
from nnlint.selection import Choice

__all__ = ["Options", "check_options", "complete_rules"]

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Options:
    """Everything `nnlint check` was told."""

    paths: tuple[Path, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    extend_select: tuple[str, ...] | None
    extend_ignore: tuple[str, ...] | None
    per_file_ignores: tuple[str, ...] | None
    extend_per_file_ignores: tuple[str, ...] | None
    exclude: tuple[str, ...] | None
    extend_exclude: tuple[str, ...] | None
    severity: str | None
    framework: tuple[str, ...] | None
    force_exclude: bool | None
    respect_gitignore: bool | None
    config: Path | None
    isolated: bool
    output_format: str | None
    output_file: Path | None
    statistics: bool
    show_unknown: bool
    show_files: bool
    show_settings: bool
    exit_zero: bool
    quiet: bool
    verbose: bool
    jobs: int
    no_cache: bool
    cache_dir: Path | None
    watch: bool
    stdin_filename: Path | None
    baseline: Path | None
    add_noqa: bool
    fix: bool | None
    unsafe_fixes: bool | None
    fix_only: bool | None
    show_fixes: bool | None
    diff: bool
    exit_non_zero_on_fix: bool
    ignore_noqa: bool
    silent: bool
    fixable: tuple[str, ...] | None
    unfixable: tuple[str, ...] | None

    def layer(self) -> Layer:
        """The options that configuration files have too; patterns are relative to the working directory."""
        return Layer(
            root=Path(os.getcwd()),
            choice=Choice(self.select, self.extend_select or (), self.ignore or (), self.extend_ignore or ()),
            exclude=self.exclude,
            extend_exclude=self.extend_exclude or (),
            per_file_ignores=_pairs(self.per_file_ignores),
            extend_per_file_ignores=_pairs(self.extend_per_file_ignores) or (),
            severity=Severity(self.severity) if self.severity else None,
            framework=self.framework,
            force_exclude=self.force_exclude,
            respect_gitignore=self.respect_gitignore,
            fix=self.fix,
            fix_only=self.fix_only,
            show_fixes=self.show_fixes,
            unsafe_fixes=self.unsafe_fixes,
            fixable=self.fixable,
            unfixable=self.unfixable,
        )


def _pairs(entries: tuple[str, ...] | None) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """`pattern:CODE` entries; each code is an entry of its own."""
    if entries is None:
        return None
    found = []
    for entry in entries:
        pattern, separator, code = entry.rpartition(":")
        if not separator:
            raise click.UsageError(f"--per-file-ignores: {entry!r} must look like PATTERN:RULE")
        found.append((pattern, (code,)))
    return tuple(found)


def _split(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:  # noqa: ARG001
    """Comma-separated lists, given once or more often; None when the option is absent."""
    parts = tuple(part.strip() for text in value for part in text.split(",") if part.strip())
    return parts if value else None


def _flag(*names: str, text: str) -> Callable[[_F], _F]:
    return click.option(*names, is_flag=True, help=text)


def _switch(name: str, text: str) -> Callable[[_F], _F]:
    """On, off, or left to the configuration."""
    return click.option(f"--{name}/--no-{name}", default=None, help=text)


def _list(name: str, metavar: str, text: str) -> Callable[[_F], _F]:
    complete = complete_rules if metavar == "RULES" else None
    return click.option(
        name, multiple=True, callback=_split, metavar=metavar, help=text, shell_complete=complete
    )


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Rules for shells: the last of a comma-separated list is completed."""
    from nnlint.selection import catalogue

    before, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + rule.code, help=rule.name)
        for rule in catalogue()
        if rule.code.startswith(last.upper())
    ]


_PATH = click.Path(path_type=Path)
_LEVELS = click.Choice([level.value for level in Severity])
_OPTIONS = (
    click.argument("paths", nargs=-1, type=_PATH, metavar="[PATH]..."),
    _list("--select", "RULES", "Rules to run: codes, prefixes, names, families or ALL, separated by commas."),
    _list("--ignore", "RULES", "Rules not to run."),
    _list("--extend-select", "RULES", "Rules to run besides those selected otherwise."),
    _list("--extend-ignore", "RULES", "Like --ignore."),
    _list("--per-file-ignores", "PATTERN:RULE", "Rules not to run for files of a pattern."),
    _list("--extend-per-file-ignores", "PATTERN:RULE", "Besides those of the configuration."),
    _list("--exclude", "PATTERNS", "Leave out these files and folders, in place of the usual ones."),
    _list("--extend-exclude", "PATTERNS", "Leave out these files and folders besides the usual ones."),
    _switch("fix", "Mend what has a safe fix, and report what remains."),
    _switch("unsafe-fixes", "Count fixes, too, that mean what was meant only most probably."),
    _switch("fix-only", "Mend, report nothing, and exit with 0."),
    _switch("show-fixes", "List what was mended."),
    _flag("--diff", text="Show what --fix-only would change, and change nothing."),
    _flag("--exit-non-zero-on-fix", text="Exit with 1 when something was mended."),
    _list("--fixable", "RULES", "Rules whose fixes count (ALL is the default)."),
    _list("--unfixable", "RULES", "Rules whose fixes do not count."),
    click.option("--severity", type=_LEVELS, help="Lowest level shown."),
    _list("--framework", "NAMES", "Lint only files that use these frameworks."),
    _switch("force-exclude", "Leave out excluded files even when they are named."),
    _switch("respect-gitignore", "Leave out what git ignores (the default)."),
    click.option("--config", type=_PATH, metavar="FILE", help="Use this configuration file for all files."),
    _flag("--isolated", text="Read no configuration file."),
    click.option(
        "--output-format",
        type=click.Choice(FORMATS),
        envvar="NNLINT_OUTPUT_FORMAT",
        help="How findings are written.",
    ),
    click.option(
        "--output-file",
        "-o",
        type=_PATH,
        envvar="NNLINT_OUTPUT_FILE",
        metavar="FILE",
        help="Write findings to this file.",
    ),
    _flag("--statistics", text="Count findings per rule instead of listing them."),
    _flag("--show-unknown", text="List calls that nnlint cannot see through, and stop."),
    _flag("--show-files", text="List the files that would be linted, and stop."),
    _flag("--show-settings", text="Print the settings for the first file, and stop."),
    _flag("--exit-zero", "-e", text="Exit with 0 even when something was found."),
    _flag("--quiet", "-q", text="Print findings only, no summary."),
    _flag("--silent", "-s", text="Print nothing; the exit status says whether something was found."),
    _flag("--verbose", "-v", text="Also say what was read and how long it took."),
    click.option("--jobs", "-j", type=click.IntRange(0), default=0, help="Processes; 0: one per core."),
    click.option(
        "--no-cache", "-n", is_flag=True, envvar="NNLINT_NO_CACHE", help="Neither read nor write a cache."
    ),
    click.option(
        "--cache-dir",
        type=_PATH,
        envvar="NNLINT_CACHE_DIR",
        metavar="FOLDER",
        help="Where the cache is kept (.nnlint_cache).",
    ),
    _flag("--watch", "-w", text="Lint again whenever a file changes, until interrupted."),
    click.option("--stdin-filename", type=_PATH, metavar="PATH", help="The name of what is read from `-`."),
    click.option("--baseline", type=_PATH, metavar="FILE", help="Findings that are known already."),
    _flag("--ignore-noqa", text="Report findings whatever the comments in the files say."),
    _flag("--add-noqa", text="Excuse every finding with a `noqa` comment, in place of reporting it."),
)


def check_options(function: Callable[[Options], int]) -> Callable[..., int]:
    """Give a function every option as one Options object."""

    def called(**values: Any) -> int:
        return function(Options(**{field.name: values[field.name] for field in fields(Options)}))

    called.__doc__ = function.__doc__
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), called)
