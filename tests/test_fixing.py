"""Mending files: what the bytes look like afterwards, and what is not written."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nnlint.cli.main import main
from nnlint.diagnostic import Edit, Position, Span
from nnlint.fix.document import parses, rewrite
from nnlint.flake8_plugin import Plugin

LOOP = """import torch
from torch import nn

model = nn.Linear(3, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in loader:  # caf\u00e9
    optimizer.zero_grad()
    nn.CrossEntropyLoss()(model(x), y).backward()
    optimizer.step  # keep me
"""
MENDED = LOOP.replace("optimizer.step  #", "optimizer.step()  #")


def fix(*args: str) -> int | str | None:
    with pytest.raises(SystemExit) as caught:
        main(["check", "--isolated", "--no-cache", "-j", "1", *args])
    return caught.value.code


@pytest.mark.parametrize(
    ("encoding", "head", "newline"),
    [
        ("utf-8", "", "\n"),
        ("utf-8-sig", "", "\r\n"),
        ("latin-1", "# coding: latin-1\n", "\n"),
        ("utf-8", "", "\r"),
    ],
)
def test_only_the_touched_words_change(tmp_path: Path, encoding: str, head: str, newline: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes((head + LOOP).replace("\n", newline).encode(encoding))
    path.chmod(0o640)
    assert fix("--fix", str(path)) == 0
    assert path.read_bytes() == (head + MENDED).replace("\n", newline).encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [path]


def test_inserted_lines_end_like_their_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(MENDED.replace("    optimizer.zero_grad()\n", "").replace("\n", "\r\n").encode())
    assert fix("--fix", "--unsafe-fixes", str(path)) == 0
    lines = path.read_bytes().split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert lines[6:8] == [b"    optimizer.zero_grad()", b"    nn.CrossEntropyLoss()(model(x), y).backward()"]


@pytest.mark.parametrize("listed", [True, False])
def test_a_notebook_keeps_its_spelling(tmp_path: Path, listed: bool) -> None:
    path = tmp_path / "a.ipynb"
    lines = LOOP.splitlines(keepends=True)
    source = json.dumps(lines if listed else LOOP, ensure_ascii=False)
    text = '{"nbformat":4, "nbformat_minor": 5,\n "metadata" : {"x": "\\u00e9"},\n'
    text += f'   "cells": [{{"cell_type": "code", "outputs": [], "metadata": {{}},\n\t"source": {source}}}]}}'
    path.write_text(text, "utf-8")
    assert fix("--fix", str(path)) == 0
    assert path.read_text("utf-8") == text.replace("optimizer.step  #", "optimizer.step()  #")


def test_lines_are_put_into_a_notebook(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    wanted = MENDED.splitlines(keepends=True)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    before = {"cells": [cell | {"source": wanted[:6] + wanted[7:]}], "metadata": {}, "nbformat": 4}
    path.write_text(json.dumps(before, indent=1, ensure_ascii=False), "utf-8")
    assert fix("--fix", "--unsafe-fixes", str(path)) == 0
    after = {"cells": [cell | {"source": wanted}], "metadata": {}, "nbformat": 4}
    assert path.read_text("utf-8") == json.dumps(after, indent=1, ensure_ascii=False)


def test_what_would_change_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text(LOOP, "utf-8")
    assert fix("--diff", str(path)) == 1
    out, err = capsys.readouterr()
    assert "-    optimizer.step  # keep me\n+    optimizer.step()  # keep me\n" in out
    assert err == "nnlint: would fix 1 finding\n"
    assert path.read_text("utf-8") == LOOP
    assert fix("--diff", "--unfixable", "NN310", str(path)) == 0


def test_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    for arguments, status in (
        (["--fix-only"], 0),
        (["--fix", "--exit-non-zero-on-fix"], 1),
        (["--fix", "--show-fixes"], 0),
    ):
        path.write_text(LOOP, "utf-8")
        assert fix(*arguments, str(path)) == status, arguments
        assert path.read_text("utf-8") == MENDED
    assert "1 × NN310 (uncalled-method)" in capsys.readouterr().err


def test_suppressed_findings_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    text = LOOP.replace("# keep me", "# noqa: NN310")
    path.write_text(text, "utf-8")
    assert fix("--fix", "--select", "NN310", str(path)) == 0
    assert path.read_text("utf-8") == text


def test_standard_input_comes_back_mended() -> None:
    command = [sys.executable, "-m", "nnlint", "check", "--isolated", "--fix", "-"]
    done = subprocess.run(command, input=LOOP.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, MENDED)


def test_files_that_cannot_be_given_back_are_not_written() -> None:
    edit = Edit(Span(Position(1, 1), Position(1, 1)), "y = ")
    assert rewrite(Path("a.py"), b"x\n", [edit]) == b"y = x\n"
    assert rewrite(Path("a.py"), b"\0", [edit]) is None
    assert rewrite(Path("a.py"), b"x\n", [Edit(Span(Position(9, 1), Position(9, 1)), "")]) is None
    assert not parses(Path("a.py"), b"x = 1\n", b"x = \n")
    assert parses(Path("a.py"), b"x = 1\n", b"x = 2\n")


def test_flake8_is_told_nothing_until_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.py"
    path.write_text(LOOP, "utf-8")
    plugin = Plugin(ast.parse(LOOP), os.fspath(path), LOOP.splitlines(keepends=True))
    Plugin.parse_options(SimpleNamespace(select=None, extend_select=["E1"]))
    assert list(plugin.run()) == []
    Plugin.parse_options(SimpleNamespace(select=["NN"], extend_select=None))
    found = [(row, column, text[:5]) for row, column, text, _ in plugin.run()]
    assert (9, 4, "NN310") in found
    stdin = Plugin(ast.parse(LOOP), "stdin", LOOP.splitlines(keepends=True))
    assert len(list(stdin.run())) == len(found)
    Plugin.parse_options(SimpleNamespace(select=None, extend_select=None))


def test_comments_can_be_ignored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text("# nnlint: skip-file\n" + LOOP, "utf-8")
    assert fix("-q", str(path)) == 0
    assert fix("-q", "--ignore-noqa", "--select", "NN310", str(path)) == 1
    assert ":10:5: NN310 " in capsys.readouterr().out
    assert fix("--silent", "--ignore-noqa", str(path)) == 1
    assert capsys.readouterr() == ("", "")


def test_reviewdog_gets_suggestions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text(LOOP, "utf-8")
    assert fix("-q", "--output-format", "rdjson", "--select", "NN310", str(path)) == 1
    (one,) = json.loads(capsys.readouterr().out)["diagnostics"]
    place = {"line": 9, "column": 19}
    assert one["suggestions"] == [{"range": {"start": place, "end": place}, "text": "()"}]
    assert (one["severity"], one["code"]["value"]) == ("ERROR", "NN310")
