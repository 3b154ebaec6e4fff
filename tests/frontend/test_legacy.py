"""Python 2, rewritten so far that it parses; rows stay where they are."""

from __future__ import annotations

import pytest

from nnlint.frontend.legacy import modern


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print x", "print(x)"),
        ("print", "print"),
        ("print(x)", "print(x)"),
        ("print x, y,", "print(x, y,)"),
        ("print >>f, x", "print(  f, x)"),
        ("print 'a'  # why", "print('a')  # why"),
        ("print 'a'; print 'b'", "print('a'); print('b')"),
        ("if x: print y", "if x: print(y)"),
        ("print 'a %d' % (\n    3,\n)", "print('a %d' % (\n    3,\n))"),
        ("exec 'x = 1'", "exec('x = 1')"),
        ("raise E, 'text'", "raise E from  'text'"),
        ("a <> b", "a != b"),
        ("a = 10L + 0777", "a = 10 + 0o777"),
        ("a = 0.5 + 0", "a = 0.5 + 0"),
        ("self.print = 1", "self.print = 1"),
        ("text = '''\nprint x\n'''", "text = '''\nprint x\n'''"),
        ("x = (", "x = ("),
        ("x = 3)\nprint [(y]\n", "x = 3)\nprint([(y])\n"),
    ],
)
def test_statements(old: str, new: str) -> None:
    assert modern(old) == new


def test_handlers() -> None:
    old = "try:\n    f()\nexcept (A, B), e:\n    pass\n"
    assert modern(old) == "try:\n    f()\nexcept (A, B) as  e:\n    pass\n"


def test_what_is_python_3_already_is_left_alone() -> None:
    text = "try:\n    print(x, file=f)\nexcept A as e:\n    raise B(e) from e\n"
    assert modern(text) == text
