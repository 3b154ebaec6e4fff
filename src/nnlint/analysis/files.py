"""The IR of first-party files, lowered once a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from nnlint.frontend.broken import Broken
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project
from nnlint.source import Source

__all__ = ["file_path", "lowered", "module_ir"]

_PYTHON_2 = "this is Python 2, which Python 3 refuses"


@cache
def file_path(path: str) -> Path:
    """The path of a file by its text, made (and hashed) once."""
    return Path(path)


def lowered(project: Project, path: Path) -> ModuleIR | Broken | None:
    """The IR of a file, or its syntax error; None where it cannot be read."""
    project.trail.files.add(path)
    if path not in project.cache:
        source = project.source(path)
        project.cache[path] = None if source is None else _code(project, path, source)
    found: ModuleIR | Broken | None = project.cache[path]
    return found


def _code(project: Project, path: Path, source: Source) -> ModuleIR | Broken:
    """From an earlier run or another process, if it had this very content, else from the text."""
    codes = project.codes
    if codes is None or path in project.disputed:
        return _made(project, path, source)
    known: ModuleIR | None = codes.load(source) or codes.made_elsewhere(source)
    if known is not None:
        return known
    try:
        return _made(project, path, source)
    finally:
        codes.release(source)


def _made(project: Project, path: Path, source: Source) -> ModuleIR | Broken:
    """The IR of a text, or its syntax error."""
    from nnlint.frontend.parse import parse

    code = parse(source, quickly=path not in project.disputed)
    if isinstance(code, ModuleIR):
        if project.codes is not None:
            project.codes.save(source, code)
    elif source.is_notebook:
        from nnlint.frontend.mending import mend

        mended, broken = mend(source)
        code = parse(mended)
        project.mended(path, mended, broken)
    else:
        code = _untabbed(project, path, source) or _as_python_2(project, path, source, code)
    return code


def _untabbed(project: Project, path: Path, source: Source) -> ModuleIR | None:
    """The IR of a file with tabs behind spaces, which Python counts in another way than the parser."""
    from nnlint.frontend.legacy import untabbed
    from nnlint.frontend.parse import parse

    text = untabbed(source.text)
    parsed = None if text is None else parse(replace(source, text=text))
    if text is None or not isinstance(parsed, ModuleIR):
        return None
    project.mended(path, replace(source, text=text), ())
    return parsed


def _as_python_2(project: Project, path: Path, source: Source, error: Broken) -> ModuleIR | Broken:
    """The IR of a file in Python 2, read as what it would be today; its error where it is not that."""
    from nnlint.frontend.legacy import modern
    from nnlint.frontend.parse import parse

    text = modern(source.text)
    if text == source.text:
        return error
    parsed = parse(replace(source, text=text))
    if isinstance(parsed, ModuleIR):
        rows = zip(source.text.splitlines(), text.splitlines(), strict=False)
        changed = (row for row, (old, new) in enumerate(rows, 1) if old != new and row <= error.row)
        row = max(changed, default=error.row)  # numbers are renewed in comments, too
        project.mended(path, replace(source, text=text), (Broken(row, 1, _PYTHON_2),))
        return parsed
    return error


def module_ir(project: Project, path: Path) -> ModuleIR | None:
    """The IR of a file that an import reaches; None where there is none."""
    found = lowered(project, path)
    return found if isinstance(found, ModuleIR) else None
