"""`nnlint check --watch`: lint again whenever something changed."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

import click

from nnlint.cli.lint import find_targets, plural, resolver_of
from nnlint.cli.options import Options
from nnlint.config import ConfigError

__all__ = ["watch"]

_PAUSE = 0.5
"""Seconds between two looks; a look over 2,000 files costs a few hundredths of a second."""


def watch(options: Options, once: Callable[[Options], int]) -> int:
    """Lint, and lint again after every change of a file or configuration, until interrupted."""
    if Path("-") in options.paths:
        raise click.UsageError("--watch cannot be combined with standard input")
    seen: frozenset[tuple[str, int, int]] | None = None
    while True:
        now = _state(options)
        if now == seen:
            time.sleep(_PAUSE)
            continue
        click.clear()
        try:
            once(options)
        except click.ClickException as error:  # a configuration may be broken while it is being edited
            error.show()
        click.echo(f"nnlint: watching {plural(len(now), 'file')} (Ctrl-C ends)", err=True)
        gc.unfreeze()  # a run sets aside what it keeps, and is over now
        seen = now


def _state(options: Options) -> frozenset[tuple[str, int, int]]:
    """Names, sizes and times of all files that matter; of nothing while the configuration is broken."""
    found = set()
    try:
        targets = find_targets(options, resolver_of(options))
    except ConfigError:
        return frozenset()
    files = {str(target.path) for target in targets}
    files.update(str(target.settings.file) for target in targets if target.settings.file)
    for file in files:
        try:
            status = os.stat(file)
        except OSError:
            continue
        found.add((file, status.st_size, status.st_mtime_ns))
    return frozenset(found)
