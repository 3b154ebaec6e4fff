"""Neovim's own client, headless: the finding is shown, the action applied, and the buffer is right."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editing import BUG

pytestmark = pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no Neovim")


def drive(path: Path, wanted: str) -> str:
    """What Neovim saw in a file, with the first action of this title applied and the buffer written."""
    script = Path(__file__).with_name("nvim.lua")
    names = {"NNLINT_FILE": str(path), "NNLINT_WANTED": wanted, "NNLINT_PYTHON": sys.executable}
    done = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-c", f"luafile {script}"],
        env={**os.environ, **names},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_seeded_bug(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(BUG, "utf-8")
    seen = drive(path, "NN201: ignore on this line")
    assert "SHOWN 3:39 NN201 nnlint" in seen
    lines = BUG.split("\n")
    lines[3] += "  # noqa: NN201"
    assert path.read_text("utf-8") == "\n".join(lines)


def test_a_fix(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    text = (
        "import torch\n\noptimizer = torch.optim.SGD(torch.nn.Linear(2, 2).parameters(), lr=0.1)\n"
        "for batch in data:\n    optimizer.zero_grad()\n    batch.backward()\n    optimizer.step\n"
    )
    path.write_text(text, "utf-8")
    seen = drive(path, "NN310")
    assert "SHOWN 6:4 NN310 nnlint" in seen
    assert path.read_text("utf-8") == text.replace("step\n", "step()\n")
