"""The cache: never a different result, only a faster one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnlint.cache import codes
from nnlint.cache.folder import FOLDER, build
from nnlint.cli.main import cli
from nnlint.frontend.parse import parse
from nnlint.ir.nodes import ModuleIR
from nnlint.reading import read
from nnlint.source import Source

MODEL = """
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(x){0}
"""
TRAIN = """
import torch
from model import Net

loss = torch.nn.CrossEntropyLoss()(Net()(torch.rand(4, 8)), torch.zeros(4, dtype=torch.long))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "model.py", MODEL.format(""))
    _write(tmp_path / "train.py", TRAIN)
    return tmp_path


def _write(path: Path, text: str) -> None:
    """Write a file that looks as if it had been there for a while."""
    path.write_text(text)
    before = path.stat().st_mtime - 60
    os.utime(path, (before, before))


def _lint(*arguments: str) -> list[tuple[str, str, int]]:
    done = CliRunner().invoke(cli, ["check", "--isolated", "--output-format", "json", *arguments])
    assert done.exit_code in {0, 1}, done.output
    return [(one["code"], one["filename"], one["location"]["row"]) for one in json.loads(done.stdout)]


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Tells the files that were analysed since it was last asked."""
    seen: list[str] = []
    from nnlint import check as real

    unwatched = real.run
    monkeypatch.setattr(
        real,
        "run",
        lambda project, code, *wanted: seen.append(code.path) or unwatched(project, code, *wanted),
    )

    def take() -> list[str]:
        taken = sorted(seen)
        seen.clear()
        return taken

    return take


def test_unchanged_files_are_not_analysed_again(project: Path, analysed: Callable[[], list[str]]) -> None:
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    first = _lint()
    assert [code for code, _, _ in first] == ["NN201"]
    assert analysed() == ["model.py", "train.py"]
    assert _lint() == first
    assert analysed() == []


def test_what_imports_a_changed_file_is_analysed_again(
    project: Path, analysed: Callable[[], list[str]]
) -> None:
    _write(project / "other.py", "import torch\n")
    assert _lint() == []
    analysed()
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    assert [code for code, _, _ in _lint()] == ["NN201"]
    assert analysed() == ["model.py", "train.py"]


def test_a_new_file_that_an_import_finds_counts(project: Path) -> None:
    (project / "model.py").unlink()
    assert _lint() == []
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    assert [code for code, _, _ in _lint()] == ["NN201"]


def test_a_file_of_the_same_size_and_time_is_read_again_while_it_is_fresh(project: Path) -> None:
    path = project / "model.py"
    path.write_text(MODEL.format(".softmax(-1)"))
    assert [code for code, _, _ in _lint()] == ["NN201"]
    status = path.stat()
    path.write_text(MODEL.format(".reshape(-1)"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert _lint() == []


def test_other_rules_are_other_results(project: Path) -> None:
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    assert len(_lint()) == 1
    assert _lint("--ignore", "NN201") == []
    assert len(_lint()) == 1


def test_suppressions_hold_from_the_cache(project: Path) -> None:
    _write(project / "model.py", MODEL.format(".softmax(-1)  # noqa: NN201"))
    _write(project / "other.py", "import torch\nx = 1  # noqa: NN101\n")
    assert _lint() == _lint() == [("NN902", "other.py", 2)]


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\0\xff", b'{"files": [[1]]}', b"[" * 100_000])
def test_damaged_results_are_ignored(project: Path, damage: bytes) -> None:
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    first = _lint()
    (kept,) = (FOLDER / build()).glob("found-*.json")
    kept.write_bytes(damage)
    assert _lint() == first
    assert _lint() == first


def test_damaged_code_is_ignored(project: Path) -> None:
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    first = _lint()
    for kept in (FOLDER / build()).rglob("found-*.json"):
        kept.unlink()
    files = [path for path in FOLDER.glob("code-*/*/*") if path.is_file()]
    assert len(files) == 2
    for number, path in enumerate(files):
        path.write_bytes(b"" if number else path.read_bytes()[:-10])
    assert _lint() == first


def test_foreign_pickles_make_no_objects(project: Path) -> None:
    import pickle

    store = codes.CodeStore(project / "cache")
    source = read(project / "model.py")
    assert isinstance(source, Source)
    code = parse(source)
    assert isinstance(code, ModuleIR)
    store.save(source, code)
    assert store.load(source) == code
    (path,) = (path for path in (project / "cache").rglob("*") if path.is_file())
    evil = pickle.dumps(subprocess.Popen)
    path.write_bytes(codes._seal(evil) + evil)
    assert store.load(source) is None


def test_a_folder_that_cannot_be_written_is_no_failure(project: Path) -> None:
    (project / "taken").write_text("")
    _write(project / "model.py", MODEL.format(".softmax(-1)"))
    assert len(_lint("--cache-dir", "taken")) == 1


@pytest.mark.usefixtures("project")
def test_no_cache_writes_nothing() -> None:
    _lint("--no-cache")
    assert not FOLDER.exists()


@pytest.mark.usefixtures("project")
def test_what_another_build_wrote_is_removed_when_it_is_old() -> None:
    _lint()
    old, recent = FOLDER / "old", FOLDER / "recent"
    (FOLDER / build()).rename(old)
    recent.mkdir()
    os.utime(old, (0, 0))
    _lint()
    assert (old.exists(), recent.exists()) == (False, True)
    assert (FOLDER / ".gitignore").read_text() == "*\n"


def test_a_warm_run_imports_neither_parser_nor_engine(project: Path) -> None:
    program = (
        "import sys; from nnlint.cli.main import main\n"
        "try: main(['check', '--isolated', '-q'])\n"
        "finally: print(sorted(name for name in sys.modules if name.startswith("
        "('libcst', 'nnlint.analysis', 'nnlint.checks', 'nnlint.knowledge', 'nnlint.frontend'))))"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=project
        )
    assert done.stdout == "[]\n"
