"""What can be done about a finding, in the words an editor shows and in the text it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from editing import BUG, STEPS, Editor, applied
from lsprotocol import types

BOTH = BUG + STEPS.partition("\n")[2]
MODEL, ZERO = 3, 12
"""Lines with a finding: one whose fix is unsafe, and one whose fix is safe."""


def titles(offered: list[Any]) -> list[str]:
    return [each.title for each in offered]


@pytest.mark.asyncio
async def test_safe_and_unsafe_fixes(editor: Editor, tmp_path: Path) -> None:
    """An unsafe fix says so, is never the one to prefer, and is no part of fixing all."""
    await editor.start([tmp_path])
    uri = editor.open(tmp_path / "net.py", BOTH)
    await editor.published(uri, bool)
    unsafe, excuse = await editor.actions(uri, MODEL)
    assert unsafe.title == "NN201: Drop the softmax (unsafe: may change behaviour)"
    assert not unsafe.is_preferred
    assert [each.code for each in unsafe.diagnostics] == ["NN201"]
    assert excuse.title == "NN201: ignore on this line"
    fixed = applied(BOTH, unsafe.edit.changes[uri])
    assert fixed == BOTH.replace(", nn.Softmax(dim=1)", "")
    safe, whole, excuse = await editor.actions(uri, ZERO)
    assert titles([safe, whole, excuse]) == [
        "NN310: Call `optimizer.zero_grad`",
        "nnlint: fix all that is safe to fix",
        "NN310: ignore on this line",
    ]
    assert [each.is_preferred for each in (safe, whole, excuse)] == [True, None, None]
    assert applied(BOTH, safe.edit.changes[uri]) == BOTH.replace("zero_grad\n", "zero_grad()\n")
    mended = BOTH.replace("zero_grad\n", "zero_grad()\n").replace("step\n", "step()\n")
    (all_at_once,) = await editor.actions(uri, 0, ["source.fixAll.nnlint"])
    for action in (whole, all_at_once):
        assert applied(BOTH, action.edit.changes[uri]) == mended
        assert [each.code for each in action.diagnostics] == ["NN310", "NN310"]
    assert await editor.actions(uri, 0, ["source.organizeImports"]) == []
    editor.type(uri, mended)
    (left,) = await editor.published(uri, lambda found: len(found) == 1)
    assert left.code == "NN201"
    assert await editor.actions(uri, 0, ["source.fixAll"]) == []


@pytest.mark.asyncio
async def test_what_the_settings_say_of_fixes(editor: Editor, tmp_path: Path) -> None:
    """Unsafe fixes are left out, rules have no fix that counts, and their fixes count as safe or not."""
    await editor.start([tmp_path], {"unsafeFixes": False})
    uri = editor.open(tmp_path / "net.py", BOTH)
    await editor.published(uri, bool)
    assert titles(await editor.actions(uri, MODEL)) == ["NN201: ignore on this line"]
    assert len(await editor.actions(uri, ZERO)) == 3
    settings = {"extendSafeFixes": ["NN201"], "extendUnsafeFixes": ["NN310"]}
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    (whole,) = await editor.actions(uri, 0, ["source.fixAll"])
    assert applied(BOTH, whole.edit.changes[uri]) == BOTH.replace(", nn.Softmax(dim=1)", "")
    fix, excuse = await editor.actions(uri, ZERO)
    assert fix.title == "NN310: Call `optimizer.zero_grad` (unsafe: may change behaviour)"
    settings = {"unfixable": ["NN310"]}
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    assert titles(await editor.actions(uri, ZERO)) == titles([excuse])


@pytest.mark.asyncio
async def test_edits_name_the_version(editor: Editor, tmp_path: Path) -> None:
    """Where the client can check it, an edit says which version of the text it is for."""
    can = types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    )
    await editor.start([tmp_path], workspace=can)
    uri = editor.open(tmp_path / "net.py", BUG)
    version = editor.type(uri, BOTH)
    notice = await editor.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert notice.version in {1, version}
    (one, *_) = await editor.actions(uri, ZERO)
    assert one.edit.changes is None
    (change,) = one.edit.document_changes
    assert (change.text_document.uri, change.text_document.version) == (uri, version)
    assert applied(BOTH, change.edits) == BOTH.replace("zero_grad\n", "zero_grad()\n")


@pytest.mark.asyncio
async def test_comments(editor: Editor, tmp_path: Path) -> None:
    """A comment joins the one that is there, stands where the statement ends, and works."""
    lines = BUG.split("\n")
    many = "model = nn.Sequential(\n    nn.Linear(4, 3),\n    nn.Softmax(dim=1),\n)"
    await editor.start([tmp_path])
    for number, (line, wanted) in enumerate(
        (
            (f"{lines[MODEL]}  # noqa: E501", f"{lines[MODEL]}  # noqa: E501, NN201"),
            (f"{lines[MODEL]}  # probabilities", f"{lines[MODEL]}  # probabilities  # noqa: NN201"),
            (many, many.replace("Softmax(dim=1),", "Softmax(dim=1),  # noqa: NN201")),
        )
    ):
        text = "\n".join([*lines[:MODEL], line, *lines[MODEL + 1 :]])
        uri = editor.open(tmp_path / f"net{number}.py", text)
        (one,) = await editor.published(uri, bool)
        row = one.range.start.line
        (action,) = [each for each in await editor.actions(uri, row) if "ignore" in each.title]
        changed = applied(text, action.edit.changes[uri])
        assert changed == text.replace(line, wanted)
        editor.type(uri, changed)
        await editor.published(uri, lambda found: not found)


@pytest.mark.asyncio
async def test_hover(editor: Editor, tmp_path: Path) -> None:
    """The page of a code in a comment, a list for a family, and nothing for what only looks like a code."""
    await editor.start([tmp_path])
    text = (
        "# noqa: NN201 and NN999\nx = 'NN201'  # NN201\n"
        "y = 1  # noqa: NN2, E501\n# nnlint: disable-file=NN310\n"
    )
    uri = editor.open(tmp_path / "a.py", text)
    lines = text.split("\n")

    async def at(row: int, word: str) -> str:
        return await editor.hover(uri, row, lines[row].index(word) + 1)

    assert (await at(0, "NN201")).startswith("# NN201: probabilities-as-logits")
    assert await at(0, "NN999") == ""
    assert await at(1, "NN201") == ""
    family = await at(2, "NN2")
    assert "- NN201 probabilities-as-logits: " in family
    assert "- NN310" not in family
    assert await at(2, "E501") == ""
    assert "# NN310" in await at(3, "NN310")
    assert await editor.hover(uri, 99, 0) == ""
