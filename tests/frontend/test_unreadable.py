"""The row at which the tokenizer gives up, which its complaint does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.frontend.broken import Broken
from nnlint.frontend.parse import parse
from nnlint.source import Source

_SOUND = 'def f():\n    """Two\n    rows."""\n    return 1\n\n\n'

_BROKEN = [
    ("x = 3$\n", 7, "'$'"),
    ("a = 1\r\nb = `a`\r\n", 8, "'`'"),
    ("x = 0777\ny = 2\n", 7, "leading zeros"),
    ("a = 1\nb = 'x\nc = 2\n", 8, "unterminated string"),
    ("a = 1\nb = '''x\nc = 2\n", 8, "triple-quoted"),
    ("if a:\n        b = 1\n\tc = 2\n", 9, "tabs and spaces"),
    ("if a:\n    b = 1\n  c = 2\n", 9, "dedent"),
    ("a = 1\\ \n", 7, "line continuation"),
]


@pytest.mark.parametrize(("text", "row", "words"), _BROKEN)
def test_row(text: str, row: int, words: str) -> None:
    found = parse(Source(Path("a.py"), _SOUND + text))
    assert isinstance(found, Broken)
    assert (found.row, found.column) == (row, 1)
    assert words in found.message


def test_strings_over_several_rows_around_one_that_never_ends() -> None:
    text = _SOUND + "x = '''a\n'''\n" + 'y = """b\n' + "'''c'''\n" * 3
    found = parse(Source(Path("a.py"), text))
    assert isinstance(found, Broken)
    assert found.row == 9


def test_a_long_text_is_not_searched() -> None:
    found = parse(Source(Path("a.py"), "x = 1\n" * 100_000 + "y = `x`\n"))
    assert isinstance(found, Broken)
    assert found.row == 1
