"""A client that asks: what is unchanged, what is worth asking again, and questions that are taken back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from editing import BUG, Editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException

MODEL = "from torch import nn\n\nmodel = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n"
MAIN = "from torch import nn\nfrom net import model\n\nloss = nn.CrossEntropyLoss()(model(x), y)\n"
REFRESHES = types.WorkspaceClientCapabilities(
    diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
)


async def ask(editor: Editor, uri: str, before: str | None = None) -> types.DocumentDiagnosticReport:
    """The report of a document."""
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=before)
    return await editor.client.text_document_diagnostic_async(params)


@pytest.mark.asyncio
async def test_the_other_file_is_asked_about_again(editor: Editor, tmp_path: Path) -> None:
    """What is typed in one file changes what is found in another, and the client is told to ask."""
    (tmp_path / "net.py").write_text(MODEL, "utf-8")
    (tmp_path / "main.py").write_text(MAIN, "utf-8")
    await editor.start([tmp_path], {"workspace": "open"}, pull=True, workspace=REFRESHES)
    net, user = editor.open(tmp_path / "net.py"), editor.open(tmp_path / "main.py")
    alone, first = await ask(editor, user), await ask(editor, net)
    assert ([each.code for each in alone.items], [each.code for each in first.items]) == ([], ["NN201"])
    assert (await ask(editor, net, first.result_id)).kind == "unchanged"
    for text, wanted in ((MAIN.replace("CrossEntropyLoss", "L1Loss"), []), (MAIN, ["NN201"])):
        told = editor.client.diagnostic_refresh_count
        editor.type(user, text)
        assert (await ask(editor, user, alone.result_id)).kind == "unchanged"
        while editor.client.diagnostic_refresh_count == told:
            await asyncio.sleep(0.02)
        again = await ask(editor, net, first.result_id)
        assert [each.code for each in again.items] == wanted
        first = again


@pytest.mark.asyncio
async def test_the_workspace(editor: Editor, tmp_path: Path) -> None:
    """What did not change is named and not told again; files come and go; open ones count as they are."""
    for name, text in (("a.py", BUG), ("b.py", BUG), ("c.py", "import torch\n")):
        (tmp_path / name).write_text(text, "utf-8")
    a, b, c = ((tmp_path / name).as_uri() for name in ("a.py", "b.py", "c.py"))
    await editor.start([tmp_path], pull=True)
    known: dict[str, str] = {}

    async def whole() -> dict[str, int | None]:
        before = [types.PreviousResultId(uri, value) for uri, value in known.items()]
        found = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(before))
        known.update({each.uri: each.result_id for each in found.items})
        return {each.uri: None if each.kind == "unchanged" else len(each.items) for each in found.items}

    assert await whole() == {a: 1, b: 1}
    assert await whole() == {a: None, b: None}
    editor.open(tmp_path / "a.py", "import torch\n")
    assert await whole() == {a: 0, b: None}
    (tmp_path / "c.py").write_text(BUG, "utf-8")
    (tmp_path / "b.py").unlink()
    (tmp_path / "d.py").write_text(BUG, "utf-8")
    events = [
        types.FileEvent((tmp_path / "d.py").as_uri(), types.FileChangeType.Created),
        types.FileEvent(c, types.FileChangeType.Changed),
        types.FileEvent(b, types.FileChangeType.Deleted),
    ]
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))
    assert await whole() == {a: None, b: 0, c: 1, (tmp_path / "d.py").as_uri(): 1}


@pytest.mark.asyncio
async def test_questions_that_are_taken_back(editor: Editor, tmp_path: Path) -> None:
    """They are answered as cancelled, those after them as ever."""
    await editor.start([tmp_path], {"debounce": 300}, pull=True)
    uri = editor.open(tmp_path / "net.py", BUG)
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    protocol = editor.client.protocol
    for number in range(3):
        editor.type(uri, f"# {number}\n{BUG}")
        question = protocol.send_request_async(types.TEXT_DOCUMENT_DIAGNOSTIC, params, f"q{number}")
        asked = asyncio.ensure_future(question)
        await asyncio.sleep(0.05)
        protocol.notify(types.CANCEL_REQUEST, types.CancelParams(f"q{number}"))
        with pytest.raises(JsonRpcException, match="cancel") as caught:
            await asked
        assert caught.value.code == -32800
    (one,) = await editor.pulled(uri)
    assert one.range.start.line == 4


@pytest.mark.asyncio
async def test_what_is_closed(editor: Editor, tmp_path: Path) -> None:
    """Where only open files are linted, a file that is closed shows nothing any more."""
    (tmp_path / "net.py").write_text(BUG, "utf-8")
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py")
    await editor.published(uri, bool)
    close = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
    editor.client.text_document_did_close(close)
    await editor.published(uri, lambda found: not found)
    editor.open(tmp_path / "net.py", BUG.replace(", nn.Softmax(dim=1)", ""))
    editor.type(uri, BUG)
    await editor.published(uri, bool)
