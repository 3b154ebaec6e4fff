"""Which files are found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nnlint.config import Resolver
from nnlint.config_file import Layer
from nnlint.discovery import discover

pytestmark = pytest.mark.usefixtures("tree")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project, and the working directory."""
    for name in (
        "b.py",
        "a.ipynb",
        "c.pyi",
        "d.txt",
        "pkg/e.py",
        "venv/f.py",
        "pkg/.venv/g.py",
        "pkg/h.PY",
        "pkg/._e.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "nnlint.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str, **options: object) -> list[str]:
    resolver = Resolver(Layer(Path.cwd(), **options), ())  # type: ignore[arg-type]
    return [str(target.path) for target in discover([Path(path) for path in paths or (".",)], resolver)]


def test_python_files_and_notebooks_in_order() -> None:
    assert names() == ["a.ipynb", "b.py", "pkg/e.py"]


def test_files_that_are_named_are_taken_whatever_their_name() -> None:
    assert names("d.txt", "venv/f.py", "c.pyi", "venv") == ["d.txt", "venv/f.py"]


def test_force_exclude() -> None:
    assert names("b.py", "venv/f.py", "venv", force_exclude=True) == ["b.py"]


def test_each_file_once(tree: Path) -> None:
    os.symlink(tree / "b.py", tree / "z.py")
    assert names("pkg", "b.py", "./b.py", str(tree / "b.py"), "z.py") == ["b.py", "pkg/e.py"]


def test_links_to_folders_are_not_followed_and_broken_links_not_read(tree: Path) -> None:
    os.symlink(tree, tree / "pkg" / "loop")
    os.symlink(tree / "gone.py", tree / "pkg" / "gone.py")
    os.mkfifo(tree / "pkg" / "pipe.py")
    assert names("pkg") == ["pkg/e.py"]


def test_exclude() -> None:
    assert names(exclude=("pkg",)) == ["a.ipynb", "b.py", "venv/f.py"]
    assert names(extend_exclude=("pkg/*.py", "a.*")) == ["b.py"]


def test_include() -> None:
    assert names(include=("*.txt",)) == ["d.txt"]


def test_settings_of_the_nearest_file(tree: Path) -> None:
    (tree / "pkg" / "nnlint.toml").write_text('exclude = ["e.py"]')
    assert names() == ["a.ipynb", "b.py", "pkg/.venv/g.py"]


def test_gitignore(tree: Path) -> None:
    (tree / ".gitignore").write_text("b.py\n/pkg/*\n!pkg/sub/\n")
    (tree / "pkg" / "sub").mkdir()
    for name in ("x.py", "y.py", "b.py"):
        (tree / "pkg" / "sub" / name).write_text("")
    (tree / "pkg" / "sub" / ".gitignore").write_text("x.py\n!b.py\n")
    assert names() == ["a.ipynb", "pkg/sub/b.py", "pkg/sub/y.py"]
    assert names(respect_gitignore=False) == ["a.ipynb", "b.py", "pkg/e.py", *_sub()]


def _sub() -> list[str]:
    return ["pkg/sub/b.py", "pkg/sub/x.py", "pkg/sub/y.py"]


def test_gitignore_above_the_folder_that_is_named(tree: Path) -> None:
    (tree / ".git" / "info").mkdir(parents=True)
    (tree / ".git" / "info" / "exclude").write_text("e.py\n")
    assert names("pkg") == []
    (tree / ".gitignore").write_text("pkg\n")
    assert names("pkg") == ["pkg/e.py"]
    assert names() == ["a.ipynb", "b.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folders_that_may_not_be_read(tree: Path) -> None:
    (tree / "pkg").chmod(0)
    try:
        assert names() == ["a.ipynb", "b.py"]
    finally:
        (tree / "pkg").chmod(0o755)
