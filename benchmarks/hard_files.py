"""Programs that are hard on an analyser, of any size, and how long nnlint takes over each.

    python -m benchmarks.hard_files

Every program is linted at two sizes, one twice the other: a ratio near 2 means time linear in the size.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.process import measure

__all__ = [
    "PROGRAMS",
    "branches",
    "columns",
    "cycle",
    "doubling",
    "long_file",
    "long_line",
    "loops",
    "nesting",
]

_HEAD = "import torch\nfrom torch import nn\n\n"


def long_file(lines: int) -> dict[str, str]:
    """A file of many small networks."""
    network = (
        "class Net{0}(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.first = nn.Linear(8, 8)\n"
        "        self.second = nn.Linear(8, 2)\n"
        "\n"
        "    def forward(self, x):\n"
        "        x = torch.relu(self.first(x))\n"
        "        return self.second(x)\n"
        "\n"
    )
    return {"long_file.py": _HEAD + "".join(network.format(number) for number in range(lines // 10))}


def branches(count: int) -> dict[str, str]:
    """One function with many conditions, one behind the other, each over the same variable."""
    branch = "    if flag > {0}:\n        x = torch.relu(x + {0})\n"
    body = "".join(branch.format(number) for number in range(count))
    return {"branches.py": f"{_HEAD}def forward(x, flag):\n{body}    return x\n"}


def nesting(depth: int) -> dict[str, str]:
    """One expression of calls inside calls."""
    return {"nesting.py": f"{_HEAD}x = torch.rand(2)\ny = {'torch.relu(' * depth}x{')' * depth}\n"}


def cycle(count: int) -> dict[str, str]:
    """Modules that import each other in a ring, each function calling the next module's."""
    part = "import torch\nfrom part{1} import run{1}\n\n\ndef run{0}(x):\n    return run{1}(torch.relu(x))\n"
    return {f"part{number}.py": part.format(number, (number + 1) % count) for number in range(count)}


def long_line(size: int) -> dict[str, str]:
    """A list of numbers of about `size` bytes on one line."""
    return {"long_line.py": f"{_HEAD}x = torch.tensor([{', '.join(['0.5'] * (size // 5))}])\n"}


def doubling(count: int) -> dict[str, str]:
    """Functions that each call the next one twice: calls double with every level."""
    part = "def run{0}(x):\n    return torch.relu(run{1}(x)) + run{1}(x)\n\n\n"
    body = "".join(part.format(number, number + 1) for number in range(count))
    return {"doubling.py": f"{_HEAD}{body}def run{count}(x):\n    return x\n\n\nrun0(torch.rand(2))\n"}


def columns(count: int) -> dict[str, str]:
    """A table that gets column after column."""
    head = "import pandas as pd\nimport torch\n\ndf = pd.read_csv('a.csv')\n"
    return {
        "columns.py": head
        + "".join(f"df['c{number}'] = df['a'] / 255 + {number}\n" for number in range(count))
    }


def loops(count: int) -> dict[str, str]:
    """Training functions, each with a loop of its own."""
    body = (
        "def train{0}(model, loader, optimizer):\n    for x, y in loader:\n        optimizer.zero_grad()\n"
        "        loss = nn.functional.cross_entropy(model(x), y)\n        loss.backward()\n"
        "        optimizer.step()\n\n\n"
    )
    return {"loops.py": _HEAD + "".join(body.format(number) for number in range(count))}


PROGRAMS: dict[str, tuple[Callable[[int], dict[str, str]], int]] = {
    "lines": (long_file, 50_000),
    "branches": (branches, 5_000),
    "nesting": (nesting, 2_000),
    "files in a cycle": (cycle, 500),
    "calls of two": (doubling, 800),
    "columns": (columns, 6_000),
    "training loops": (loops, 4_000),
    "bytes in a line": (long_line, 3_400_000),
}
"""What is made, and its full size."""


def main() -> None:
    """Print CPU seconds and peak memory of every program at half and at full size."""
    check = [sys.executable, "-m", "nnlint", "check", "--jobs", "1", "--no-cache", "--isolated", "--quiet"]
    print(f"{'program':18} {'size':>8} {'CPU s':>7} {'MiB':>5}")
    for name, (make, size) in PROGRAMS.items():
        for part in (size // 2, size):
            with tempfile.TemporaryDirectory() as folder:
                for file, text in make(part).items():
                    Path(folder, file).write_text(text)
                used = measure([*check, folder])
            print(f"{name:18} {part:8} {used.cpu:7.2f} {used.memory:5.0f}", flush=True)


if __name__ == "__main__":
    main()
