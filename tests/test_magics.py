"""What IPython adds to Python leaves, rows and columns stay."""

from __future__ import annotations

import ast

import pytest

from nnlint.magics import blank_magics


@pytest.mark.parametrize(
    ("line", "replacement"),
    [
        ("%matplotlib inline", ""),
        ("!pip install torch", ""),
        (";", ""),
        ("    ;  ", "    pass"),
        ("pip install torch", ""),
        ("model.fit?", ""),
        ("?model", ""),
        ("x = 1;", "x = 1;"),
        ("torch.nn??", ""),
        ("files = !ls *.py", "files = get_ipython()"),
        ("a, b = %run this.py", "a, b = get_ipython()"),
        ("    !ls", "    pass"),
        ("%time x = fit(y)", "pass; x = fit(y)"),
        ("%time for x in y: z(x)", ""),
        ("x %= 3", "x %= 3"),
        ("print('k = %d' % k)", "print('k = %d' % k)"),
        ('title("R = %0.1f" % r)', 'title("R = %0.1f" % r)'),
        ("x = y != z", "x = y != z"),
        ("x = 'a?'", "x = 'a?'"),
        ("print('what?')  # ok?", "print('what?')  # ok?"),
        ("assert x, 'is it?'", "assert x, 'is it?'"),
    ],
)
def test_one_line(line: str, replacement: str) -> None:
    assert blank_magics([line]) == [replacement]


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n%d\n!not a command\nwhat?\n"""',
        "x = (a\n  % b)",
        "x = a \\\n  % b",
        "x = {  # a comment with ( and '\n'k': '}',\n}\ny = 1",
        "x = 'it\\'s'\ny = \"\"\nz = '''it's'''",
    ],
)
def test_python_stays(text: str) -> None:
    ast.parse(text)
    assert "\n".join(blank_magics(text.split("\n"))) == text


def test_continued_magic() -> None:
    assert blank_magics(["!pip install \\", "    torch \\", "    keras", "x = 1"]) == ["", "", "", "x = 1"]


def test_magics_after_a_string_with_brackets() -> None:
    assert blank_magics(["x = '('", "!ls", "y = (", ")", "!ls"]) == ["x = '('", "", "y = (", ")", ""]
