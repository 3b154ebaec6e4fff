"""Places in the units of the client, with characters that take two of some of them and four of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing import Editor, applied, width
from lsprotocol import types

HEAD = "'é𝄞'; model = nn.Sequential(nn.Linear(4, 3), "
MODEL = f"from torch import nn\n\n{HEAD}nn.Softmax(dim=1))  # 𝄞\n"
CALL = "'ü🎉'; loss = "
MAIN = f"from torch import nn\nfrom net import model\n\n{CALL}nn.CrossEntropyLoss()(model(x), y); '𝄞'\n"


def part(row: int, start: str, end: str, encoding: str) -> types.Range:
    """From behind one beginning of a line to behind another."""
    return types.Range(types.Position(row, width(start, encoding)), types.Position(row, width(end, encoding)))


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_everything_that_has_a_place(editor: Editor, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "main.py").write_text(MAIN, "utf-8")
    (tmp_path / "net.py").write_text(MODEL, "utf-8")
    await editor.start([tmp_path], encodings=[encoding])
    uri, main = editor.open(tmp_path / "net.py"), (tmp_path / "main.py").as_uri()
    (one,) = await editor.published(uri, bool)
    assert one.range == part(2, HEAD, f"{HEAD}nn.Softmax(dim=1)", encoding)
    there = [each.location.range for each in one.related_information if each.location.uri == main]
    assert part(3, CALL, f"{CALL}nn.CrossEntropyLoss()", encoding) in there
    offered = {each.title: each.edit.changes[uri] for each in await editor.actions(uri, 2)}
    (fix,) = [edits for title, edits in offered.items() if "Drop" in title]
    assert applied(MODEL, fix, encoding) == MODEL.replace(", nn.Softmax(dim=1)", "")
    excused = applied(MODEL, offered["NN201: ignore on this line"], encoding)
    assert excused == MODEL.replace("# 𝄞", "# 𝄞  # noqa: NN201")
    editor.type(uri, excused)
    await editor.published(uri, lambda found: not found)
    line = excused.split("\n")[2]
    column = width(line[: line.index("NN201")], encoding)
    assert "NN201" in await editor.hover(uri, 2, column)
    assert await editor.hover(uri, 2, column - 2) == ""
    change = types.TextDocumentContentChangePartial(
        part(2, line.partition("  # noqa")[0], line, encoding), ""
    )
    identifier = types.VersionedTextDocumentIdentifier(3, uri)
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    (one,) = await editor.published(uri, bool)
    assert one.range == part(2, HEAD, f"{HEAD}nn.Softmax(dim=1)", encoding)
