"""Baselines recognise findings although lines move."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nnlint.baseline import BaselineError, load, remaining, write
from nnlint.diagnostic import Diagnostic, Position, Severity, Span
from nnlint.report import Report
from nnlint.source import Source


def report(folder: Path, text: str, *rows: int, code: str = "NN201") -> Report:
    path = str(folder / "a.py")
    spans = [Span(Position(row, 1), Position(row, 2)) for row in rows]
    found = [Diagnostic(path, None, span, code, "n", "m", Severity.ERROR) for span in spans]
    return Report(found, lambda path: Source(path, text))


def test_moved_lines_stay_known(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    assert write(file, report(tmp_path, "one\ntwo\n", 1, 2)) == 2
    after = report(tmp_path, "new\n\n  two\none\nthree\n", 3, 4, 5)
    (left,) = remaining(after, load(file), file)
    assert left.span.start.row == 5


def test_each_known_finding_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    write(file, report(tmp_path, "same\nsame\n", 1, 2))
    after = report(tmp_path, "same\nsame\nsame\n", 1, 2, 3)
    assert [one.span.start.row for one in remaining(after, load(file), file)] == [3]


def test_rule_path_and_text_must_match(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    write(file, report(tmp_path, "one\n", 1))
    known = load(file)
    assert len(remaining(report(tmp_path, "one\n", 1, code="NN101"), known, file)) == 1
    assert len(remaining(report(tmp_path, "two\n", 1), known, file)) == 1
    assert len(remaining(report(tmp_path / "sub", "one\n", 1), known, file)) == 1
    assert len(remaining(report(tmp_path, "one\n", 1), known, file)) == 0


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    file = tmp_path / "one" / "known.json"
    write(file, report(tmp_path, "one\n", 1))
    assert json.loads(file.read_text()) == {
        "version": 1,
        "findings": [{"path": "../a.py", "code": "NN201", "text": "one", "count": 1}],
    }
    moved = tmp_path / "two" / "one"
    moved.mkdir(parents=True)
    copy = moved / "known.json"
    copy.write_bytes(file.read_bytes())
    assert remaining(report(tmp_path / "two", "one\n", 1), load(copy), copy) == []


def test_cells_of_notebooks(tmp_path: Path) -> None:
    def notebook(text: str) -> Report:
        one = replace(report(tmp_path, text, 1).diagnostics[0], cell=1)
        return Report([one], lambda path: Source(path, text, ()))

    file = tmp_path / "known.json"
    write(file, notebook("one\n"))
    assert remaining(notebook("one\n"), load(file), file) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a baseline"),
        ("[]", "not a baseline"),
        ("{}", "not a baseline"),
        ('{"version": 1, "findings": [1]}', "not a baseline"),
        ('{"version": 1, "findings": [{"path": [], "code": "", "text": "", "count": 1}]}', "not a baseline"),
        ('{"version": 2, "findings": []}', "does not know version 2"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    with pytest.raises(BaselineError, match=reason):
        load(file)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="No such file"):
        load(tmp_path / "gone.json")
    with pytest.raises(BaselineError, match="cannot write"):
        write(tmp_path / "gone" / "known.json", report(tmp_path, "one\n", 1))
