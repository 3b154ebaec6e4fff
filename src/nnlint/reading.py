"""Bytes to text: every way in which a file cannot be read becomes a diagnostic, never a traceback."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tokenize import detect_encoding

from nnlint.diagnostic import Diagnostic, Position, Severity, Span
from nnlint.notebook import InvalidNotebook, is_notebook_path, read_notebook
from nnlint.source import Source, Stamp

__all__ = ["MAX_NOTEBOOK", "MAX_PYTHON", "digest", "parse_bytes", "read"]

MAX_PYTHON = 8 * 2**20
"""Bytes of a Python file beyond which it is generated data rather than code somebody reads."""
MAX_NOTEBOOK = 128 * 2**20
"""Notebooks hold their outputs, images among them, and may be far larger than their code."""


def read(path: Path) -> Source | Diagnostic:
    """The decoded file, or NN901 unreadable-file, or NN903 invalid-notebook."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "it is not a regular file")
        if status.st_size > _limit(path):
            return _unreadable(path, f"it is too large ({_megabytes(status.st_size)})")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return _unreadable(path, _reason(error))
    found = parse_bytes(path, data)
    if isinstance(found, Source):
        return replace(found, stamp=Stamp(status.st_size, status.st_mtime_ns, digest(data)))
    return found


def digest(data: bytes) -> str:
    """A short name for a content."""
    return blake2b(data, digest_size=16).hexdigest()


def parse_bytes(path: Path, data: bytes) -> Source | Diagnostic:
    """Decode a file's content, by its coding cookie or byte order mark, or as a notebook by its name."""
    if is_notebook_path(path):
        try:
            return read_notebook(path, data)
        except InvalidNotebook as error:
            return _diagnostic(path, "NN903", "invalid-notebook", f"cannot read this notebook: {error}")
    if b"\0" in data:
        return _unreadable(path, "it holds a NUL byte")
    try:
        return Source(path, _decode(data))
    except (SyntaxError, LookupError, ValueError) as error:
        return _unreadable(path, _reason(error))


def _decode(data: bytes) -> str:
    """Text without its byte order mark; raises SyntaxError, LookupError or ValueError."""
    encoding, _ = detect_encoding(BytesIO(data).readline)
    text = data.decode(encoding)
    text.encode("utf-8")  # lone surrogates, which some codecs produce, are no text
    return text.removeprefix("\ufeff")


def _limit(path: Path) -> int:
    return MAX_NOTEBOOK if is_notebook_path(path) else MAX_PYTHON


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _reason(error: Exception) -> str:
    """A short reason in words; the messages of the interpreter carry paths and positions of their own."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not valid {error.encoding} (byte {error.start})"
    if isinstance(error, SyntaxError) and "encoding declaration" in str(error):
        return "it is not valid utf-8 and declares no other encoding"
    if isinstance(error, UnicodeEncodeError):
        return "its encoding yields invalid text"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error).partition("\n")[0].partition(";")[0]


def _unreadable(path: Path, reason: str) -> Diagnostic:
    return _diagnostic(path, "NN901", "unreadable-file", f"cannot read this file: {reason}")


def _diagnostic(path: Path, code: str, name: str, message: str) -> Diagnostic:
    start = Position(1, 1)
    return Diagnostic(str(path), None, Span(start, start), code, name, message, Severity.ERROR)
