"""Making mutants of files and counting those that are found."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst

from benchmarks.mutation import data, loss, training, wiring
from benchmarks.mutation.code import Code, Mutant
from nnlint.project import Project
from nnlint.reading import read
from nnlint.source import Source
from nnlint.worker import engine

__all__ = ["MUTATIONS", "Verdict", "judge", "mutants"]

MUTATIONS = {**wiring.MUTATIONS, **loss.MUTATIONS, **training.MUTATIONS, **data.MUTATIONS}
"""Each bug that can be put into code, and the rules that may report it."""


class Verdict(NamedTuple):
    """found: whether the rule reports the mutant and not the original."""

    path: Path
    mutant: Mutant
    found: bool


def mutants(text: str, names: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """Every mutant of a file that is valid Python, of the named mutations only if there are names."""
    try:
        code = Code(text)
    except (cst.ParserSyntaxError, RecursionError):
        return
    for mutation, codes in MUTATIONS.items():
        if names and mutation.__name__ not in names:
            continue
        for edit in mutation(code):
            changed, row = code.replaced(edit)
            if _is_valid(changed):
                yield Mutant(mutation.__name__, codes, changed, row)


def _is_valid(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def judge(path: Path, folder: Path, made: Iterable[Mutant]) -> Iterator[Verdict]:
    """Lint a file and its mutants as parts of a folder."""
    original: Counter[tuple[str, str]] | None = None
    every = frozenset(code for codes in MUTATIONS.values() for code in codes)
    for mutant in made:
        if original is None:
            original = _findings(path, folder, None, every)
        new = _findings(path, folder, mutant.text, frozenset(mutant.codes)) - original
        yield Verdict(path, mutant, any(code in mutant.codes for code, _ in new))


def _findings(path: Path, folder: Path, text: str | None, codes: frozenset[str]) -> Counter[tuple[str, str]]:
    """Codes and messages of what is found in a file, read as another text if one is given."""

    def reader(wanted: Path) -> Source | None:
        if text is not None and wanted == path:
            return Source(path, text)
        found = read(wanted)
        return found if isinstance(found, Source) else None

    project = Project((folder,), reader, (path,), (folder,))
    return Counter((one.code, one.message) for one in engine(path, project, codes))
