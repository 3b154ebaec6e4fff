"""File name patterns."""

from __future__ import annotations

import pytest

from nnlint.patterns import Pattern


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.py", "/r/a/b.py", True),
        ("*.py", "/elsewhere/b.py", True),
        ("build", "/r/x/build", True),
        ("build", "/r/build/x.py", False),
        ("a/*.py", "/r/a/b.py", True),
        ("a/*.py", "/r/a/b/c.py", True),
        ("a/*.py", "/r/x/a/b.py", False),
        ("./a/b.py", "/r/a/b.py", True),
        ("a/**/b.py", "/r/a/b.py", True),
        ("a/**/b.py", "/r/a/x/y/b.py", True),
        ("a/", "/r/x/a", True),
        ("/r/a.py", "/r/a.py", True),
        ("?.py", "/r/ab.py", False),
        ("[ab].py", "/r/a.py", True),
        ("[!ab].py", "/r/a.py", False),
        ("{test,conf}_*.py", "/r/conf_x.py", True),
        ("a.py", "/r/axpy", False),
        ("a(1).py", "/r/a(1).py", True),
        ("[", "/r/[", True),
    ],
)
def test_matches(pattern: str, path: str, expected: bool) -> None:
    assert Pattern(pattern, "/r").matches(path) is expected


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("tests", "/r/tests/a.py", True),
        ("tests/", "/r/x/tests/b/a.py", True),
        ("a/b", "/r/a/b/c.py", True),
        ("a/b", "/r/x/a/b/c.py", False),
        ("r", "/r/a.py", False),
        ("*.py", "/r/a.py", True),
    ],
)
def test_covers_what_lies_below(pattern: str, path: str, expected: bool) -> None:
    assert Pattern(pattern, "/r").covers(path) is expected


def test_the_root_is_taken_literally() -> None:
    assert Pattern("a/b.py", "/r[1]").matches("/r[1]/a/b.py")
    assert not Pattern("a/b.py", "/r[1]").matches("/r1/a/b.py")
