"""Notebooks become one program, with a map back to their cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnlint.notebook import InvalidNotebook, read_notebook
from nnlint.source import CellLine, Source


def code(source: object, **fields: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **fields}


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any], **fields: Any) -> Source:
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}
    return read_notebook(Path("a.ipynb"), json.dumps(content).encode())


def test_cells_count_from_one_among_all_cells() -> None:
    found = notebook(text("# Title\n"), code(["a = 1\n", "b = 2"]), text("more"), code("c = 3\n"))
    assert found.text == "a = 1\nb = 2\nc = 3\n"
    assert found.cells == (CellLine(2, 1), CellLine(2, 2), CellLine(4, 1))


def test_cells_in_other_languages_are_skipped() -> None:
    found = notebook(
        code("%%bash\nls\n"),
        code("\n%%html\n<b>\n"),
        code("%%time\nx = 1\n"),
        code("%%timeit\ny = 1\n"),
        code("select 1", metadata={"vscode": {"languageId": "sql"}}),
    )
    assert found.text == "\nx = 1\n"
    assert found.cells == (CellLine(3, 1), CellLine(3, 2))


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "R", "name": "ir"}},
        {"language_info": {"name": "julia"}, "kernelspec": {"language": "python"}},
    ],
)
def test_notebooks_in_other_languages_are_empty(metadata: dict[str, Any]) -> None:
    found = notebook(code("x <- 1\n"), metadata=metadata)
    assert (found.text, found.cells) == ("", ())


def test_old_notebooks_keep_their_cells_in_worksheets() -> None:
    cell = {"cell_type": "code", "language": "python", "input": "x = 1\n"}
    content = {"worksheets": [{"cells": [cell]}], "nbformat": 3, "metadata": {"name": ""}}
    found = read_notebook(Path("a.ipynb"), json.dumps(content).encode())
    assert found.text == "x = 1\n"
    assert found.cells == (CellLine(1, 1),)


def test_carriage_returns_and_byte_order_mark() -> None:
    content = json.dumps({"cells": [code("a = 1\r\nb = 2\r\n")], "metadata": {}}).encode("utf-8-sig")
    assert read_notebook(Path("a.ipynb"), content).text == "a = 1\nb = 2\n"


def test_indented_cells_are_moved_left_as_ipython_does() -> None:
    found = notebook(code("x = 0\n"), code("\n  if x:\n      y = 1\n# end\n  z = 2\n"))
    assert found.text == "x = 0\n\nif x:\n    y = 1\n# end\nz = 2\n"
    assert found.cells is not None
    assert [line.indent for line in found.cells] == [0, 0, 2, 2, 0, 2]


def test_lone_surrogates_do_not_reach_the_text() -> None:
    content = b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}], "metadata": {}}'
    assert read_notebook(Path("a.ipynb"), content).text == "x = '?'\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not valid JSON"),
        (b"[]", "not an object"),
        (b"{}", "no cells"),
        (b'{"cells": 3}', "not a list"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "cell 1 is not text"),
        (b"\xff", "not valid UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_invalid_notebooks(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidNotebook, match=reason):
        read_notebook(Path("a.ipynb"), data)


def test_strange_shapes_are_survived() -> None:
    found = read_notebook(Path("a.ipynb"), b'{"cells": [1, null, {"cell_type": []}], "metadata": 5}')
    assert found.text == ""
