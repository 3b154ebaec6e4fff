"""The stack in one piece: the same function, and calls ask the system for no memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nnlint.stack import in_one_piece

_EDGES = """
import resource
from nnlint.stack import in_one_piece

def deep(depth):
    if depth:
        return deep(depth - 1)
    for _ in range(500):
        leaf()

def leaf():
    return len("leaf")

def faults(function, depth):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    function(depth)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

for function in deep, in_one_piece(deep):
    print(max(faults(function, depth) for depth in range(1, 700)))
"""
"""At one of these depths a call goes over the edge of a piece: there, each of 500 needs a new one."""


@in_one_piece
def _half(number: int, by: int = 2) -> int:
    """Half of a number."""
    return number // by


def test_results_and_errors_come_through() -> None:
    assert _half(8) == 4
    assert _half(9, by=3) == 3
    with pytest.raises(ZeroDivisionError):
        _half(1, by=0)
    assert _half.__name__ == "_half"


@pytest.mark.skipif(sys.platform != "linux", reason="counts what Linux counts")
@pytest.mark.skipif(sys.version_info < (3, 11), reason="frames were kept one by one")
def test_calls_over_the_edge_of_a_piece_ask_for_no_memory() -> None:
    done = subprocess.run([sys.executable, "-c", _EDGES], capture_output=True, text=True, check=True)
    plain, whole = map(int, done.stdout.split())
    assert whole < 100 < 400 < plain
