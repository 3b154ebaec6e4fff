"""The IR of first-party files, lowered once a run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nnlint.frontend.mending import mend
from nnlint.frontend.parse import Broken, parse
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project

__all__ = ["file_path", "lowered", "module_ir"]


@cache
def file_path(path: str) -> Path:
    """The path of a file by its text, made (and hashed) once."""
    return Path(path)


def lowered(project: Project, path: Path) -> ModuleIR | Broken | None:
    """The IR of a file, or its syntax error; None where it cannot be read."""
    if path not in project.cache:
        source = project.source(path)
        parsed = None if source is None else parse(source)
        if source is not None and isinstance(parsed, Broken) and source.is_notebook:
            mended, broken = mend(source)
            parsed = parse(mended)
            project.mended(path, mended, broken)
        project.cache[path] = parsed
    found: ModuleIR | Broken | None = project.cache[path]
    return found


def module_ir(project: Project, path: Path) -> ModuleIR | None:
    """The IR of a file that an import reaches; None where there is none."""
    found = lowered(project, path)
    return found if isinstance(found, ModuleIR) else None
