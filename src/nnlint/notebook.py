"""Notebooks: nbformat JSON to one program, its code cells in order, with a map back to the cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nnlint.lines import split_lines
from nnlint.magics import blank_magics, is_python_cell
from nnlint.source import CellLine, Source

__all__ = ["InvalidNotebook", "is_notebook_path", "read_notebook"]


class InvalidNotebook(ValueError):
    """The file is no notebook; the message says why."""


def is_notebook_path(path: Path) -> bool:
    """Whether the name says that the file is a notebook."""
    return path.suffix.lower() == ".ipynb"


def read_notebook(path: Path, data: bytes) -> Source:
    """The Python code of a notebook (nbformat 3 or 4) as one text with a map to cells.

    Cells count from 1 among all cells, as ruff counts them. A notebook in another language is empty text.
    Raises InvalidNotebook where the bytes are no notebook.
    """
    notebook = _load(data)
    texts: list[str] = []
    rows: list[CellLine] = []
    if _is_python(notebook):
        for number, cell in enumerate(_cells(notebook), start=1):
            for row, (line, indent) in enumerate(_code(cell, number), start=1):
                texts.append(line + "\n")
                rows.append(CellLine(number, row, indent))
    return Source(path, "".join(texts), tuple(rows))


def _load(data: bytes) -> dict[str, Any]:
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidNotebook(f"it is not valid UTF-8 (byte {error.start})") from error
    except RecursionError as error:
        raise InvalidNotebook("its JSON is nested too deeply") from error
    except ValueError as error:
        raise InvalidNotebook(f"it is not valid JSON ({error})") from error
    if not isinstance(notebook, dict):
        raise InvalidNotebook("its JSON is not an object")
    return notebook


def _is_python(notebook: dict[str, Any]) -> bool:
    """Whether the kernel speaks Python; notebooks that do not say are taken for Python."""
    metadata = _table(notebook.get("metadata"))
    language = _table(metadata.get("language_info")).get("name") or _table(metadata.get("kernelspec")).get(
        "language", "python"
    )
    return isinstance(language, str) and language.lower() in {"python", "ipython", "python2", "python3"}


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All cells in order; nbformat 3 keeps them in worksheets."""
    if "cells" not in notebook and "worksheets" not in notebook:
        raise InvalidNotebook("it has no cells")
    sheets = notebook.get("worksheets")
    tables = [notebook] if "cells" in notebook else sheets if isinstance(sheets, list) else []
    for table in tables:
        cells = _table(table).get("cells", [])
        if not isinstance(cells, list):
            raise InvalidNotebook("its cells are not a list")
        yield from (_table(cell) for cell in cells)


def _code(cell: dict[str, Any], number: int) -> list[tuple[str, int]]:
    """The lines of a Python code cell, magics blanked out, each with the indent taken off it.

    Nothing for any other cell.
    """
    if cell.get("cell_type") != "code" or not _is_python_metadata(cell):
        return []
    lines = split_lines(_text(cell.get("source", cell.get("input", "")), number))
    if not is_python_cell(lines):
        return []
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    taken = [len(indent) if line.startswith(indent) else 0 for line in lines]
    moved = [line[count:] for line, count in zip(lines, taken, strict=True)]
    return list(zip(blank_magics(moved), taken, strict=True))


def _is_python_metadata(cell: dict[str, Any]) -> bool:
    """Editors note the language of a cell that differs from the kernel's."""
    editor = _table(_table(cell.get("metadata")).get("vscode"))
    languages = [editor.get("languageId", "python"), cell.get("language", "python")]
    return all(language == "python" for language in languages)


def _text(source: object, number: int) -> str:
    """nbformat allows a string or a list of strings."""
    parts = source if isinstance(source, list) else [source]
    words = [part for part in parts if isinstance(part, str)]
    if len(words) < len(parts):
        raise InvalidNotebook(f"the source of cell {number} is not text")
    text = "".join(words).replace("\0", " ")
    return text.encode("utf-8", "replace").decode("utf-8")  # JSON may spell lone surrogates


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
