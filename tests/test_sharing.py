"""Processes that share lowered code: none parses what another one parses or has parsed."""

from __future__ import annotations

import errno
import multiprocessing
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from nnlint.cache import claims, codes
from nnlint.cache.claims import Claims
from nnlint.frontend import parse as frontend
from nnlint.frontend.parse import parse
from nnlint.ir.nodes import ModuleIR
from nnlint.jobs import look_at_all
from nnlint.reading import read
from nnlint.source import Source
from nnlint.worker import Setup, Task, Worker

MODEL = "from torch import nn\nclass Net(nn.Module):\n    pass\n"
USER = "from model import Net\nnet = Net()\n"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "model.py"
    path.write_text(MODEL)
    found = read(path)
    assert isinstance(found, Source)
    return found


def _code(source: Source) -> ModuleIR:
    code = parse(source)
    assert isinstance(code, ModuleIR)
    return code


def _store(folder: Path) -> codes.CodeStore:
    return codes.CodeStore(folder, Claims(folder))


def _other(folder: Path, path: Path, pipe: Connection, saves: bool) -> None:
    """Another process that claims a file, and goes on when it is told to."""
    store, source = _store(folder), read(path)
    assert isinstance(source, Source)
    pipe.send(store.made_elsewhere(source) is None)
    pipe.recv()
    if saves:
        store.save(source, _code(source))
        store.release(source)


@pytest.fixture
def other(tmp_path: Path, source: Source, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The line to another process that has claimed the file; it dies without a word unless it saves."""
    here, there = multiprocessing.Pipe()
    target = (tmp_path / "codes", source.path, there, request.param)
    process = multiprocessing.get_context("spawn").Process(target=_other, args=target)
    process.start()
    there.close()
    assert here.recv() is True  # its turn
    yield here
    process.join(10)
    assert process.exitcode == 0


@pytest.mark.skipif(claims.locking is None, reason="no locks on this system")
@pytest.mark.parametrize("other", [True], indirect=True)
def test_the_second_waits_for_what_the_first_makes(tmp_path: Path, source: Source, other: Connection) -> None:
    got: list[ModuleIR | None] = []
    store = _store(tmp_path / "codes")
    waiting = threading.Thread(target=lambda: got.append(store.made_elsewhere(source)))
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    other.send("go on")
    waiting.join(10)
    assert got == [_code(source)]


@pytest.mark.skipif(claims.locking is None, reason="no locks on this system")
@pytest.mark.parametrize("other", [False], indirect=True)
def test_the_second_takes_over_where_the_first_dies(
    tmp_path: Path, source: Source, other: Connection
) -> None:
    other.send("die")
    assert _store(tmp_path / "codes").made_elsewhere(source) is None


def test_what_was_made_before_the_claim_is_not_made_again(tmp_path: Path, source: Source) -> None:
    store = _store(tmp_path / "codes")
    store.save(source, _code(source))
    assert store.made_elsewhere(source) == _code(source)


def test_everybody_makes_everything_where_there_are_no_locks(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "locking", None)
    assert _store(tmp_path / "codes").made_elsewhere(source) is None
    assert not (tmp_path / "codes").exists()


def test_a_file_system_without_locks_stops_nobody(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.lockf", refused)
    store = _store(tmp_path / "codes")
    assert store.made_elsewhere(source) is None
    store.release(source)


def test_one_process_claims_nothing(tmp_path: Path, source: Source) -> None:
    store = codes.CodeStore(tmp_path / "codes")
    assert store.made_elsewhere(source) is None
    assert not (tmp_path / "codes").exists()


def test_a_second_worker_parses_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def noted(source: Source, quickly: bool = True) -> object:
        parsed.append(source.path.name)
        return parse(source, quickly)

    monkeypatch.setattr(frontend, "parse", noted)
    model, user = tmp_path / "model.py", tmp_path / "user.py"
    model.write_text(MODEL)
    user.write_text(USER)
    setup = Setup((tmp_path,), (model, user), (tmp_path,), codes=tmp_path / "codes")
    for path in (user, model):
        Worker(setup).look(Task(path, frozenset({"NN101"})))
    assert sorted(parsed) == ["model.py", "user.py"]


def test_a_run_in_processes_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    files = [tmp_path / f"m{number}.py" for number in range(20)]
    for file in files:
        file.write_text(MODEL + f"x = {file.stem[1:]}\n")
    setup = Setup((tmp_path,), tuple(files), (tmp_path,))
    results = list(look_at_all(setup, [Task(file, frozenset({"NN101"})) for file in files], 2))
    assert len(results) == 20
    assert not any(result.error for result in results)
    assert list(scratch.iterdir()) == []
