"""Cells that come, go and move, and what can be done in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from editing import STEPS, Cells, Editor, applied, width
from lsprotocol import types

IMPORTS = "%matplotlib inline\nfrom torch import nn\n"
MODEL = "'𝄞'; model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))"
BESIDE = "from torch import nn\n\nmodel = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n"
LOSS = "loss = nn.CrossEntropyLoss()(model(x), y)"


def none(found: list[Any]) -> bool:
    return not found


@pytest.mark.asyncio
async def test_cells_come_and_go(editor: Editor, tmp_path: Path) -> None:
    """The order of the cells is the order of the program, and cells that are gone show nothing."""
    await editor.start([tmp_path])
    book = Cells(editor, tmp_path / "a.ipynb", [IMPORTS, MODEL, LOSS])
    _, model, loss = book.order
    (one,) = await editor.published(model, bool)
    assert (one.code, one.range.start.line) == ("NN201", 0)
    assert one.range.start.character == width("'𝄞'; model = nn.Sequential(nn.Linear(4, 3), ")
    assert loss in {each.location.uri for each in one.related_information}
    book.move(2, 1)
    await editor.published(model, none)
    book.move(2, 1)
    await editor.published(model, bool)
    book.delete(2)
    await editor.published(model, none)
    again = book.insert(2, LOSS)
    (one,) = await editor.published(model, bool)
    assert again in {each.location.uri for each in one.related_information}
    book.words(2)
    await editor.published(model, none)
    book.insert(1, LOSS.replace("model(x)", "nn.Softmax(1)(x)"))
    (one,) = await editor.published(book.order[1], bool)
    assert one.range.start.character == LOSS.index("model")
    gone = book.order[1]
    book.delete(1)
    await editor.published(gone, none)
    book.insert(3, LOSS)
    await editor.published(model, bool)
    book.close()
    await editor.published(model, none)


@pytest.mark.asyncio
async def test_mending_cells(editor: Editor, tmp_path: Path) -> None:
    """Fixes and comments name the cell, and fixing all is about the cell where it was asked for."""
    await editor.start([tmp_path], pull=True)
    last = "'𝄞'; optimizer.step\noptimizer.zero_grad"
    book = Cells(editor, tmp_path / "a.ipynb", [STEPS, last])
    head, tail = book.order
    for uri in book.order:
        assert [each.code for each in await editor.pulled(uri)].count("NN310") == 2
    offered = {each.title: each.edit.changes for each in await editor.actions(tail, 0)}
    assert all(list(edits) == [tail] for edits in offered.values())
    assert {title: applied(last, edits[tail]).split("\n")[0] for title, edits in offered.items()} == {
        "NN310: Call `optimizer.step`": "'𝄞'; optimizer.step()",
        "nnlint: fix all that is safe to fix": "'𝄞'; optimizer.step()",
        "NN310: ignore on this line": "'𝄞'; optimizer.step  # noqa: NN310",
    }
    (whole,) = await editor.actions(tail, 0, ["source.fixAll"])
    assert applied(last, whole.edit.changes[tail]) == "'𝄞'; optimizer.step()\noptimizer.zero_grad()"
    (whole,) = await editor.actions(head, 0, ["source.fixAll"])
    mended = applied(STEPS, whole.edit.changes[head])
    assert mended == STEPS.replace("zero_grad", "zero_grad()").replace("step\n", "step()\n")


@pytest.mark.asyncio
async def test_pulling_cells(editor: Editor, tmp_path: Path) -> None:
    """Cells are pushed to a client that pulls files until it pulls a cell, too."""
    await editor.start([tmp_path], pull=True)
    book = Cells(editor, tmp_path / "a.ipynb", [IMPORTS, MODEL, LOSS])
    await editor.published(book.order[1], bool)
    pull = editor.client.text_document_diagnostic_async
    model = types.TextDocumentIdentifier(book.order[1])
    first = await pull(types.DocumentDiagnosticParams(model))
    assert [each.code for each in first.items] == ["NN201"]
    again = await pull(types.DocumentDiagnosticParams(model, previous_result_id=first.result_id))
    assert again.kind == "unchanged"
    assert await editor.published(book.order[1], none) == []
    book.delete(2)
    last = await pull(types.DocumentDiagnosticParams(model, previous_result_id=first.result_id))
    assert not last.items
    book.insert(2, LOSS)
    assert len(await editor.pulled(book.order[1])) == 1
    assert await editor.published(book.order[1]) == []
    assert await editor.pulled(book.uri) == []


@pytest.mark.asyncio
async def test_notebooks_of_jupyterlab(editor: Editor, tmp_path: Path) -> None:
    """It sends one text in a folder of its own making; modules beside the notebook are found all the same."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "net.py").write_text(BESIDE, "utf-8")
    await editor.start([tmp_path])
    text = (
        'get_ipython().run_line_magic("matplotlib", " inline")\n'
        "from torch import nn\nfrom net import model\n\n\n"
        "loss = nn.CrossEntropyLoss()(model(x), y)\n"
    )
    uri = editor.open(tmp_path / ".virtual_documents" / "sub" / "train.ipynb", text)
    net = (tmp_path / "sub" / "net.py").as_uri()
    (one,) = await editor.published(net, bool)
    assert one.code == "NN201"
    assert uri in {each.location.uri for each in one.related_information}
    editor.type(uri, text.replace("model(x)", "nn.Softmax(dim=1)(x)"))
    (one,) = await editor.published(uri, bool)
    assert one.range.start.line == 5
