"""Thousands of edits and messages that make no sense end where a fresh run begins, without growth."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path
from typing import Any

import pytest
from editing import BUG, Editor
from lsprotocol import types

EDITS = int(os.environ.get("NNLINT_SESSION_EDITS", "150"))
FUNCTIONS = "".join(
    f"\n\ndef layer_{number}(x):\n    y = torch.relu(x) * {number}\n    return torch.softmax(y, dim=1)\n"
    for number in range(12)
)
TYPED = (
    "(", ")", "'", '"""', "\n", "x", " ", "    y = 2\n", "else:\n", "\\\n", "# c\n", "def f():\n    pass\n",
    "𝄞", "\0",
)  # fmt: skip
GARBAGE = (
    b"{",
    b"[]",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": 3}',
    b'{"jsonrpc": "2.0", "method": "nonsense/really", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///no"}}}',
    b'{"jsonrpc": "2.0", "id": 4711, "result": {}}',
    b"\xff\xfe",
)


def memory(pid: int) -> int:
    """Resident kilobytes of a process."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("memory is read from /proc")
    line = next(line for line in status.read_text("ascii").split("\n") if line.startswith("VmRSS"))
    return int(line.split()[1])


def send(editor: Editor, body: bytes) -> None:
    """A message as it is, whatever it is."""
    editor.client.protocol.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))


def plain(found: list[Any]) -> list[tuple[Any, ...]]:
    return sorted((str(each.range), each.code, each.message) for each in found)


@pytest.mark.asyncio
async def test_random_edits_and_garbage(editor: Editor, tmp_path: Path) -> None:
    chosen = random.Random(7)
    text = BUG + FUNCTIONS
    (tmp_path / "net.py").write_text(text, "utf-8")
    await editor.start([tmp_path], {"debounce": 0}, pull=True)
    uri = editor.open(tmp_path / "net.py")
    await editor.pulled(uri)
    current, sizes = text, []
    for number in range(EDITS):
        at = chosen.randrange(len(current))
        current = current[:at] + chosen.choice(TYPED) + current[at + chosen.choice((0, 0, 1, 7)) :]
        if chosen.random() < 0.2:
            current = text
        editor.type(uri, current)
        if chosen.random() < 0.2:
            send(editor, chosen.choice(GARBAGE))
        if chosen.random() < 0.3:
            await editor.pulled(uri)
        if number in {EDITS // 2, EDITS - 1}:
            await editor.pulled(uri)
            sizes.append(memory(editor.client._server.pid))
    final = text.replace("nn.Linear(4, 3)", "nn.Linear(5, 3)")
    editor.type(uri, final)
    ended = await editor.pulled(uri)
    again = tmp_path / "again"
    again.mkdir()
    other = editor.open(again / "net.py", final)
    assert plain(ended) == plain(await editor.pulled(other))
    assert "NN201" in {each.code for each in ended}
    assert sizes[1] < sizes[0] * 1.15 + 4_000
    await asyncio.sleep(0)
    close = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
    editor.client.text_document_did_close(close)
