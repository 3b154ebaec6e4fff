"""Suppression comments: read as ruff reads them, on the rows they speak for."""

from __future__ import annotations

import pytest

from nnlint.diagnostic import Diagnostic, Position, Severity, Span
from nnlint.suppress import apply, read_suppressions, unused

KNOWN = frozenset({"NN101", "NN102", "NN201", "NN202", "NN902"})


def at(row: int, code: str = "NN201") -> Diagnostic:
    span = Span(Position(row, 1), Position(row, 2))
    return Diagnostic("a.py", None, span, code, "a-name", "message", Severity.ERROR)


def kept(text: str, *found: Diagnostic) -> list[Diagnostic]:
    return apply(found, read_suppressions(text))[0]


def leftover(text: str, *found: Diagnostic, selected: frozenset[str] = KNOWN) -> list[tuple[int, int, str]]:
    comments = read_suppressions(text)
    _, used = apply(found, comments)
    return [
        (one.span.start.row, one.span.start.column, text.split("\n")[one.span.start.row - 1][
            one.span.start.column - 1 : one.span.end.column - 1
        ])
        for one in unused("a.py", comments, used, selected, KNOWN)
    ]  # fmt: skip


# Each verdict was compared with what ruff 0.17 does with the same comment and one of its own codes.
@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("# noqa", True),
        ("#noqa", True),
        ("# NOQA", True),
        ("# noqa - as I say", True),
        ("# noqa NN101", True),
        ("# noqa: NN201", True),
        ("# noqa:NN201", True),
        ("# noqa : NN201", True),
        ("# noqa: E501, NN201", True),
        ("# noqa: E501 NN201", True),
        ("# noqa:, NN201", True),
        ("# noqa: E501NN201", True),
        ("# noqa: NN201 because of this", True),
        ("# type: ignore # noqa: NN201", True),
        ("# noqa: NN2", True),
        ("# noqa: NN20, E501", True),
        ("# noqa: NN", True),
        ("# nnlint: ignore[NN201] on purpose", True),
        ("# nnlint:ignore[ NN101,NN2 ]", True),
        ("# noqa: E501", False),
        ("# noqa: NN101", False),
        ("# noqa: N", False),
        ("# noqa: because", False),
        ("# noqa: reason NN201", False),
        ("# noqa: nn201", False),
        ("# noqaNN201", False),
        ("# nonoqa", False),
        ("# nnlint: ignore", False),
        ("# nnlint: ignore[]", False),
        ("# nnlint: ignore[NN101]", False),
    ],
)
def test_comment_at_the_end_of_the_line(comment: str, silent: bool) -> None:
    text = f"x = 1\ny = 2  {comment}\nz = 3\n"
    assert (kept(text, at(2)) == []) is silent
    assert kept(text, at(1), at(3)) == [at(1), at(3)]


def test_a_string_is_no_comment() -> None:
    assert kept('x = "# noqa"\n', at(1)) == [at(1)]
    assert kept('x = """\n# noqa\n"""\n', at(2)) == [at(2)]


def test_comment_behind_a_string_of_several_lines_speaks_for_all_of_it() -> None:
    text = 'x = f("""\nlong {y}\n""")  # noqa\ny = 1\n'
    assert kept(text, at(1), at(2), at(3), at(4)) == [at(4)]


def test_comment_behind_an_f_string_of_several_lines() -> None:
    assert kept('x = f"""\n{y}\n"""  # noqa\n', at(1), at(2), at(3)) == []


def test_comment_behind_continued_lines_speaks_for_all_of_them() -> None:
    assert kept("x = 1 + \\\n    2 + \\\n    3  # noqa\n", at(1), at(2), at(3)) == []


def test_comment_inside_brackets_speaks_for_its_line_only() -> None:
    assert kept("x = f(\n    1,  # noqa\n)\n", at(1), at(2), at(3)) == [at(1), at(3)]


def test_ignore_alone_on_a_line_speaks_for_the_next_statement() -> None:
    text = "# nnlint: ignore[NN201] why\n# more words\nx = f(\n    1,\n)\ny = 2\n"
    assert kept(text, at(3), at(4), at(6), at(3, "NN101")) == [at(6), at(3, "NN101")]


def test_ignore_alone_on_a_line_speaks_for_a_block() -> None:
    text = "# nnlint: ignore[NN2]\n@d(\n  1)\ndef f():\n    if x:\n        y()\n    z()\nw()\n"
    assert kept(text, *(at(row) for row in range(2, 9))) == [at(8)]


def test_skip_file() -> None:
    assert kept("x = 1\n# nnlint: skip-file\n", at(1)) == []
    assert kept("x = 1\n# nnlint: noqa\n", at(1)) == []
    assert kept("x = 1  # nnlint: noqa\n", at(1)) == [at(1)]


def test_codes_for_the_whole_file() -> None:
    text = "# nnlint: noqa: NN201\nx = 1\n"
    assert kept(text, at(2), at(2, "NN101")) == [at(2, "NN101")]
    assert kept("# nnlint: noqa: nothing\n", at(1)) == [at(1)]


def test_comments_are_found_where_tokens_are_not() -> None:
    assert kept("x = (\ny = 1  # noqa: NN201\n", at(2)) == []


def test_carriage_returns() -> None:
    assert kept("x = 1\r\ny = 2  # noqa\r\n", at(1), at(2)) == [at(1)]


def test_unused_codes_are_found_where_they_stand() -> None:
    text = "x = 1  # noqa: NN101, NN201\ny = 2  # nnlint: ignore[NN102] why\n# nnlint: noqa: NN202\n"
    assert leftover(text, at(1)) == [(1, 16, "NN101"), (2, 25, "NN102"), (3, 17, "NN202")]


def test_unused_general_and_foreign_comments_are_left_alone() -> None:
    assert leftover("x = 1  # noqa\ny = 1  # noqa: E501, N801\nz = 1  # noqa: NN999\n") == []


def test_unused_is_only_said_of_selected_rules() -> None:
    text = "x = 1  # noqa: NN201\ny = 2  # noqa: NN2\n"
    assert leftover(text, selected=frozenset({"NN201", "NN902"})) == [(1, 16, "NN201")]
    assert leftover(text, selected=KNOWN) == [(1, 16, "NN201"), (2, 16, "NN2")]


def test_unused_can_be_silenced_itself() -> None:
    assert leftover("x = 1  # noqa: NN201, NN902\n") == []
