"""`nnlint init`: a configuration to start from."""

from __future__ import annotations

from pathlib import Path

import click

from nnlint import __version__

__all__ = ["command"]

_TEXT = f"""\
# Settings of nnlint; `nnlint --show-settings` prints what holds, `nnlint rules` lists the rules.

required-version = ">={__version__}"

# Rules by code ("NN201"), family ("NN2"), name ("probabilities-as-logits"), or "ALL".
# select = ["ALL"]
extend-select = []
ignore = []

# Files and folders to leave out besides the usual ones and what git ignores.
extend-exclude = []

# Folders of modules that are imported by name, besides those found from the importing file.
first-party = []

# "error" (surely wrong), "warning" (probably), "info" (everything)
severity = "info"

[per-file-ignores]
# "tests/*" = ["NN1"]
"""


@click.command("init", short_help="Write a configuration to start from.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
def command(folder: Path) -> None:
    """Write an nnlint.toml into FOLDER (the current one), unless it has a configuration already."""
    from nnlint.config_file import ConfigError, find_config

    try:
        existing = find_config(folder)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if existing is not None:
        raise click.ClickException(f"{existing} is there already")
    path = folder / "nnlint.toml"
    try:
        path.write_text(_TEXT, "utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from error
    click.echo(f"nnlint: wrote {path}", err=True)
