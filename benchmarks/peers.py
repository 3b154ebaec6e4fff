"""The other linters that are measured where they are installed."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["PEERS", "peer_commands"]

PEERS: dict[str, tuple[str, ...]] = {
    "torchfix": ("--select", "ALL"),
    "pylint": (
        *("--rcfile", os.devnull, "--load-plugins", "dslinter"),
        *("--recursive", "y", "--jobs", "1", "--exit-zero"),
    ),
    "flake8": ("--isolated", "--jobs", "1"),
    "ruff": ("check", "--isolated", "--no-cache", "--exit-zero"),
}
"""Command names and the arguments that make a cold, complete run, in one process where there is a choice."""


def peer_commands(folder: Path) -> dict[str, list[str]]:
    """Commands of the peers found in an environment's folder of programs."""
    return {
        name: [str(folder / name), *arguments]
        for name, arguments in PEERS.items()
        if (folder / name).exists()
    }
