"""`nnlint check --watch`, run as a user would."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLEAN = "import torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Linear(2, 2))\n"
LOSS = "nn.CrossEntropyLoss()(net(torch.rand(2, 2)).softmax(-1), torch.tensor([0, 1]))\n"
BUGGY = CLEAN + LOSS


def _wait(log: Path, text: str) -> str:
    """What was printed, once it holds a text."""
    for _ in range(600):
        if text in (printed := log.read_text()):
            return printed
        time.sleep(0.1)
    pytest.fail(f"{text!r} was not printed: {log.read_text()}")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_changes_are_linted_until_interrupted(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLEAN)
    log = tmp_path / "log"
    command = [sys.executable, "-m", "nnlint", "check", "--isolated", "--watch", "."]
    with log.open("wb") as output:
        # Whoever runs the tests in the background may have had interrupts ignored, and children inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(command, cwd=tmp_path, stdout=output, stderr=subprocess.STDOUT)
        signal.signal(signal.SIGINT, before)
    try:
        _wait(log, "watching 1 file")
        (tmp_path / "train.py").write_text(BUGGY)
        assert "NN201" in _wait(log, "1 finding")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert "Traceback" not in log.read_text()
    finally:
        process.kill()
        process.wait()


def test_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nnlint", "check", "--watch", "-"]
    done = subprocess.run(command, cwd=tmp_path, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--watch" in done.stderr
