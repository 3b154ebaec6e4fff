"""Processes that share lowered code: none parses what another one parses or has parsed."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from nnlint.cache import codes
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


def test_the_second_waits_for_what_the_first_makes(tmp_path: Path, source: Source) -> None:
    first, second = (codes.CodeStore(tmp_path / "codes", shared=True) for _ in range(2))
    assert first.made_elsewhere(source) is None  # its turn
    got: list[ModuleIR | None] = []
    waiting = threading.Thread(target=lambda: got.append(second.made_elsewhere(source)))
    waiting.start()
    time.sleep(0.05)
    assert not got
    first.save(source, _code(source))
    first.release(source)
    waiting.join(5)
    assert got == [_code(source)]


def test_the_second_takes_over_where_the_first_made_nothing(tmp_path: Path, source: Source) -> None:
    first, second = (codes.CodeStore(tmp_path / "codes", shared=True) for _ in range(2))
    assert first.made_elsewhere(source) is None
    first.release(source)
    assert second.made_elsewhere(source) is None


def test_what_a_dead_process_claimed_is_made_at_once(tmp_path: Path, source: Source) -> None:
    store = codes.CodeStore(tmp_path / "codes", shared=True)
    assert store.made_elsewhere(source) is None
    (claim,) = (tmp_path / "codes").rglob("*.claim")
    os.utime(claim, (0, 0))
    started = time.monotonic()
    assert store.made_elsewhere(source) is None
    assert time.monotonic() - started < codes._PATIENCE / 2


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
