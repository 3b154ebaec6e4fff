"""The documents a client has open, as it names and counts them, and what of them is Python."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlparse
from urllib.request import url2pathname

from nnlint.diagnostic import Diagnostic
from nnlint.reading import MAX_PYTHON, parse_bytes
from nnlint.server.texts import Text
from nnlint.source import Source

__all__ = ["Document", "Documents", "Notebook", "path_of", "source_of", "uri_of"]

_VIRTUAL = ".virtual_documents"
"""Where JupyterLab says that a notebook is, sent as one text; its modules are beside the notebook itself."""


@dataclass(slots=True)
class Document:
    """An open text: a file, or a cell of a notebook."""

    uri: str
    text: Text
    version: int | None = None
    notebook: str = ""
    """The URI of the notebook that a cell belongs to."""


@dataclass(slots=True)
class Notebook:
    """An open notebook. cells: URI and whether it is code, in order."""

    uri: str
    version: int | None
    cells: list[tuple[str, bool]]
    python: bool = True

    def numbers(self) -> dict[str, int]:
        """The number of each cell that is code, from 1, by URI."""
        return {uri: number for number, (uri, code) in enumerate(self.cells, 1) if code}


@dataclass(slots=True)
class Documents:
    """Everything that is open, by URI."""

    texts: dict[str, Document] = field(default_factory=dict)
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    _uris: dict[Path, str] = field(default_factory=dict)

    def path(self, uri: str) -> Path:
        """The path an open document is linted under."""
        path = path_of(uri)
        self._uris[path] = uri
        return path

    def uri(self, path: Path) -> str:
        """The URI of a path, spelt as the client did."""
        return self._uris.get(path) or uri_of(path)

    def text(self, path: Path, cell: int | None) -> Document | None:
        """The open document of a file, or of a cell of a notebook (from 1)."""
        uri = self._uris.get(path, "")
        if cell is None:
            return self.texts.get(uri)
        notebook = self.notebooks.get(uri)
        if notebook is None or not 0 < cell <= len(notebook.cells):
            return None
        return self.texts.get(notebook.cells[cell - 1][0])

    def source(self, uri: str) -> Source | Diagnostic:
        """The text of an open file or notebook, for the linter."""
        if uri not in self.notebooks:
            return source_of(self.path(uri), self.texts[uri].text.text)
        notebook = self.notebooks[uri]
        cells: list[dict[str, object]] = [
            {"cell_type": "code" if code else "markdown", "metadata": {}, "source": self._cell(cell)}
            for cell, code in notebook.cells
        ]
        language = "python" if notebook.python else "other"
        data = {"cells": cells, "metadata": {"language_info": {"name": language}}}
        return parse_bytes(self.path(uri), json.dumps(data).encode())

    def _cell(self, uri: str) -> str:
        return self.texts[uri].text.text if uri in self.texts else ""


def source_of(path: Path, text: str) -> Source | Diagnostic:
    """Unsaved text as it would be read from disk."""
    if "\0" in text or len(text) > MAX_PYTHON:
        return parse_bytes(path, b"\0")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return Source(path, text.removeprefix("\ufeff"))


def path_of(uri: str) -> Path:
    """The path of a `file:` URI; other documents are taken for files of that name right here."""
    parts = urlparse(uri)
    if parts.scheme == "file":
        host = f"//{parts.netloc}" if parts.netloc and parts.netloc != "localhost" else ""
        path = Path(url2pathname(host + parts.path))
        return Path(*(part for part in path.parts if part != _VIRTUAL))
    name = unquote(parts.path).rpartition("/")[2] or "untitled"
    return Path(name if name.endswith((".py", ".pyi", ".ipynb")) else f"{name}.py").absolute()


def uri_of(path: Path) -> str:
    """The `file:` URI of a path."""
    return path.as_uri() if path.is_absolute() else f"file:{quote(path.as_posix())}"
