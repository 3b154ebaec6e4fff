"""nnlint inside flake8: `flake8 --select NN`, or `extend-select = NN` in its configuration.

It is quiet, and costs nothing, until codes that begin with NN are selected. Which rules run, and with which
options, is up to nnlint's own configuration; flake8 decides which of their findings it shows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from nnlint import __version__

__all__ = ["Plugin"]

_CODE = "NN"
_STDIN = frozenset({"-", "stdin", "(none)"})


class Plugin:
    """What flake8 makes for every file and asks for findings."""

    name = "nnlint"
    version = __version__
    wanted: ClassVar[bool] = False
    chosen: ClassVar[tuple[str, ...]] = ()

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:  # noqa: ARG002
        self.filename = filename
        self.lines = lines

    @classmethod
    def parse_options(cls, options: Any) -> None:
        """Note whether flake8 was told to select anything of nnlint, and which codes."""
        names = ("select", "extend_select", "enable_extensions")
        told = (getattr(options, name, None) or () for name in names)
        codes = [code for found in told for code in found if code.startswith(_CODE)]
        cls.wanted = bool(codes)
        cls.chosen = tuple(code for code in codes if code != _CODE)

    def run(self) -> Iterator[tuple[int, int, str, type]]:
        """Row, column (from 0), text and who says so, for every finding in the file."""
        if not self.wanted:
            return
        for one in _findings(Path(self.filename), self.lines, self.chosen):
            yield one.span.start.row, one.span.start.column - 1, f"{one.code} {one.message}", type(self)


def _findings(path: Path, lines: Sequence[str], chosen: tuple[str, ...]) -> Iterator[Any]:
    """What nnlint reports of a file under its own configuration; codes chosen in flake8 run besides."""
    from nnlint.config import Resolver
    from nnlint.config_file import Layer
    from nnlint.discovery import Target
    from nnlint.run import Run, run
    from nnlint.selection import Choice, catalogue
    from nnlint.source import Source

    rules = catalogue()
    resolver = Resolver(Layer(Path.cwd(), choice=Choice(extend_select=chosen)), rules)

    def target(file: Path) -> Target:
        return Target(file, resolver.settings(file.absolute().parent))

    alone = str(path) in _STDIN
    given = {path: Source(path, "".join(lines))} if alone else {}
    result = run(Run([target(path)], target, rules, given=given, alone=alone, jobs=1))
    yield from (one for one in result.diagnostics if one.path == str(path))
