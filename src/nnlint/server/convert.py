"""Findings as the protocol wants them: places in the client's units, links, tags."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsprotocol import types

from nnlint.diagnostic import Diagnostic, Edit, Position, Severity, Span
from nnlint.pages import page_path
from nnlint.server.documents import Documents
from nnlint.server.texts import Encoding, Text
from nnlint.source import Source

__all__ = ["UNUSED", "Converter"]

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
UNUSED = frozenset(
    {"overwritten-layer-output", "unused-layer-output", "unused-layer", "discarded-result",
     "unused-suppression"}
)  # fmt: skip
"""Rules about code that has no effect, which editors show faded."""


class Converter:
    """Turns findings of one state of the texts into messages.

    source: the text of a file that is not open.
    """

    def __init__(
        self, documents: Documents, encoding: Encoding, source: Callable[[Path], Source | None]
    ) -> None:
        self._documents = documents
        self._encoding = encoding
        self._source = source
        self._texts: dict[Path, Text] = {}

    def diagnostic(self, one: Diagnostic) -> Any:
        """A finding."""
        page = page_path(one.code, one.name)
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(self.uri(each.path, each.cell), self.range(each.path, each.cell, each.span)),
                each.message,
            )
            for each in one.related
        ]
        return types.Diagnostic(
            self.range(one.path, one.cell, one.span),
            one.message,
            severity=_SEVERITIES[one.severity],
            code=one.code,
            code_description=types.CodeDescription(page.as_uri()) if page is not None else None,
            source="nnlint",
            tags=[types.DiagnosticTag.Unnecessary] if one.name in UNUSED else None,
            related_information=related or None,
        )

    def edit(self, path: str, edit: Edit) -> Any:
        """An edit of a fix."""
        return types.TextEdit(self.range(path, edit.cell, edit.span), edit.content)

    def uri(self, path: str, cell: int | None) -> str:
        """The document of a place."""
        document = self._documents.text(Path(path), cell)
        return document.uri if document is not None else self._documents.uri(Path(path))

    def range(self, path: str, cell: int | None, span: Span) -> Any:
        """A place, in the client's units."""
        text = self._text(Path(path), cell)
        return types.Range(self._position(text, span.start), self._position(text, span.end))

    def _position(self, text: Text, position: Position) -> Any:
        return types.Position(position.row - 1, text.column(position, self._encoding))

    def _text(self, path: Path, cell: int | None) -> Text:
        document = self._documents.text(path, cell)
        if document is not None:
            return document.text
        if path not in self._texts:
            source = self._source(path)
            self._texts[path] = Text(source.text if source is not None else "")
        return self._texts[path]
