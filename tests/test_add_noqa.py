"""`noqa` comments are added where they have to stand, and nothing else changes."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from nnlint.add_noqa import add_noqa, with_noqa
from nnlint.diagnostic import Diagnostic, Position, Severity, Span
from nnlint.suppress import apply, read_suppressions


def at(row: int, code: str = "NN201", path: str = "a.py", cell: int | None = None) -> Diagnostic:
    span = Span(Position(row, 1), Position(row, 2))
    return Diagnostic(path, cell, span, code, "a-name", "message", Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("x\ny\n", [at(2)], "x\ny  # noqa: NN201\n"),
        ("x", [at(1)], "x  # noqa: NN201"),
        ("x  \r\ny\r\n", [at(1)], "x  # noqa: NN201\r\ny\r\n"),
        ("x\n", [at(1), at(1, "NN101"), at(1)], "x  # noqa: NN101, NN201\n"),
        ("x  # noqa: E501\n", [at(1)], "x  # noqa: E501, NN201\n"),
        ("x  # noqa: E501 why\n", [at(1)], "x  # noqa: E501, NN201 why\n"),
        ("x  # type: ignore\n", [at(1)], "x  # type: ignore  # noqa: NN201\n"),
        ("x = '# noqa: E501'\n", [at(1)], "x = '# noqa: E501'  # noqa: NN201\n"),
        ("x = '''\n'''\ny\n", [at(1)], "x = '''\n'''  # noqa: NN201\ny\n"),
        ("x = 1 + \\\n  2\n", [at(1)], "x = 1 + \\\n  2  # noqa: NN201\n"),
        ("x\x0c = 1\ny\n", [at(2)], "x\x0c = 1\ny  # noqa: NN201\n"),
    ],
)
def test_comment(text: str, found: list[Diagnostic], expected: str) -> None:
    changed = with_noqa(text, found)
    assert changed == expected
    assert apply(found, read_suppressions(changed))[0] == []


def test_files_keep_their_coding_line_ends_and_marks(tmp_path: Path) -> None:
    latin = "# coding: latin-1\r\nx = 'é'\r\n".encode("latin-1")
    marked = codecs.BOM_UTF8 + b"x = 1\r"
    (tmp_path / "a.py").write_bytes(latin)
    (tmp_path / "b.py").write_bytes(marked)
    found = [at(2, path=str(tmp_path / "a.py")), at(1, path=str(tmp_path / "b.py"))]
    assert add_noqa(found) == (2, [])
    assert (tmp_path / "a.py").read_bytes() == latin.removesuffix(b"\r\n") + b"  # noqa: NN201\r\n"
    assert (tmp_path / "b.py").read_bytes() == codecs.BOM_UTF8 + b"x = 1  # noqa: NN201\r"


def test_what_cannot_be_excused_is_left_alone(tmp_path: Path) -> None:
    notebook, broken, gone = (str(tmp_path / name) for name in ("a.ipynb", "b.py", "c.py"))
    Path(notebook).write_text("{}")
    Path(broken).write_text("x = (\n")
    found = [at(1, path=notebook, cell=1), at(1, "NN900", broken), at(1, path=gone)]
    assert add_noqa(found) == (0, [notebook, gone])
    assert Path(broken).read_text() == "x = (\n"
    assert Path(notebook).read_text() == "{}"
