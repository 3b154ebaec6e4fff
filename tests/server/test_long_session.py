"""A thousand edits and messages that make no sense end where a fresh run begins, without growth."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from editing import Editor, width
from lsprotocol import types

EDITS = int(os.environ.get("NNLINT_SESSION_EDITS", "1000"))
MODEL = "from torch import nn\n\nmodel = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n" + "".join(
    f"\n\ndef layer_{number}(x):\n    y = nn.functional.relu(x) * {number}\n    return y.softmax(dim=1)\n"
    for number in range(8)
)
MAIN = (
    "import torch\nfrom torch import nn\nfrom net import layer_0, model\n\n"
    "criterion = nn.CrossEntropyLoss()\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n\n\n"
    "def step(x, y):\n    loss = criterion(model(x), y) + criterion(layer_0(x), y)\n"
    "    loss.backward()\n    optimizer.step\n"
)
TYPED = (
    "(", ")", "'", '"""', "\n", "x", " ", "    y = 2\n", "else:\n", "\\\n", "# c\n", "def f():\n    pass\n",
    "𝄞", "\0", "import torch\n", "model = None\n", "# noqa", "# nnlint: skip-file\n", "",
)  # fmt: skip
GARBAGE = (
    b"{",
    b"[]",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": 3}',
    b'{"jsonrpc": "2.0", "method": "nonsense/really", "params": {}}',
    b'{"jsonrpc": "2.0", "id": "what", "method": "nonsense/really", "params": {}}',
    b'{"jsonrpc": "2.0", "id": "why", "method": "textDocument/hover", "params": {"position": -1}}',
    b'{"jsonrpc": "2.0", "id": "who", "method": "textDocument/diagnostic", "params": {"textDocument": '
    b'{"uri": "file:///no"}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///no"}}}',
    b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 12345}}',
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


class Typist:
    """Types into one file by changes of parts only, and can take back what was typed."""

    def __init__(self, editor: Editor, path: Path) -> None:
        self.editor = editor
        self.uri = editor.open(path)
        self.text = path.read_text("utf-8")
        self.version = 1
        self.done: list[tuple[int, int, str]] = []

    def type(self, start: int, end: int, new: str, keep: bool = True) -> None:
        """Put a text in the place of what is between two offsets."""
        change = types.TextDocumentContentChangePartial(types.Range(self._at(start), self._at(end)), new)
        if keep:
            self.done.append((start, start + len(new), self.text[start:end]))
        self.text = self.text[:start] + new + self.text[end:]
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        params = types.DidChangeTextDocumentParams(identifier, [change])
        self.editor.client.text_document_did_change(params)

    def undo(self) -> None:
        """Take back the last one."""
        if self.done:
            self.type(*self.done.pop(), keep=False)

    def _at(self, offset: int) -> types.Position:
        if offset == len(self.text):
            return types.Position(1_000_000, 7)
        before = self.text[:offset].rpartition("\n")
        return types.Position(before[0].count("\n") + len(before[1]), width(before[2]))


def shown(found: list[Any]) -> list[tuple[Any, ...]]:
    """Findings as an editor has them."""
    return sorted((one.code, one.range.start.line + 1, one.message) for one in found)


def afresh(folder: Path, texts: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    """What the command line finds in these files, in a process of its own."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    command = [sys.executable, "-m", "nnlint", "check", "--no-cache", "--isolated", "--output-format", "json"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in texts}
    for each in json.loads(done.stdout):
        one = (each["code"], each["location"]["row"], each["message"])
        found[Path(each["filename"]).name].append(one)
    return {name: sorted(each) for name, each in found.items()}


@pytest.mark.asyncio
async def test_random_edits_and_garbage(editor: Editor, tmp_path: Path) -> None:
    chosen = random.Random(7)
    root = tmp_path / "session"
    root.mkdir()
    (root / "net.py").write_text(MODEL, "utf-8")
    (root / "main.py").write_text(MAIN, "utf-8")
    await editor.start([root], {"debounce": 0}, pull=True)
    typists = {name: Typist(editor, root / name) for name in ("net.py", "main.py")}

    async def agrees(place: str) -> dict[str, list[tuple[Any, ...]]]:
        there = {name: shown(await editor.pulled(each.uri)) for name, each in typists.items()}
        assert there == afresh(tmp_path / place, {name: each.text for name, each in typists.items()})
        return there

    sizes = []
    for number in range(EDITS):
        typist = chosen.choice(list(typists.values()))
        if chosen.random() < 0.4:
            typist.undo()
        else:
            start = chosen.randrange(len(typist.text) + 1)
            end = min(start + chosen.choice((0, 0, 1, 7, 40)), len(typist.text))
            typist.type(start, end, chosen.choice(TYPED))
        if chosen.random() < 0.2:
            body = chosen.choice(GARBAGE)
            editor.client.protocol.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        if chosen.random() < 0.3:
            await editor.pulled(typist.uri)
        if len(typist.done) > 12:
            while typist.done:
                typist.undo()
        if number in {EDITS // 3, 2 * EDITS // 3, EDITS - 1}:
            await agrees(f"after {number}")
            sizes.append(memory(editor.client._server.pid))
    for typist, text in zip(typists.values(), (MODEL, MAIN), strict=True):
        while typist.done:
            typist.undo()
        assert typist.text == text
        typist.type(0, 0, "# Begun anew.\n")
    ended = await agrees("at the end")
    assert [one[:2] for one in ended["net.py"]] == [("NN201", 4), ("NN201", 9)]
    assert "NN310" in {code for code, _, _ in ended["main.py"]}
    print(f"resident memory after each third of {EDITS} edits, in kB: {sizes}")
    assert sizes[2] < sizes[0] * 1.1 + 4_000
