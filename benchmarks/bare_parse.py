"""The yardstick: `libcst.parse_module` on the files of a folder that nnlint would parse, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import libcst

from nnlint.prefilter import Prefilter
from nnlint.project import Project
from nnlint.reading import read
from nnlint.source import Source

__all__ = ["main"]


def main(folder: Path, processes: int = 1) -> None:
    """Print the CPU and wall seconds of the parses; reading and choosing the files is not counted.

    processes: each parses its share, and needs nothing of the others: no program shares its work better.
    """
    files = sorted(folder.rglob("*.py"))
    project = Project((), _read, files, (folder,))
    chosen = Prefilter(project)
    texts = [source.text for file in files if chosen.passes(file) and (source := project.source(file))]
    print(f"{len(texts)} of {len(files)} files")
    wall, cpu = time.monotonic(), _cpu()
    if processes == 1:
        _parse(texts)
    else:
        _side_by_side([texts[first::processes] for first in range(processes)])
    print(f"counted wall seconds: {time.monotonic() - wall:.6f}")
    print(f"counted CPU seconds: {_cpu() - cpu:.6f}")


def _parse(texts: Sequence[str]) -> None:
    for text in texts:
        try:
            libcst.parse_module(text)
        except libcst.ParserSyntaxError:
            continue


def _side_by_side(shares: Sequence[Sequence[str]]) -> None:
    fork = multiprocessing.get_context("fork")  # the texts need not be sent
    children = [fork.Process(target=_parse, args=(share,)) for share in shares]
    for child in children:
        child.start()
    for child in children:
        child.join()


def _cpu() -> float:
    """CPU seconds of this process and those it waited for."""
    return sum(os.times()[:4])


def _read(path: Path) -> Source | None:
    found = read(path)
    return found if isinstance(found, Source) else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
