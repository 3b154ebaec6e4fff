"""Which code of other files counts as plain Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.analysis.files import module_ir
from nnlint.analysis.machine import Machine
from nnlint.analysis.plain import is_plain
from nnlint.analysis.run import run
from nnlint.analysis.values import Function
from nnlint.project import Project
from nnlint.reading import read

_HELPERS = """
import re
import functools
try:
    import torch
except ImportError:
    torch = None
from registry import ENTRIES, Entry, build

def registers(function):
    for name in re.compile("_").split(function.__name__):
        ENTRIES[name] = Entry(name)
    return function

def wraps(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)
    return inner

def moves(batch):
    return torch.as_tensor(batch)

def steps(thing):
    thing.step()

def indirect(thing):
    return steps(thing)

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

def first(n):
    return second(n)

def second(n):
    return first(n) or moves(n)

def elsewhere(name):
    return build(name)
"""
_REGISTRY = """
ENTRIES = {}

class Entry:
    def __init__(self, name):
        self.name = name

def build(name):
    from torch import nn
    return getattr(nn, name)()
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A run over a file that imports two others."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "helpers.py").write_text(_HELPERS)
    (folder / "registry.py").write_text(_REGISTRY)
    main = folder / "main.py"
    names = [line.split("(")[0][4:] for line in _HELPERS.splitlines() if line.startswith("def ")]
    main.write_text(f"from helpers import {', '.join(names)}\nprint({', '.join(names)})\n")
    project = Project((folder,), _source)
    code = module_ir(project, main)
    assert code is not None
    return run(project, code)


def _source(path: Path):  # type: ignore[no-untyped-def]
    found = read(path)
    return found if hasattr(found, "text") else None


def _imported(machine: Machine, name: str) -> Function:
    found = machine.modules[machine.home].attrs[name]
    assert isinstance(found, Function)
    return found


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("registers", True), ("even", True), ("odd", True),
        ("wraps", False), ("moves", False), ("steps", False), ("indirect", False), ("first", False),
        ("second", False), ("elsewhere", False),
    ],
)  # fmt: skip
def test_what_is_plain(machine: Machine, name: str, plain: bool) -> None:
    """What calls what it is given, names a framework or calls such code is not; circles are no obstacle."""
    found = _imported(machine, name)
    assert is_plain(machine, found) is plain


def test_own_code_is_never_plain(machine: Machine) -> None:
    """The file that is looked at is followed in full."""
    found = _imported(machine, "registers")
    home, machine.home = machine.home, found.module.path
    assert not is_plain(machine, found)
    machine.home = home
