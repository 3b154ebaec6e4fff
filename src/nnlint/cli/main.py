"""The entry point: the commands, and what happens when something goes wrong."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from nnlint import __version__

__all__ = ["cli", "main"]

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130
_COMMANDS = {
    "check": "Lint files and folders.",
    "explain": "Print the page of a rule.",
    "rules": "List the rules.",
    "baseline": "Record what is found now, to report only what is new.",
    "server": "Speak to an editor.",
    "init": "Write a configuration to start from.",
    "clean": "Remove the cache.",
    "completion": "Print the completion script of a shell.",
}
_OPTIONS = ("--help", "-h", "--version", "-V")
_UNWRITABLE = frozenset({errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC})
"""What a full disk under a standard stream says."""


class _Commands(click.Group):
    """A group whose commands are imported when used, and for which `check` may be left out."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"nnlint.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        completing = ctx.resilient_parsing and not args
        if not completing and (not args or args[0] not in {*_COMMANDS, *_OPTIONS}):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="nnlint %(version)s")
def cli() -> None:
    """Find the bugs in neural-network code that raise no error.

    "nnlint PATH ..." is short for "nnlint check PATH ..."; without a path it lints the current folder.
    Its options are listed by "nnlint check --help".

    Exit status: 0 nothing found, 1 something found, 2 wrong usage or a failure of nnlint itself.
    """


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: no traceback reaches the user."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        status = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly(FINDINGS)
    except KeyboardInterrupt:
        _leave_quietly(INTERRUPTED)
    except OSError:  # nothing more can be written, so that nothing can be said either
        _leave_quietly(FAILED)
    sys.exit(status)


def _open_what_is_closed() -> None:
    """A shell may have closed standard streams (`>&-`), which Python says by None in their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _run(args: list[str] | None) -> int:
    """The exit status of a command."""
    try:
        status: Any = cli.main(args, "nnlint", "_NNLINT_COMPLETE", standalone_mode=False)
    except click.exceptions.Exit as request:
        return request.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return FAILED
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        if error.filename is not None or error.errno not in _UNWRITABLE:
            return _failed(error)
        click.echo(f"nnlint: cannot write the output: {error.strerror}", err=True)
        raise
    except Exception as error:  # the last line of defence: a bug of nnlint outside the files' own analysis
        return _failed(error)
    return status if isinstance(status, int) else CLEAN


def _failed(error: Exception) -> int:
    """Say what went wrong inside nnlint."""
    from nnlint.worker import describe_failure

    click.echo(f"nnlint: {describe_failure(error)}", err=True)
    return FAILED


def _leave_quietly(status: int) -> NoReturn:
    """Exit without the interpreter's attempt to flush what can no longer be written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    sys.exit(status)
