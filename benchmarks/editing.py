"""From an edit to its diagnostics: 200 edits in a training script of 1,500 lines, against the bare parse.

    python -m benchmarks.editing [--edits 200] [--file PATH]

Every edit is followed by a bare parse of the whole text, so that both see the same machine; CPU seconds of
the thread count. The linter is the session of the language server, without protocol and pause in typing.
"""

from __future__ import annotations

import argparse
import ast
import gc
import random
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import libcst

from nnlint.server.session import Session
from nnlint.source import Source

__all__ = ["main", "script"]

_HEAD = """import argparse
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

"""
_PART = '''
class Net{n}(nn.Module):
    """A small convolutional network."""

    def __init__(self, channels, classes=10):
        super().__init__()
        self.first = nn.Conv2d(3, channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(channels, classes)

    def forward(self, x):
        x = torch.relu(self.norm(self.first(x)))
        x = torch.relu(self.second(x))
        x = self.pool(x).flatten(1)
        return self.head(x)


def data_{n}(size, batch):
    """Random images and labels."""
    images = torch.randn(size, 3, 32, 32)
    labels = torch.randint(0, 10, (size,))
    mean = images.mean(dim=(0, 2, 3), keepdim=True)
    spread = images.std(dim=(0, 2, 3), keepdim=True)
    images = (images - mean) / spread
    return DataLoader(TensorDataset(images, labels), batch_size=batch, shuffle=True)


def train_{n}(model, loader, optimizer, criterion, device):
    """One epoch; the mean loss."""
    model.train()
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
    return total / max(len(loader), 1)


def evaluate_{n}(model, loader, device):
    """The accuracy."""
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in loader:
            output = model(images.to(device))
            right += (output.argmax(dim=1) == labels.to(device)).sum().item()
            count += labels.numel()
    return right / max(count, 1)


def run_{n}(arguments):
    """Everything for one network."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = Net{n}(arguments.channels).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=arguments.rate, momentum=0.9)
    criterion = nn.CrossEntropyLoss()
    train, test = data_{n}(512, arguments.batch), data_{n}(128, arguments.batch)
    for epoch in range(arguments.epochs):
        loss = train_{n}(model, train, optimizer, criterion, device)
        print(epoch, loss, evaluate_{n}(model, test, device))

'''
_TAIL = """
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=3)
    arguments = parser.parse_args()
"""


def script(lines: int = 1_500) -> str:
    """A training script of about so many lines, whose `main` runs everything."""
    count = (lines - 25) // (_PART.count("\n") + 1)
    calls = "".join(f"    run_{number}(arguments)\n" for number in range(count))
    ending = '\n\nif __name__ == "__main__":\n    main()\n'
    return _HEAD + "".join(_PART.replace("{n}", str(n)) for n in range(count)) + _TAIL + calls + ending


def _edited(text: str, chosen: random.Random) -> str:
    """The text after one edit in a function: a comment, a line, a blank, half a call, a semicolon."""
    lines = text.split("\n")
    calls = [row for row, line in enumerate(lines) if line.startswith("    ") and line.endswith(")")]
    row = chosen.choice(calls)
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
    kind = chosen.randrange(5)
    if kind == 0:
        lines[row] += "  # so it is"
    elif kind == 1:
        lines.insert(row, f"{indent}extra = {chosen.randrange(100)} + 1")
    elif kind == 2:
        lines[row] += " "
    elif kind == 3:
        lines.insert(row, f"{indent}print(extra")
    else:
        lines[row] += ";"
    return "\n".join(lines)


def _code(text: str) -> str:
    """What Python makes of a text, the same whatever blanks and comments it has."""
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return ""


def _seconds(work: object) -> float:
    start = time.thread_time()
    work()  # type: ignore[operator]
    return time.thread_time() - start


def main() -> None:
    """Print the median and the 95th percentile of the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    chosen = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path = (options.file or Path(folder) / "train.py").absolute()
        text = options.file.read_text("utf-8") if options.file else script()
        session = Session(path.parent)
        first: list[float] = []
        settled: list[float] = []
        alike: list[bool] = []

        def look(current: str) -> tuple[float, float]:
            started = time.thread_time()
            session.edit(path, Source(path, current))
            session.catch_up()
            told = 0.0
            for _ in session.work():
                if not told:
                    session.report()
                    told = time.thread_time() - started
            session.report()
            return told, time.thread_time() - started

        gc.disable()
        look(text)
        for number in range(options.edits):
            current = _edited(text, chosen)
            told, whole = look(current)
            bare = _seconds(lambda: libcst.parse_module(text))
            first.append(told / bare)
            alike.append(_code(current) == _code(text))
            settled.append(whole / bare)
            if number % 40 == 39:
                gc.collect()
        changes = [one for one, same in zip(first, alike, strict=True) if not same]
        print(f"{text.count(chr(10))} lines, {options.edits} edits, ratio to the bare parse of the file:")
        named = (("first report", first), ("all done", settled), ("first report, code changed", changes))
        for name, ratios in named:
            print(f"{name}: median {median(ratios):.2f}, p95 {quantiles(ratios, n=20)[-1]:.2f}")


if __name__ == "__main__":
    main()
