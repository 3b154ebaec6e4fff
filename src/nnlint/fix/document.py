"""Applying edits to the bytes of a file, so that nothing but the edited text changes."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tokenize import detect_encoding

import libcst as cst

from nnlint.diagnostic import Edit
from nnlint.fix.cells import rewrite_cells
from nnlint.fix.plain import edited
from nnlint.notebook import is_notebook_path
from nnlint.reading import parse_bytes
from nnlint.source import Source

__all__ = ["parses", "rewrite"]


def rewrite(path: Path, data: bytes, edits: Sequence[Edit]) -> bytes | None:
    """The content of a file with edits that do not overlap; None where it cannot be given back exactly."""
    source = parse_bytes(path, data)
    if not isinstance(source, Source):
        return None
    if is_notebook_path(path):
        return rewrite_cells(data, source, edits)
    try:
        encoding, _ = detect_encoding(BytesIO(data).readline)
        if source.text.encode(encoding) != data:
            return None
        return edited(source.text, edits).encode(encoding)
    except (SyntaxError, LookupError, UnicodeError):  # LookupError: no such row, or no such encoding
        return None


def parses(path: Path, before: bytes, after: bytes) -> bool:
    """Whether the new content is Python still, for this interpreter too if the old one was."""
    old, new = parse_bytes(path, before), parse_bytes(path, after)
    if not isinstance(old, Source) or not isinstance(new, Source):
        return False
    if is_notebook_path(path):
        cells = zip(_texts(old), _texts(new), strict=False)
        return all(_is_python(after) or not _is_python(before) for before, after in cells)
    return _is_python(new.text) and (_compiles(new.text) or not _compiles(old.text))


def _texts(notebook: Source) -> list[str]:
    """The text of each cell; some may be no Python, which is no reason not to mend the others."""
    lines = zip(notebook.cells or (), notebook.text.split("\n"), strict=False)
    return [
        "\n".join(line for _, line in cell) + "\n" for _, cell in groupby(lines, lambda pair: pair[0].cell)
    ]


def _is_python(text: str) -> bool:
    try:
        cst.parse_module(text)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return False
    return True


def _compiles(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
