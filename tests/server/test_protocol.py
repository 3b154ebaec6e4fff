"""Sessions with the language server, over its real protocol."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from editing import BUG, Editor
from lsprotocol import types


def codes(found: list[Any]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.asyncio
async def test_a_finding_and_all_that_goes_with_it(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BUG, "utf-8")
    answer = await editor.start([tmp_path])
    assert answer.server_info.name == "nnlint"
    uri = editor.open(tmp_path / "net.py")
    (one,) = await editor.published(uri)
    assert one.code == "NN201"
    assert one.source == "nnlint"
    assert one.severity == types.DiagnosticSeverity.Error
    assert one.code_description.href.endswith("NN201-probabilities-as-logits.md")
    assert one.range.start.line == 3
    assert {each.location.uri for each in one.related_information} == {uri}
    assert 8 in {each.location.range.start.line for each in one.related_information}
    assert "NN201" in await editor.hover(uri, 3, 45)
    assert await editor.hover(uri, 0, 2) == ""


@pytest.mark.asyncio
async def test_typing(editor: Editor, tmp_path: Path) -> None:
    """Unsaved text counts, and what is shown belongs to the last version."""
    (tmp_path / "net.py").write_text("import torch\n", "utf-8")
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py")
    assert await editor.published(uri) == []
    editor.type(uri, BUG)
    assert codes(await editor.published(uri, bool)) == ["NN201"]
    editor.type(uri, "# Only a comment.\n" + BUG)
    (one,) = await editor.published(uri, lambda found: found and found[0].range.start.line == 4)
    assert 9 in {each.location.range.start.line for each in one.related_information}
    editor.type(uri, BUG + "\n\ndef broken(:\n")
    assert codes(await editor.published(uri, lambda found: codes(found) != ["NN201"])) == ["NN900"]
    editor.type(uri, BUG.replace(", nn.Softmax(dim=1)", ""))
    assert await editor.published(uri, lambda found: not found) == []


@pytest.mark.asyncio
async def test_partial_changes(editor: Editor, tmp_path: Path) -> None:
    """The columns of a change count in UTF-16, as those of findings do."""
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py", BUG.replace("model =", "a = '𝄞'; model ="))
    (one,) = await editor.published(uri)
    line = "a = '𝄞'; model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))"
    assert one.range.start.character == line.index("nn.Softmax") + 1
    start, end = line.index(", nn.Softmax") + 1, len(line)
    part = types.Range(types.Position(3, start), types.Position(3, end))
    change = types.TextDocumentContentChangePartial(part, "")
    identifier = types.VersionedTextDocumentIdentifier(2, uri)
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    assert await editor.published(uri, lambda found: not found) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
async def test_encodings(editor: Editor, tmp_path: Path, encoding: str, width: int) -> None:
    answer = await editor.start([tmp_path], encodings=[encoding])
    assert answer.capabilities.position_encoding == encoding
    uri = editor.open(tmp_path / "net.py", BUG.replace("model =", "a = '𝄞'; model ="))
    (one,) = await editor.published(uri)
    assert one.range.start.character == len("a = ''; model = nn.Sequential(nn.Linear(4, 3), ") + width


@pytest.mark.asyncio
async def test_another_file_changes(editor: Editor, tmp_path: Path) -> None:
    """Findings that lie between two files follow the unsaved text of both, and what is written to disk."""
    model = "from torch import nn\n\nmodel = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n"
    main = "from torch import nn\nfrom net import model\n\nloss = nn.CrossEntropyLoss()(model(x), y)\n"
    (tmp_path / "net.py").write_text(model, "utf-8")
    (tmp_path / "main.py").write_text(main, "utf-8")
    await editor.start([tmp_path])
    user, uri = editor.open(tmp_path / "main.py"), (tmp_path / "net.py").as_uri()
    (one,) = await editor.published(uri, bool)
    assert one.code == "NN201"
    assert user in {each.location.uri for each in one.related_information}
    editor.open(tmp_path / "net.py")
    for changed, text in (
        (uri, model.replace(", nn.Softmax(dim=1)", "")),
        (uri, model),
        (user, main.replace("CrossEntropyLoss", "L1Loss")),
        (user, main),
    ):
        editor.type(changed, text)
        await editor.published(uri, bool if text in {model, main} else lambda found: not found)
    close = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
    editor.client.text_document_did_close(close)
    (tmp_path / "net.py").write_text(model.replace(", nn.Softmax(dim=1)", ""), "utf-8")
    event = types.FileEvent(uri, types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await editor.published(uri, lambda found: not found) == []


@pytest.mark.asyncio
async def test_findings_from_the_script_that_uses_a_file(editor: Editor, tmp_path: Path) -> None:
    """As on the command line: what a script beside it does with a model tells what is wrong in it."""
    (tmp_path / "net.py").write_text(
        "from torch import nn\n\nmodel = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n", "utf-8"
    )
    (tmp_path / "main.py").write_text(
        "from torch import nn\nfrom net import model\n\n\ndef step(x, y):\n"
        "    return nn.CrossEntropyLoss()(model(x), y)\n",
        "utf-8",
    )
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py")
    (one,) = await editor.published(uri, bool)
    assert one.code == "NN201"
    assert one.range.start.line == 2


@pytest.mark.asyncio
async def test_pull(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BUG, "utf-8")
    (tmp_path / "other.py").write_text(BUG, "utf-8")
    await editor.start([tmp_path], pull=True)
    uri = editor.open(tmp_path / "net.py")
    identifier = types.TextDocumentIdentifier(uri)
    first = await editor.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier))
    assert codes(first.items) == ["NN201"]
    again = await editor.client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(identifier, previous_result_id=first.result_id)
    )
    assert again.kind == types.DocumentDiagnosticReportKind.Unchanged
    editor.type(uri, BUG.replace(", nn.Softmax(dim=1)", ""))
    assert await editor.pulled(uri) == []
    editor.type(uri, BUG)
    whole = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert {each.uri: codes(each.items) for each in whole.items} == {
        uri: ["NN201"],
        (tmp_path / "other.py").as_uri(): ["NN201"],
    }
    before = [types.PreviousResultId(each.uri, each.result_id) for each in whole.items]
    again = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(before))
    assert {each.kind for each in again.items} == {"unchanged"}
    assert not editor.client.diagnostics, "what is pulled is not pushed, too"


@pytest.mark.asyncio
async def test_ignore_on_this_line(editor: Editor, tmp_path: Path) -> None:
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py", BUG)
    await editor.published(uri, bool)
    (action,) = [each for each in await editor.actions(uri, 3) if "ignore" in each.title]
    (edit,) = action.edit.changes[uri]
    lines = BUG.split("\n")
    assert edit.range.start == edit.range.end == types.Position(3, len(lines[3]))
    lines[3] += edit.new_text
    assert lines[3].endswith("# noqa: NN201")
    editor.type(uri, "\n".join(lines))
    assert await editor.published(uri, lambda found: not found) == []
    assert "NN201" in await editor.hover(uri, 3, lines[3].index("NN201") + 2)
    assert await editor.actions(uri, 0) == []


@pytest.mark.asyncio
async def test_fixes(editor: Editor, tmp_path: Path) -> None:
    """Each fix, and all safe ones at once; unsafe ones say what they are."""
    text = (
        "import torch\n\noptimizer = torch.optim.SGD(torch.nn.Linear(2, 2).parameters(), lr=0.1)\n"
        "for batch in data:\n    optimizer.zero_grad\n    batch.backward()\n    optimizer.step\n"
    )
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "train.py", text)
    found = await editor.published(uri, bool)
    assert "NN310" in codes(found)
    line = next(each.range.start.line for each in found if each.code == "NN310")
    fix = next(each for each in await editor.actions(uri, line) if "ignore" not in each.title)
    assert fix.kind == "quickfix"
    assert fix.edit.changes[uri]
    (whole,) = await editor.actions(uri, 0, ["source.fixAll"])
    assert whole.kind == "source.fixAll.nnlint"
    assert len(whole.edit.changes[uri]) == codes(found).count("NN310")
    assert await editor.actions(uri, line, ["refactor"]) == []


@pytest.mark.asyncio
async def test_notebook(editor: Editor, tmp_path: Path) -> None:
    """Cells are one program; findings are told of the cell they lie in."""
    await editor.start([tmp_path])
    notebook = (tmp_path / "a.ipynb").as_uri()
    texts = [
        "%matplotlib inline\nfrom torch import nn\n",
        "# words",
        "model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))\n",
        "loss = nn.CrossEntropyLoss()(model(x), y)\n",
    ]
    uris = [f"{notebook}#cell{number}" for number in range(4)]
    kinds = [2, 1, 2, 2]
    pairs = zip(kinds, uris, strict=True)
    cells = [types.NotebookCell(types.NotebookCellKind(kind), uri) for kind, uri in pairs]
    items = [types.TextDocumentItem(uri, "python", 1, text) for uri, text in zip(uris, texts, strict=True)]
    document = types.NotebookDocument(notebook, "jupyter-notebook", 1, cells)
    editor.client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(document, items))
    (one,) = await editor.published(uris[2], bool)
    assert one.code == "NN201"
    assert one.range.start == types.Position(0, texts[2].index("nn.Softmax"))
    assert uris[3] in {each.location.uri for each in one.related_information}
    assert await editor.published(uris[3]) == []
    change = types.TextDocumentContentChangeWholeDocument("model = nn.Sequential(nn.Linear(4, 3))\n")
    cell = types.VersionedTextDocumentIdentifier(2, uris[2])
    content = types.NotebookDocumentCellContentChanges(cell, [change])
    event = types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(text_content=[content]))
    editor.client.notebook_document_did_change(
        types.DidChangeNotebookDocumentParams(types.VersionedNotebookDocumentIdentifier(2, notebook), event)
    )
    assert await editor.published(uris[2], lambda found: not found) == []


@pytest.mark.asyncio
async def test_settings(editor: Editor, tmp_path: Path) -> None:
    """Those of the client, those of the configuration file, and changes of both."""
    (tmp_path / "net.py").write_text(BUG, "utf-8")
    await editor.start([tmp_path], {"ignore": ["NN201"]})
    uri = editor.open(tmp_path / "net.py")
    assert await editor.published(uri) == []
    editor.client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"nnlint": {"severity": "warning", "debounce": 0}})
    )
    assert codes(await editor.published(uri, bool)) == ["NN201"]
    toml = tmp_path / "nnlint.toml"
    for text, expected in (('ignore = ["NN2"]\n', []), ("", ["NN201"])):
        toml.write_text(text, "utf-8")
        event = types.FileEvent(toml.as_uri(), types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await editor.published(uri, lambda found, wanted=expected: codes(found) == wanted)
    toml.write_text("ignored = 1\n", "utf-8")
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    while not editor.client.messages:
        await asyncio.sleep(0.05)
    assert "unknown key 'ignored'" in editor.client.messages[-1].message


@pytest.mark.asyncio
async def test_two_roots(editor: Editor, tmp_path: Path) -> None:
    """Each folder has its configuration and its modules; folders come and go."""
    for name, text in (("one", ""), ("two", 'ignore = ["NN2"]\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "nnlint.toml").write_text(text, "utf-8")
        (tmp_path / name / "net.py").write_text(BUG, "utf-8")
    await editor.start([tmp_path / "one", tmp_path / "two"])
    first, second = (editor.open(tmp_path / name / "net.py") for name in ("one", "two"))
    assert codes(await editor.published(first)) == ["NN201"]
    assert await editor.published(second) == []
    removed = types.WorkspaceFolder((tmp_path / "two").as_uri(), "two")
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([], [removed]))
    )
    editor.type(second, BUG + "\n")
    editor.type(first, BUG.replace(", nn.Softmax(dim=1)", ""))
    assert await editor.published(first, lambda found: not found) == []


@pytest.mark.asyncio
async def test_unused_code_is_marked(editor: Editor, tmp_path: Path) -> None:
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py", "x = 1  # noqa: NN201\n" + BUG)
    found = await editor.published(uri, bool)
    tags = {each.code: each.tags for each in found}
    assert list(tags["NN902"]) == [types.DiagnosticTag.Unnecessary]
    assert not tags["NN201"]
