"""Every way of being unreadable becomes NN901; everything Python reads is read."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from nnlint import reading
from nnlint.diagnostic import Diagnostic, Position, Severity
from nnlint.reading import parse_bytes, read
from nnlint.source import Source


def text_of(data: bytes, name: str = "a.py") -> str:
    found = parse_bytes(Path(name), data)
    assert isinstance(found, Source), found
    return found.text


def problem(found: Source | Diagnostic) -> str:
    assert isinstance(found, Diagnostic)
    assert (found.code, found.name, found.severity) == ("NN901", "unreadable-file", Severity.ERROR)
    assert found.span.start == Position(1, 1)
    return found.message


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 1\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        (codecs.BOM_UTF8 + b"x = 1\n", "x = 1\n"),
        ("# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"), "# -*- coding: latin-1 -*-\nx = 'é'\n"),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n# €\n".encode("cp1252"), None),
        (b"\x0cclass A:\n    pass\n", "\x0cclass A:\n    pass\n"),
        (b"", ""),
    ],
)
def test_text_is_decoded_as_python_decodes_it(data: bytes, text: str | None) -> None:
    assert text_of(data) == (data.decode("cp1252") if text is None else text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x = '\xff'\n", "utf-8"),
        (b"# coding: latin-17\n", "unknown encoding"),
        (b"# coding: rot13\nk = 1\n", "text encoding"),
        (b"x = 1\0\n", "NUL byte"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "encoding problem"),
        (b"# coding: unicode_escape\nx = '\\ud800'\n", "invalid text"),
    ],
)
def test_undecodable_bytes(data: bytes, reason: str) -> None:
    assert reason in problem(parse_bytes(Path("a.py"), data))


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in problem(read(tmp_path / "gone.py"))


def test_folder_and_pipe_are_not_opened(tmp_path: Path) -> None:
    assert "not a regular file" in problem(read(tmp_path))
    pipe = tmp_path / "pipe.py"
    os.mkfifo(pipe)
    assert "not a regular file" in problem(read(pipe))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    path.chmod(0)
    assert "permission denied" in problem(read(path))


def test_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PYTHON", 10)
    path = tmp_path / "a.py"
    path.write_text("x = 1\n" * 2)
    assert "too large" in problem(read(path))
    path.write_text("x = 1\n")
    assert isinstance(read(path), Source)


def test_loop_of_links(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.symlink_to(path)
    assert "symbolic links" in problem(read(path))


def test_broken_notebook_is_another_code() -> None:
    found = parse_bytes(Path("a.ipynb"), b"{")
    assert isinstance(found, Diagnostic)
    assert (found.code, found.name) == ("NN903", "invalid-notebook")
