"""The packages that are measured, pinned, and where their sources are kept."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

__all__ = ["PACKAGES", "fetch"]

PACKAGES = {
    "segmentation-models-pytorch": "0.6.0",
    "timm": "1.0.31",
    "peft": "0.21.2",
    "transformers": "5.23.0",
}


def fetch(name: str, cache: Path) -> Path:
    """The folder with a package's files, downloaded once without its dependencies.

    Raises subprocess.CalledProcessError when pip cannot get it.
    """
    version = PACKAGES[name]
    folder = cache / f"{name}-{version}"
    if not folder.exists():
        wheels = cache / "wheels"
        wanted = [f"{name}=={version}", "--no-deps", "--only-binary", ":all:", "--dest", str(wheels)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted], check=True)
        (wheel,) = wheels.glob(f"{name.replace('-', '_')}-{version}-*.whl")
        partial = folder.with_name(folder.name + ".partial")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(partial)
        partial.rename(folder)
    return folder
