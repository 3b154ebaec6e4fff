"""Documents opened, changed, saved and closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnlint.server.desk import Desk
from nnlint.server.documents import Document, Notebook, path_of
from nnlint.server.texts import Change, Text

__all__ = ["Sync"]

_LANGUAGES = {"python", "jupyter", ""}


class Sync:
    """Keeps the documents as the client has them."""

    def __init__(self, desk: Desk, encoding: Callable[[], str]) -> None:
        self._desk = desk
        self._documents = desk.documents
        self._encoding = encoding

    def opened(self, params: Any) -> None:
        """A file is open."""
        self._open(params.text_document)
        self._desk.renew(params.text_document.uri)

    def changed(self, params: Any) -> None:
        """Somebody types."""
        uri = params.text_document.uri
        if self._change(uri, params.text_document.version, params.content_changes):
            self._desk.renew(uri)

    def saved(self, params: Any) -> None:
        """What is on disk is what is in the editor; other files may want to know."""
        self._desk.touch([path_of(params.text_document.uri)])

    def closed(self, params: Any) -> None:
        """What is on disk counts again."""
        uri = params.text_document.uri
        if self._documents.texts.pop(uri, None) is not None:
            self._desk.close(uri)

    def notebook_opened(self, params: Any) -> None:
        """A notebook is open, with all its cells."""
        notebook = params.notebook_document
        for cell in params.cell_text_documents:
            self._open(cell, notebook.uri)
        cells = [(cell.document, _is_code(cell)) for cell in notebook.cells]
        self._documents.notebooks[notebook.uri] = Notebook(notebook.uri, notebook.version, cells)
        self._desk.renew(notebook.uri)

    def notebook_changed(self, params: Any) -> None:
        """Cells came, went, moved or were typed in."""
        uri = params.notebook_document.uri
        notebook = self._documents.notebooks.get(uri)
        if notebook is None:
            return
        notebook.version = params.notebook_document.version
        cells = params.change.cells
        if cells is not None and cells.structure is not None:
            self._restructure(notebook, cells.structure)
        if cells is not None and cells.data:
            kinds = {cell.document: _is_code(cell) for cell in cells.data}
            notebook.cells = [(cell, kinds.get(cell, code)) for cell, code in notebook.cells]
        for each in (cells.text_content if cells is not None else None) or ():
            self._change(each.document.uri, each.document.version, each.changes)
        self._desk.renew(uri)

    def notebook_saved(self, params: Any) -> None:
        """As for files."""
        self._desk.touch([path_of(params.notebook_document.uri)])

    def notebook_closed(self, params: Any) -> None:
        """As for files; its cells go with it."""
        for cell in params.cell_text_documents:
            self._documents.texts.pop(cell.uri, None)
        if self._documents.notebooks.pop(params.notebook_document.uri, None) is not None:
            self._desk.close(params.notebook_document.uri)

    def files_changed(self, params: Any) -> None:
        """The client saw something happen on disk."""
        paths: list[Path] = [path_of(change.uri) for change in params.changes]
        if paths:
            self._desk.touch(paths)

    def _open(self, item: Any, notebook: str = "") -> None:
        text = Text(item.text)
        self._documents.texts[item.uri] = Document(item.uri, text, item.version, notebook)

    def _change(self, uri: str, version: int | None, changes: Any) -> bool:
        """Whether there was such a document to change."""
        document = self._documents.texts.get(uri)
        if document is None:
            return False
        for change in changes:
            document.text = document.text.changed(_change_of(change), self._encoding())
        document.version = version
        return True

    def _restructure(self, notebook: Notebook, structure: Any) -> None:
        array = structure.array
        fresh = [(cell.document, _is_code(cell)) for cell in array.cells or ()]
        notebook.cells[array.start : array.start + array.delete_count] = fresh
        for cell in structure.did_close or ():
            self._documents.texts.pop(cell.uri, None)
        for item in structure.did_open or ():
            self._open(item, notebook.uri)


def _is_code(cell: Any) -> bool:
    return int(cell.kind) == 2


def _change_of(change: Any) -> Change:
    part = getattr(change, "range", None)
    if part is None:
        return Change(None, change.text)
    start, end = part.start, part.end
    return Change(((start.line, start.character), (end.line, end.character)), change.text)
