"""Applying edits to the bytes of a file, so that nothing but the edited text changes."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from io import BytesIO
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
    try:
        cst.parse_module(new.text)
    except (cst.ParserSyntaxError, RecursionError):
        # A notebook may hold cells that are no Python; one that did before is not made worse.
        return new.is_notebook and not _compiles(old.text)
    return _compiles(new.text) or not _compiles(old.text)


def _compiles(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
