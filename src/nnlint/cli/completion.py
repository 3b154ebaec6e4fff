"""`nnlint completion SHELL`: what makes a shell complete nnlint's commands, options and rules."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["command"]


@click.command("completion", short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a SHELL; its start-up file should evaluate it.

    bash and zsh: eval "$(nnlint completion bash)"; fish: nnlint completion fish | source
    """
    from nnlint.cli.main import cli

    script = get_completion_class(shell)
    assert script is not None, "click knows these shells"
    click.echo(script(cli, {}, "nnlint", "_NNLINT_COMPLETE").source())
