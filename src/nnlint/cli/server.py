"""`nnlint server`: the language server, over standard input and output."""

from __future__ import annotations

import io
import logging
import sys

import click

__all__ = ["command"]


@click.command("server", short_help="Speak to an editor.")
@click.option("--stdio", is_flag=True, help="Use standard input and output (which it does anyway).")
@click.option("--verbose", "-v", is_flag=True, help="Write what goes on to standard error.")
def command(stdio: bool, verbose: bool) -> None:  # noqa: ARG001 (many clients add --stdio)
    """Serve an editor that speaks the Language Server Protocol."""
    try:
        from nnlint.server.app import App
    except ModuleNotFoundError as error:
        if error.name not in {"lsprotocol", "pygls"}:
            raise
        raise click.ClickException("the language server needs pygls: pip install 'nnlint[lsp]'") from error
    logging.basicConfig(stream=sys.stderr, level=logging.INFO if verbose else logging.ERROR)
    App().start()
    if sys.stdout.closed:  # the server did, to say that it is gone
        sys.stdout = io.StringIO()
