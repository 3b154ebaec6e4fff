"""Answers to what a client asks: findings, what to do about them, what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lsprotocol import types

from nnlint.diagnostic import Diagnostic, Position
from nnlint.server.actions import FIX_ALL, QUICK_FIX, Action, all_fixes, excuse, fixes, is_safe
from nnlint.server.convert import Converter
from nnlint.server.desk import Desk
from nnlint.server.documents import Document
from nnlint.server.hover import at_code, at_finding, page

__all__ = ["Answers"]


class Answers:
    """Answers from the desk.

    versioned: whether edits may name versions. unsafe: offer unsafe fixes. pulls_cells: whether the client
    has asked for the findings of a cell; many that pull those of files, VS Code among them, do not.
    """

    def __init__(self, desk: Desk, encoding: Callable[[], str]) -> None:
        self._desk = desk
        self._documents = desk.documents
        self._encoding = encoding
        self._pulled: dict[str, int] = {}
        self._marked: dict[Path, frozenset[str]] = {}
        self.pulls_cells = False
        self.versioned = False
        self.unsafe = True

    def published(self, path: Path) -> Iterator[Any]:
        """What to push for a file: one message; for a notebook one for each cell, those gone among them."""
        known = self._desk.known.get(path)
        convert = self._converter()
        found = known.diagnostics if known is not None else ()
        notebook = self._documents.notebooks.get(self._documents.uri(path))
        cells = notebook.numbers() if notebook is not None else {}
        for uri in self._marked.pop(path, frozenset()) - cells.keys():
            yield types.PublishDiagnosticsParams(uri, [])
        if notebook is None:
            items = [convert.diagnostic(one) for one in found]
            version = known.version if known is not None else None
            yield types.PublishDiagnosticsParams(self._documents.uri(path), items, version)
            return
        for uri, number in cells.items():
            items = [convert.diagnostic(one) for one in found if (one.cell or 1) == number]
            document = self._documents.texts.get(uri)
            yield types.PublishDiagnosticsParams(uri, items, document.version if document else None)
        self._marked[path] = frozenset(cells)

    def withdrawn(self) -> Iterator[Any]:
        """What to push so that cells show what is pulled and nothing besides."""
        for uri in [uri for uris in self._marked.values() for uri in uris]:
            yield types.PublishDiagnosticsParams(uri, [])
        self._marked.clear()

    def is_notebook(self, path: Path) -> bool:
        """Whether a file is open as cells, or has been and shows findings yet."""
        return path in self._marked or self._documents.uri(path) in self._documents.notebooks

    def is_pulled(self, path: Path) -> bool:
        """Whether the client has pulled what is known of a file now."""
        known = self._desk.known.get(path)
        return known is None or self._pulled.get(self._documents.uri(path)) == known.serial

    async def diagnostic(self, params: Any) -> Any:
        """The findings of a document, in its text as it is when the answer is sent."""
        uri = params.text_document.uri
        document = self._documents.texts.get(uri)
        if document is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        path, cell = self._place(document)
        self.pulls_cells = self.pulls_cells or cell is not None
        found = await self._desk.found(path)
        serial = self._serial(path)
        self._pulled[self._documents.uri(path)] = int(serial)
        if params.previous_result_id == serial:
            return types.RelatedUnchangedDocumentDiagnosticReport(serial)
        convert = self._converter()
        items = [convert.diagnostic(one) for one in found if cell is None or (one.cell or 1) == cell]
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=serial)

    async def workspace(self, params: Any) -> Any:
        """The findings of all files of the workspace, unless the settings want those of open files only."""
        options = [self._desk.options_of(folder) for folder in self._desk.folders]
        if all(each.workspace is not False for each in options):
            self._desk.lint_everything(True)
        await self._desk.runner.settled()
        before = {each.uri: each.value for each in params.previous_result_ids}
        convert = self._converter()
        items: list[Any] = []
        for path, known in sorted(self._desk.known.items()):
            uri, serial = self._documents.uri(path), str(known.serial)
            if uri in self._documents.notebooks:
                continue  # cells are pulled each for itself
            self._pulled[uri] = known.serial
            if before.get(uri) == serial:
                items.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, serial, known.version))
            elif known.diagnostics or uri in before:
                found = [convert.diagnostic(one) for one in known.diagnostics]
                full = types.WorkspaceFullDocumentDiagnosticReport
                items.append(full(uri, found, known.version, result_id=serial))
        return types.WorkspaceDiagnosticReport(items)

    async def hover(self, params: Any) -> Any:
        """The page of a rule: of a code in a suppression comment, else of the findings here."""
        document = self._documents.texts.get(params.text_document.uri)
        if document is None:
            return None
        line, column = params.position.line, params.position.character
        position = document.text.position(line, column, self._encoding())
        code = at_code(document.text.line(line), position.column - 1)
        codes = [code] if code else at_finding(await self._here(document), position)
        text = page(codes)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    async def actions(self, params: Any) -> Any:
        """What can be done about the findings in a part of a document, or in all of it."""
        document = self._documents.texts.get(params.text_document.uri)
        if document is None:
            return None
        wanted = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        found = await self._here(document)
        text, encoding = document.text, self._encoding()
        start = text.position(params.range.start.line, params.range.start.character, encoding)
        end = text.position(params.range.end.line, params.range.end.character, encoding)
        here = [one for one in found if _touches(one, start, end)]
        offered = [*self._offered(found, here, text.text)]
        chosen = [each for each in offered if _is_wanted(each.kind, wanted)]
        path, _ = self._place(document)
        return [self._action(each, path) for each in chosen]

    def _offered(self, found: list[Diagnostic], here: list[Diagnostic], text: str) -> Iterator[Action]:
        yield from fixes(here, self.unsafe)
        title = "nnlint: fix all that is safe to fix"
        whole = all_fixes(found, title, QUICK_FIX)
        if whole is not None and len(whole.fixes) > 1 and any(is_safe(one) for one in here):
            yield whole
        yield from (action for one in here if (action := excuse(one, text)) is not None)
        if whole is not None:
            yield replace(whole, kind=FIX_ALL)

    def _action(self, action: Action, path: Path) -> Any:
        convert = self._converter()
        edits: dict[str, list[Any]] = {}
        for edit in action.edits:
            uri = convert.uri(str(path), edit.cell)
            edits.setdefault(uri, []).append(convert.edit(str(path), edit))
        return types.CodeAction(
            action.title,
            kind=action.kind,
            diagnostics=[convert.diagnostic(one) for one in action.fixes] or None,
            is_preferred=action.preferred or None,
            edit=self._workspace_edit(edits),
        )

    def _workspace_edit(self, edits: dict[str, list[Any]]) -> Any:
        if not self.versioned:
            return types.WorkspaceEdit(changes=edits)
        changes = []
        for uri, each in edits.items():
            document = self._documents.texts.get(uri)
            version = document.version if document is not None else None
            identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
            changes.append(types.TextDocumentEdit(identifier, each))
        return types.WorkspaceEdit(document_changes=changes)

    async def _here(self, document: Document) -> list[Diagnostic]:
        """The findings of one document."""
        path, cell = self._place(document)
        found = await self._desk.found(path)
        return [one for one in found if cell is None or (one.cell or 1) == cell]

    def _place(self, document: Document) -> tuple[Path, int | None]:
        """The path a document is linted under, and the number of the cell it is."""
        if not document.notebook:
            return self._documents.path(document.uri), None
        notebook = self._documents.notebooks[document.notebook]
        numbers = {uri: number for number, (uri, _) in enumerate(notebook.cells, 1)}
        return self._documents.path(document.notebook), numbers.get(document.uri, 0)

    def _serial(self, path: Path) -> str:
        known = self._desk.known.get(path)
        return str(known.serial) if known is not None else "0"

    def _converter(self) -> Converter:
        return Converter(self._documents, self._encoding(), self._desk.source)


def _touches(one: Diagnostic, start: Position, end: Position) -> bool:
    """Whether a finding lies in a part of a text; a cursor anywhere on its lines is enough."""
    return one.span.start.row <= end.row and start.row <= one.span.end.row


def _is_wanted(kind: str, wanted: list[str]) -> bool:
    """Whether a kind is one of those asked for, or below one; without any, all but whole-file actions."""
    return any(kind == each or kind.startswith(f"{each}.") for each in wanted) or (
        not wanted and kind != FIX_ALL
    )
