"""What the tests of the language server do in its client, in words of an editor."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from lsprotocol import types

BUG = """\
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))
criterion = nn.CrossEntropyLoss()


def step(x, y):
    return criterion(model(x), y)
"""
"""A softmax in front of a loss that applies its own."""

STEPS = """\
import torch

optimizer = torch.optim.SGD(torch.nn.Linear(2, 2).parameters(), lr=0.1)
for batch in data:
    optimizer.zero_grad
    batch.backward()
    optimizer.step
"""
"""Two calls without their parentheses."""

_BYTES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def width(text: str, encoding: str = "utf-16") -> int:
    """How many columns a text takes for a client."""
    codec, size = _BYTES[encoding]
    return len(text.encode(codec)) // size


def applied(text: str, edits: list[Any], encoding: str = "utf-16") -> str:
    """A text as an editor has it after these edits of the server."""
    lines = text.split("\n")

    def offset(place: Any) -> int:
        codec, size = _BYTES[encoding]
        before = lines[place.line].encode(codec)[: place.character * size].decode(codec)
        return sum(len(line) + 1 for line in lines[: place.line]) + len(before)

    ordered = sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True)
    for edit in ordered:
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


class Editor:
    """What the tests do with the client."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    async def start(
        self, folders: list[Path], options: dict[str, Any] | None = None, pull: bool = False, **extra: Any
    ) -> Any:
        """Say hello."""
        text = types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
            diagnostic=types.DiagnosticClientCapabilities() if pull else None,
        )
        notebooks = types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities())
        general = types.GeneralClientCapabilities(position_encodings=extra.pop("encodings", None))
        capabilities = types.ClientCapabilities(
            text_document=text, notebook_document=notebooks, general=general, **extra
        )
        return await self.client.initialize_session(
            types.InitializeParams(
                capabilities,
                workspace_folders=[types.WorkspaceFolder(path.as_uri(), path.name) for path in folders],
                initialization_options={"debounce": 0, **(options or {})},
            )
        )

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with this text if one is given."""
        uri = path.as_uri()
        self.texts[uri] = path.read_text("utf-8") if text is None else text
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, "python", 1, self.texts[uri])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> int:
        """Give a file another text; the new version."""
        self.texts[uri] = text
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        return self.versions[uri]

    async def published(self, uri: str, wanted: Any = lambda _found: True) -> list[Any]:
        """What is shown for a document, once that is as wanted."""
        for _ in range(600):
            found = self.client.diagnostics.get(uri)
            if found is not None and wanted(found):
                return list(found)
            await asyncio.sleep(0.05)
        raise AssertionError(f"{uri}: {self.client.diagnostics.get(uri)}")

    async def pulled(self, uri: str) -> list[Any]:
        """The findings of a document when it asks for them."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        return list((await self.client.text_document_diagnostic_async(params)).items)

    async def actions(self, uri: str, line: int, only: list[str] | None = None) -> list[Any]:
        """What is offered on a line."""
        place = types.Range(types.Position(line, 0), types.Position(line, 0))
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        return list(await self.client.text_document_code_action_async(params) or [])

    async def hover(self, uri: str, line: int, column: int) -> str:
        """What is shown under the cursor."""
        place = types.Position(line, column)
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), place)
        )
        return "" if found is None else str(found.contents.value)


class Cells:
    """A notebook in the editor; `texts` holds what is in its cells, by URI."""

    def __init__(self, editor: Editor, path: Path, cells: list[str]) -> None:
        self.client = editor.client
        self.uri = path.as_uri()
        self.version = 1
        self.texts: dict[str, str] = {}
        self.order: list[str] = []
        items = [self._new(text) for text in cells]
        self.order = [item.uri for item in items]
        kept = [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in self.order]
        document = types.NotebookDocument(self.uri, "jupyter-notebook", 1, kept)
        self.client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(document, items))

    def _new(self, text: str) -> Any:
        uri = f"{self.uri}#cell{len(self.texts)}"
        self.texts[uri] = text
        return types.TextDocumentItem(uri, "python", 1, text)

    def splice(self, start: int, gone: int, uris: list[str], opened: Any = (), closed: Any = ()) -> None:
        """Put these cells in the place of as many as are gone."""
        self.order[start : start + gone] = uris
        kept = [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in uris]
        structure = types.NotebookDocumentCellChangeStructure(
            types.NotebookCellArrayChange(start, gone, kept),
            did_open=list(opened) or None,
            did_close=[types.TextDocumentIdentifier(uri) for uri in closed] or None,
        )
        self._send(types.NotebookDocumentCellChanges(structure=structure))

    def insert(self, place: int, text: str) -> str:
        """A new cell; its URI."""
        item = self._new(text)
        self.splice(place, 0, [item.uri], [item])
        return str(item.uri)

    def delete(self, place: int) -> None:
        """A cell less."""
        self.splice(place, 1, [], closed=[self.order[place]])

    def move(self, place: int, to: int) -> None:
        """A cell elsewhere: taken out and put in, as editors tell of it."""
        uri = self.order[place]
        self.splice(place, 1, [])
        self.splice(to, 0, [uri])

    def words(self, place: int) -> None:
        """A cell that is words from now on, as an editor that keeps the document tells of it."""
        cell = types.NotebookCell(types.NotebookCellKind.Markup, self.order[place])
        self._send(types.NotebookDocumentCellChanges(data=[cell]))

    def close(self) -> None:
        """Away with it."""
        gone = [types.TextDocumentIdentifier(uri) for uri in self.order]
        identifier = types.NotebookDocumentIdentifier(self.uri)
        self.client.notebook_document_did_close(types.DidCloseNotebookDocumentParams(identifier, gone))

    def _send(self, cells: Any) -> None:
        self.version += 1
        identifier = types.VersionedNotebookDocumentIdentifier(self.version, self.uri)
        event = types.NotebookDocumentChangeEvent(cells=cells)
        self.client.notebook_document_did_change(types.DidChangeNotebookDocumentParams(identifier, event))
