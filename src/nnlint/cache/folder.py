"""The cache folder: where it is, what may use it, and how files get into it.

    .nnlint_cache/
      CACHEDIR.TAG, .gitignore     tell backups and git to leave it out
      code-<reader>/ab/cdef…       lowered code, by content
      <build>/found-<run>.json     findings, by the folders and rules asked for

`<build>` names one build of nnlint on one Python, `<reader>` the part of it that reads files: nothing of
another is ever read. Whatever is wrong with the folder (missing, full, foreign, read-only, changed by another
process) makes a run slower, not different.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nnlint import __version__

__all__ = ["FOLDER", "TAG", "build", "open_folder", "reader", "short", "write"]

FOLDER = Path(".nnlint_cache")
TAG = "CACHEDIR.TAG"
"""The file that says that a folder is a cache."""
_TAG_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# Written by nnlint; see https://bford.info/cachedir/\n"
)


_PACKAGE = Path(__file__).parents[1]
_READER = ("frontend", "ir")
_CODE = (".py", ".so", ".pyd")
_UNUSED = 14 * 24 * 3600
"""Seconds after which what another build wrote is removed."""


def short(text: str) -> str:
    """A short name for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


@cache
def build() -> str:
    """The name of this build of nnlint: its files, the parser's version and the Python it runs on."""
    return short("\n".join([*_surroundings(), *sorted(_files(_PACKAGE))]))


@cache
def reader() -> str:
    """The name of the part that makes code of files, by its content: few changes of nnlint touch it."""
    found = (path for name in _READER for path in sorted((_PACKAGE / name).rglob("*")))
    texts = [path.read_bytes().hex() for path in found if path.suffix in _CODE]
    return short("\n".join([*_surroundings(), *texts]))


def _surroundings() -> tuple[str, ...]:
    try:
        parser = version("libcst")
    except PackageNotFoundError:
        parser = "?"
    return __version__, parser, f"{sys.implementation.cache_tag} {sys.hexversion}"


def _files(folder: Path) -> Iterator[str]:
    """Name, size and time of every file of a package."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            elif entry.name.endswith(_CODE):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def open_folder(top: Path) -> Path | None:
    """The folder of this build, made if needed, what is old removed; None if it cannot be used."""
    mine = top / build()
    if mine.is_dir():
        return mine
    try:
        mine.mkdir(parents=True, exist_ok=True)
        (top / ".gitignore").write_text("*\n")
        (top / TAG).write_text(_TAG_TEXT)
        for other in top.iterdir():
            if other.is_dir() and not other.is_symlink() and time.time() - other.stat().st_mtime > _UNUSED:
                shutil.rmtree(other, ignore_errors=True)
    except OSError:
        return None
    return mine


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; what cannot be written is not kept."""
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
