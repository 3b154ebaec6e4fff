"""Imports between the files of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.project import Project
from nnlint.reading import read
from nnlint.source import Source

pytestmark = pytest.mark.usefixtures("top")


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test."""
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def source(path: Path) -> Source | None:
    found = read(path)
    return found if isinstance(found, Source) else None


def project(*roots: str, files: tuple[str, ...] = ()) -> Project:
    return Project(tuple(Path(root) for root in roots), source, tuple(Path(file) for file in files))


def found(name: str, importer: str, *roots: str) -> str | None:
    path = project(*roots).find_module(name, Path(importer))
    return None if path is None else str(path)


def test_modules_beside_a_script() -> None:
    make("run/main.py", "run/model.py", "run/nets/__init__.py", "run/nets/cnn.py", "run/data/load.py")
    assert found("model", "run/main.py") == "run/model.py"
    assert found("nets", "run/main.py") == "run/nets/__init__.py"
    assert found("nets.cnn", "run/main.py") == "run/nets/cnn.py"
    assert found("data.load", "run/main.py") == "run/data/load.py"
    assert found("data", "run/main.py") is None
    assert found("gone", "run/main.py") is None


def test_a_package_comes_before_a_module_of_its_name() -> None:
    make("main.py", "a.py", "a/__init__.py")
    assert found("a", "main.py") == "a/__init__.py"


def test_modules_of_the_own_package() -> None:
    make("src/pkg/__init__.py", "src/pkg/sub/__init__.py", "src/pkg/sub/a.py", "src/pkg/b.py", "src/other.py")
    assert found("pkg.b", "src/pkg/sub/a.py") == "src/pkg/b.py"
    assert found("other", "src/pkg/sub/a.py") == "src/other.py"
    assert found("b", "src/pkg/sub/a.py") is None


def test_a_script_finds_the_package_of_its_project() -> None:
    make("src/pkg/__init__.py", "tools/train/run.py", "tools/lib.py")
    assert found("pkg", "tools/train/run.py") == "src/pkg/__init__.py"
    assert found("lib", "tools/train/run.py") == "tools/lib.py"


def test_nothing_above_the_top_of_the_project() -> None:
    make("lib.py", "inner/pyproject.toml", "inner/main.py")
    assert found("lib", "inner/main.py") is None
    assert found("lib", "inner/main.py", ".") == "lib.py"


def test_standard_library_and_frameworks_are_not_first_party() -> None:
    make("pkg/__init__.py", "pkg/types.py", "pkg/torch/__init__.py", "pkg/a.py", "torch/__init__.py")
    make("math.py")
    assert found("types", "pkg/a.py") is None
    assert found("torch", "pkg/a.py") is None
    assert found("math", "pkg/a.py") is None
    assert found("math", "main.py") == "math.py"


def test_a_framework_finds_itself() -> None:
    make("torch/__init__.py", "torch/nn/__init__.py", "torch/nn/a.py")
    assert found("torch.nn", "torch/nn/a.py") == "torch/nn/__init__.py"


def test_packages_installed_side_by_side_are_strangers() -> None:
    make("site-packages/one/__init__.py", "site-packages/one/a.py", "site-packages/two/__init__.py")
    assert found("one", "site-packages/one/a.py") == "site-packages/one/__init__.py"
    assert found("two", "site-packages/one/a.py") is None


def test_relative_imports() -> None:
    make("pkg/__init__.py", "pkg/a.py", "pkg/sub/__init__.py", "pkg/sub/b.py")
    here = Path("pkg/sub/b.py")
    one = project()
    assert one.find_relative(1, "b", here) == here
    assert one.find_relative(1, "", here) == Path("pkg/sub/__init__.py")
    assert one.find_relative(2, "a", here) == Path("pkg/a.py")
    assert one.find_relative(2, "sub.b", here) == here
    assert one.find_relative(3, "pkg", here) == Path("pkg/__init__.py")
    assert one.find_relative(9, "x", here) is None


def test_relative_imports_seen_from_inside(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("pkg/__init__.py", "pkg/a.py", "pkg/b.py")
    monkeypatch.chdir(top / "pkg")
    assert found("pkg.a", "b.py") == "a.py"
    assert project().find_relative(1, "a", Path("b.py")) == Path("a.py")
    assert project().find_relative(2, "pkg.a", Path("b.py")) == Path("a.py")


def test_files_have_one_spelling(top: Path) -> None:
    make("a.py", "b.py", "c.py")
    one = project(files=(str(top / "b.py"),))
    assert one.find_module("b", Path("a.py")) == top / "b.py"
    assert one.find_module("c", Path("a.py")) == Path("c.py")
    assert one.find_module("c", top / "a.py") == top / "c.py"


def test_sources_are_read_once() -> None:
    make("a.py")
    one = project()
    first = one.source(Path("a.py"))
    assert first is not None
    assert one.source(Path("a.py")) is first
    assert one.source(Path("gone.py")) is None


def test_packages_without_init_around_a_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").unlink()
    make("aw/study/one/train.py", "aw/study/one/model.py", "aw/study/two/model.py", "other/tool.py")
    assert found("aw.study.one.model", "aw/study/one/train.py") == "aw/study/one/model.py"
    assert found("study.two.model", "aw/study/one/train.py") == "aw/study/two/model.py"
    assert found("study.three", "aw/study/one/train.py") is None
    assert found("other.tool", "aw/study/one/train.py") is None, "nothing shows how far the project reaches"
