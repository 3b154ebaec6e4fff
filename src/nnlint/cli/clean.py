"""`nnlint clean`: remove the cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from nnlint.cache.folder import FOLDER, TAG

__all__ = ["command"]


@click.command("clean", short_help="Remove the cache.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--cache-dir", type=click.Path(path_type=Path), envvar="NNLINT_CACHE_DIR", metavar="FOLDER",
              help="The cache itself, where it is kept elsewhere.")  # fmt: skip
def command(folders: tuple[Path, ...], cache_dir: Path | None) -> None:
    """Remove the folder .nnlint_cache from each FOLDER (the current one), or the one of --cache-dir."""
    caches = [folder / FOLDER for folder in folders]
    for cache in caches or [cache_dir or FOLDER]:
        if not (cache / TAG).is_file() or cache.is_symlink():
            continue
        try:
            shutil.rmtree(cache)
        except OSError as error:
            raise click.ClickException(f"cannot remove {cache}: {error.strerror}") from error
        click.echo(f"nnlint: removed {cache}", err=True)
