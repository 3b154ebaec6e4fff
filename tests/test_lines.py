"""Lines are split where Python splits them."""

from __future__ import annotations

import pytest

from nnlint.lines import split_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\r\nb\rc\n\n", ["a", "b", "c", ""]),
        ("a\x0cb\u2028c\x1dd\n", ["a\x0cb\u2028c\x1dd"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines
