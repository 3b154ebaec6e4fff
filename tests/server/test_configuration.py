"""Settings that the server asks for, files it wants to hear of, and what changes when they do."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from editing import BUG, Editor
from lsprotocol import types

ASKED = types.WorkspaceClientCapabilities(
    configuration=True,
    did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
    did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
)


def codes(found: list[Any]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.asyncio
async def test_settings_that_are_asked_for(editor: Editor, tmp_path: Path) -> None:
    """For each folder its own; a change is heard of, and asked about."""
    registered: list[Any] = []

    @editor.client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: Any) -> None:
        registered.extend(params.registrations)

    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "net.py").write_text(BUG, "utf-8")
    client = editor.client
    client.set_configuration({"nnlint": {"debounce": 0}})
    client.set_configuration({"nnlint": {"ignore": ["NN201"]}}, scope_uri=folders[1].as_uri())
    await editor.start(folders, {"ignore": ["NN2"]}, workspace=ASKED)
    first, second = (editor.open(folder / "net.py") for folder in folders)
    assert codes(await editor.published(first, bool)) == ["NN201"]
    assert await editor.published(second) == []
    client.set_configuration({"nnlint": {"ignore": ["NN201"]}})
    client.set_configuration({"nnlint": {}}, scope_uri=folders[1].as_uri())
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    assert codes(await editor.published(second, bool)) == ["NN201"]
    await editor.published(first, lambda found: not found)
    (files,) = [each for each in registered if each.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    watched = {watcher["globPattern"] for watcher in files.register_options["watchers"]}
    assert {"**/*.py", "**/*.ipynb", "**/pyproject.toml", "**/nnlint.toml"} <= watched
    (settings,) = [each for each in registered if each.method == types.WORKSPACE_DID_CHANGE_CONFIGURATION]
    assert settings.register_options == {"section": "nnlint"}


@pytest.mark.asyncio
async def test_pyproject(editor: Editor, tmp_path: Path) -> None:
    """It appears, changes, breaks, is mended, and goes; open and closed folders follow it."""
    inner = tmp_path / "package"
    inner.mkdir()
    await editor.start([tmp_path])
    uri = editor.open(inner / "net.py", BUG)
    assert codes(await editor.published(uri, bool)) == ["NN201"]
    file = tmp_path / "pyproject.toml"

    async def becomes(text: str | None, wanted: list[str]) -> None:
        if text is None:
            file.unlink()
        else:
            file.write_text(text, "utf-8")
        kind = types.FileChangeType.Deleted if text is None else types.FileChangeType.Changed
        event = types.FileEvent(file.as_uri(), kind)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await editor.published(uri, lambda found: codes(found) == wanted)

    await becomes('[tool.nnlint]\nignore = ["NN201"]\n', [])
    await becomes('[tool.nnlint.per-file-ignores]\n"other.py" = ["NN201"]\n', ["NN201"])
    await becomes('[tool.nnlint]\nextend-exclude = ["package"]\n', [])
    await becomes("[tool.other]\n", ["NN201"])
    await becomes('[tool.nnlint.per-file-ignores]\n"package/*" = ["NN201"]\n', [])
    await becomes("[tool.nnlint\n", ["NN201"])
    while not editor.client.messages:
        await asyncio.sleep(0.05)
    assert "pyproject.toml" in editor.client.messages[-1].message
    await becomes('[tool.nnlint]\nextend-ignore = ["NN2"]\n', [])
    await becomes(None, ["NN201"])


@pytest.mark.asyncio
async def test_apis(editor: Editor, tmp_path: Path) -> None:
    """What the configuration says of calls counts while one types, in its folder and while it says so."""
    text = "import mylib\nfrom torch import nn\n\nloss = nn.CrossEntropyLoss()(mylib.head(x), y)\n"
    said, unsaid = tmp_path / "said", tmp_path / "unsaid"
    said.mkdir()
    unsaid.mkdir()
    await editor.start([said, unsaid])
    uri, other = editor.open(said / "net.py", text), editor.open(unsaid / "net.py", text)
    assert await editor.published(uri) == []
    file = said / "nnlint.toml"
    event = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
    changed = types.DidChangeWatchedFilesParams([event])
    file.write_text('[apis]\n"mylib.head" = { returns = "probabilities" }\n', "utf-8")
    editor.client.workspace_did_change_watched_files(changed)
    assert codes(await editor.published(uri, bool)) == ["NN201"]
    editor.type(other, text.replace("mylib.head(x)", "nn.Softmax(dim=1)(x)"))
    assert codes(await editor.published(other, bool)) == ["NN201"]
    editor.type(other, f"{text}\n")
    assert await editor.published(other, lambda found: not found) == []
    editor.type(uri, f"# Again.\n{text}")
    await editor.published(uri, lambda found: found and found[0].range.start.line == 4)
    file.unlink()
    editor.client.workspace_did_change_watched_files(changed)
    assert await editor.published(uri, lambda found: not found) == []
    settings = {"apis": {"mylib.head": {"returns": "probabilities"}}}
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    for each in (uri, other):
        assert codes(await editor.published(each, bool)) == ["NN201"]
