"""`nnlint clean`: remove the cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

__all__ = ["command"]

_CACHE = ".nnlint_cache"


@click.command("clean", short_help="Remove the cache.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True))
def command(folders: tuple[Path, ...]) -> None:
    """Remove the folder .nnlint_cache from each FOLDER (the current one)."""
    for folder in folders or (Path(),):
        cache = folder / _CACHE
        if not cache.is_dir() or cache.is_symlink():
            continue
        try:
            shutil.rmtree(cache)
        except OSError as error:
            raise click.ClickException(f"cannot remove {cache}: {error.strerror}") from error
        click.echo(f"nnlint: removed {cache}", err=True)
