"""The yardstick: `libcst.parse_module` on the files of a folder that nnlint would parse, and nothing else."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import libcst

from nnlint.prefilter import Prefilter
from nnlint.project import Project
from nnlint.reading import read
from nnlint.source import Source

__all__ = ["main"]


def main(folder: Path) -> None:
    """Print the CPU seconds of the parses; reading and choosing the files is not counted."""
    files = sorted(folder.rglob("*.py"))
    project = Project((), _read, files, (folder,))
    chosen = Prefilter(project)
    texts = [source.text for file in files if chosen.passes(file) and (source := project.source(file))]
    start = time.process_time()
    for text in texts:
        try:
            libcst.parse_module(text)
        except libcst.ParserSyntaxError:
            continue
    print(f"{len(texts)} of {len(files)} files")
    print(f"counted CPU seconds: {time.process_time() - start:.6f}")


def _read(path: Path) -> Source | None:
    found = read(path)
    return found if isinstance(found, Source) else None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
