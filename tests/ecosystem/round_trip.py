"""Whether fixes leave real code in order: every file is copied, mended, and looked at again.

    python tests/ecosystem/round_trip.py FOLDER ...

For each folder: everything mended is Python still, a second run changes nothing, and no file changes in
which nothing was found. Prints a line for each folder and what is wrong, and exits with 1 if anything is.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from nnlint.reading import parse_bytes
from nnlint.source import Source

__all__ = ["round_trip"]

_NNLINT = [sys.executable, "-m", "nnlint", "check", "--isolated", "--no-cache", "--jobs", "1", "-q"]
_ALL = ["--select", "ALL"]
_FIX = ["--fix-only", "--unsafe-fixes"]


def round_trip(folder: Path) -> tuple[str, list[str]]:
    """What happened, in a line, and everything that is wrong."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(folder, copy, ignore=_others)
        before = _contents(copy)
        found = json.loads(_run(copy, *_ALL, "--output-format", "json", "--exit-zero"))
        _run(copy, *_ALL, *_FIX)
        after = _contents(copy)
        left = json.loads(_run(copy, *_ALL, "--output-format", "json", "--exit-zero"))
        _run(copy, *_ALL, *_FIX)
        again = _contents(copy)
    named = {str(Path(one["filename"])) for one in found}
    changed = [path for path in before if before[path] != after[path]]
    wrong = [f"{path}: changed, though nothing was found in it" for path in changed if path not in named]
    wrong += [f"{path}: changed by a second run" for path in after if after[path] != again[path]]
    wrong += [f"{path}: no Python any more" for path in changed if _breaks(path, before[path], after[path])]
    fixable = sum(one["fix"] is not None for one in found)
    mended = len(found) - len(left)
    line = (
        f"{folder.name}: {len(before)} files, {len(found)} findings, {fixable} with a fix, "
        f"{mended} fewer after mending {len(changed)} files"
    )
    return line, wrong


def _others(folder: str, names: list[str]) -> Iterator[str]:
    """Everything but folders, Python files and notebooks."""
    for name in names:
        path = Path(folder) / name
        wanted = name not in {".git", "__pycache__"} if path.is_dir() else path.suffix in {".py", ".ipynb"}
        if path.is_symlink() or not wanted:
            yield name


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _run(folder: Path, *args: str) -> str:
    done = subprocess.run([*_NNLINT, *args, "."], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode > 1 and not done.stdout:
        raise RuntimeError(done.stderr)
    return done.stdout


def _breaks(name: str, before: bytes, after: bytes) -> bool:
    old, new = parse_bytes(Path(name), before), parse_bytes(Path(name), after)
    if not isinstance(old, Source) or not isinstance(new, Source):
        return True
    return _compiles(old.text) and not _compiles(new.text)


def _compiles(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError):
            return False
    return True


def _main(folders: list[str]) -> int:
    failed = False
    for folder in folders:
        line, wrong = round_trip(Path(folder))
        print(line, flush=True)
        for text in wrong:
            print(f"  {text}", flush=True)
        failed = failed or bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
