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
