"""Running the two programs of a proof with the real frameworks, and judging what came out."""

from __future__ import annotations

import ast
import os
import random
import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["Outcome", "run", "symptoms_missing"]

# The programs are so small that more threads only wait for each other.
for _name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


class Outcome:
    """The names a program left behind. raised: its exception, else None."""

    def __init__(self, names: dict[str, Any], raised: Exception | None) -> None:
        self.raised = raised
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if self.raised is not None:
            raise AssertionError(f"the program was to leave {name}, and raised") from self.raised
        return self._names[name]


def run(path: Path, roots: set[str]) -> Outcome:
    """Execute a file in its own folder, with every source of randomness started alike."""
    _seed(roots)
    try:
        with _folder(path.parent):
            return Outcome(runpy.run_path(str(path)), None)
    except Exception as error:
        return Outcome({}, error)
    finally:
        _clean(roots)


def symptoms_missing(text: str, outcomes: dict[str, Outcome]) -> Iterator[str]:
    """The assertions that do not hold, each with the figures it speaks of."""
    names: dict[str, Any] = dict(outcomes)
    for node in ast.parse(text).body:
        if not isinstance(node, ast.Assert):
            exec(compile(ast.Module([node], []), "symptoms", "exec"), names)
        elif not eval(compile(ast.Expression(node.test), "symptoms", "eval"), names):
            used = [one for one in ast.walk(node.test) if isinstance(one, ast.Attribute | ast.Name)]
            shown = {ast.unparse(one): one for one in used if ast.unparse(one).partition(".")[0] in outcomes}
            figures = [f"{name} = {eval(name, names)!r}" for name in shown if "." in name]
            yield "\n    ".join([ast.unparse(node.test), *figures])


def _seed(roots: set[str]) -> None:
    """Only frameworks that the program imports are touched: loading one takes seconds."""
    random.seed(0)
    if "torch" in roots:
        import torch

        torch.manual_seed(0)
    if roots & {"keras", "tensorflow", "tf_slim"}:
        import keras

        keras.utils.set_random_seed(0)
    if roots - set(sys.stdlib_module_names):
        import numpy

        numpy.random.seed(0)


def _clean(roots: set[str]) -> None:
    """Forget the layers of the last program, whose names would count on."""
    if "keras" in roots:
        import keras

        keras.backend.clear_session()


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)
