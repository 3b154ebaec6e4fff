"""What every format makes of the same findings."""

from __future__ import annotations

import json
from pathlib import Path

from nnlint.diagnostic import Diagnostic, Position, Related, Severity, Span
from nnlint.report import Report, render
from nnlint.report.text import visible
from nnlint.source import CellLine, Source

TEXT = "import torch\nx = '''\n'''; y = 1\n"


def span(row: int, column: int, end_row: int, end_column: int) -> Span:
    return Span(Position(row, column), Position(end_row, end_column))


ONE = Diagnostic(
    "a.py",
    None,
    span(2, 5, 3, 4),
    "NN201",
    "probabilities-as-logits",
    "gets probabilities",
    Severity.ERROR,
    (Related("b.ipynb", span(1, 1, 1, 3), "softmax is applied here", 4),),
)
TWO = Diagnostic("b.ipynb", 3, span(4, 1, 4, 2), "NN101", "overwritten", "lost", Severity.WARNING)


def source(path: Path) -> Source | None:
    if path.name == "b.ipynb":
        rows = (CellLine(3, 1), CellLine(3, 2), CellLine(3, 3), CellLine(3, 4), CellLine(4, 1))
        return Source(path, "a\nb\nc\nd\nsoftmax(x)\n", rows)
    return Source(path, TEXT) if path.name == "a.py" else None


REPORT = Report((ONE, TWO), source)


def test_concise() -> None:
    assert render("concise", REPORT) == (
        "a.py:2:5: NN201 gets probabilities\nb.ipynb:cell 3:4:1: NN101 lost\n"
    )
    assert render("concise", Report(())) == ""


def test_json() -> None:
    one, two = json.loads(render("json", REPORT))
    assert one == {
        "cell": None,
        "code": "NN201",
        "end_location": {"column": 4, "row": 3},
        "filename": "a.py",
        "location": {"column": 5, "row": 2},
        "message": "gets probabilities",
        "name": "probabilities-as-logits",
        "noqa_row": 3,
        "related": [
            {
                "cell": 3,
                "end_location": {"column": 3, "row": 1},
                "filename": "b.ipynb",
                "location": {"column": 1, "row": 1},
                "message": "softmax is applied here",
            }
        ],
        "severity": "error",
    }
    assert (two["cell"], two["location"], two["noqa_row"]) == (2, {"column": 1, "row": 4}, 4)
    assert json.loads(render("json", Report(()))) == []


def test_control_characters_become_visible() -> None:
    assert visible("a\x1b[31m\r\n\t\x7f\x9b\u202e\udc80é漢\u200d") == "a␛[31m␍␊␉␡���é漢\u200d"
    evil = Diagnostic("a\x1b]0;\x07.py", None, ONE.span, "NN101", "n", "m\x1b[2J", Severity.ERROR)
    assert render("concise", Report((evil,))) == "a␛]0;␇.py:2:5: NN101 m␛[2J\n"
