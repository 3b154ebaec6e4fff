"""What of imported files is run, how far, and that nothing of it stays."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from nnlint.analysis.above import Above, above
from nnlint.analysis.files import module_ir
from nnlint.analysis.machine import Machine, defined
from nnlint.analysis.run import run
from nnlint.analysis.values import Class, Constant, Function, Later, Unknown
from nnlint.project import Project
from nnlint.reading import read
from nnlint.source import Source

_TOOLS = """
import logging

logger = logging.getLogger(__name__)
logger.info("imported")
SIZES = {}
SIZES["small"] = 1

def one():
    return 1

def two():
    return one()

def three():
    return two()

class Tool:
    def used(self):
        return 5

    def unused(self):
        return 6

    @property
    def width(self):
        return 7
"""
_MAIN = """
from tools import Tool, logger, one, three, two

logger.info("started")
tool = Tool()
five = tool.used()
seven = tool.width
far, near = three(), two()
"""


def _source(path: Path) -> Source | None:
    found = read(path)
    return found if isinstance(found, Source) else None


def _run(folder: Path, main: str) -> Machine:
    (folder / "tools.py").write_text(_TOOLS)
    (folder / "main.py").write_text(main)
    project = Project((folder,), _source)
    code = module_ir(project, folder / "main.py")
    assert code is not None
    return run(project, code)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return _run(tmp_path, _MAIN)


def test_nothing_is_missing_above() -> None:
    """Every function that lower modules call is there once the engine is imported."""
    assert [name for name in Above.__slots__ if not callable(getattr(above, name, None))] == []


def test_methods_of_imported_classes_wait(machine: Machine) -> None:
    attrs = machine.modules[machine.home].attrs
    tool = attrs["Tool"]
    assert isinstance(tool, Class)
    assert isinstance(tool.attrs["used"], Function)
    assert isinstance(tool.attrs["unused"], Later)
    assert attrs["five"] == Constant(5)
    assert attrs["seven"] == Constant(7)


def test_a_method_is_defined_once(machine: Machine) -> None:
    tool = machine.modules[machine.home].attrs["Tool"]
    assert isinstance(tool, Class)
    later = tool.attrs["unused"]
    assert defined(later) is defined(later) is tool.attrs["unused"]


def test_a_logger_does_not_run_its_module(machine: Machine) -> None:
    """What is told to a logger changes nothing; what is put into a dictionary does."""
    assert not any(path.endswith("tools.py") for path in machine.executed)


def test_what_is_filled_later_runs_its_module(tmp_path: Path) -> None:
    machine = _run(tmp_path, "from tools import SIZES\nprint(SIZES)\n")
    assert any(path.endswith("tools.py") for path in machine.executed)


def test_plain_code_is_followed_two_calls_deep(machine: Machine) -> None:
    attrs = machine.modules[machine.home].attrs
    assert attrs["near"] == Constant(1)
    assert isinstance(attrs["far"], Unknown)


def _left_behind(folder: Path, *, dissolve: bool) -> int:
    """Objects that only a look for cycles finds to be of no use any more."""
    gc.collect()
    gc.disable()
    try:
        machine = _run(folder, _MAIN)
        if dissolve:
            machine.dissolve()
        del machine
        return gc.collect()
    finally:
        gc.enable()


def test_a_machine_leaves_nothing_behind(tmp_path: Path) -> None:
    """A look for cycles is dear where much was read."""
    _left_behind(tmp_path, dissolve=True)  # what is made once
    assert _left_behind(tmp_path, dissolve=False) > 20
    assert _left_behind(tmp_path, dissolve=True) == 0
