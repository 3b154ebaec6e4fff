"""The pinned packages: which they are, and where their sources come from."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

__all__ = ["fetch", "pinned"]


def pinned(file: Path) -> dict[str, str]:
    """Versions by package."""
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2 and not row[0].startswith("#")}


def fetch(name: str, version: str, cache: Path) -> Path:
    """The folder with a package's files, downloaded once without its dependencies and only unpacked.

    Raises subprocess.CalledProcessError when pip cannot get it.
    """
    folder = cache / f"{name}-{version}"
    if not folder.exists():
        wheels = cache / "wheels" / name
        wanted = [f"{name}=={version}", "--no-deps", "--only-binary", ":all:", "--dest", str(wheels)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted], check=True)
        (wheel,) = wheels.glob("*.whl")
        partial = folder.with_name(f"{folder.name}.partial")
        with zipfile.ZipFile(wheel) as archive:
            sources = [entry for entry in archive.namelist() if entry.endswith((".py", ".ipynb"))]
            archive.extractall(partial, sources)
        partial.rename(folder)
    return folder
