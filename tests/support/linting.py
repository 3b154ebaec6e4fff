"""Linting the programs of pages and cases through the whole pipeline."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from meaning import facts, satisfies
from notation import Block, Mark, Program

from nnlint.analysis.events import Revealed
from nnlint.analysis.files import lowered
from nnlint.analysis.run import run as interpret
from nnlint.analysis.values import Value
from nnlint.config import Resolver
from nnlint.config_file import Layer
from nnlint.diagnostic import Diagnostic
from nnlint.discovery import Target, discover
from nnlint.fixing import mend
from nnlint.frontend.spans import locate
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project
from nnlint.run import Result, Run, run
from nnlint.selection import Choice, catalogue
from nnlint.worker import engine

__all__ = ["diagnostics", "differences", "lint", "unfixed"]

_ABOUT_PROJECTS = "NN7"
"""Rules that ask what an experiment as a whole does: an excerpt that trains never does it all."""
_Row = tuple[int | None, int]
"""Notebook cell (None outside notebooks) and row."""


def differences(program: Program, found: set[Mark]) -> list[str]:
    """How what is found differs from what the marks promise, one line for each difference."""
    wanted = set(program.marks())
    lines = [(mark, "is not found") for mark in wanted - found]
    lines += [(mark, "is found and not marked") for mark in found - wanted]
    return [f"{program.where(mark.file, mark.row)}: {_name(mark)} {text}" for mark, text in sorted(lines)]


def _name(mark: Mark) -> str:
    return mark.text if mark.kind == "finding" else f"{mark.kind} {mark.text}"


def lint(program: Program, folder: Path) -> set[Mark]:
    """Everything found in a program, as the marks that would promise it.

    Related places are left out where the program marks none for the rule. Raises AssertionError where
    nnlint itself fails.
    """
    marks = program.marks()
    listener = _Listener(any(mark.kind == "revealed" for mark in marks))
    found, rows = _run(program, folder, listener)
    explained = {mark.text for mark in marks if mark.kind == "because"}
    return {*_findings(found, rows, explained), *_revealed(marks, listener, rows)}


def diagnostics(program: Program, folder: Path) -> tuple[Diagnostic, ...]:
    """Everything reported of a program, as it is reported."""
    return _run(program, folder, _Listener(False))[0]


def unfixed(program: Program, folder: Path) -> list[str]:
    """How what all fixes make of a program differs from its `fixed` blocks, one text for each file."""
    if not program.fixed:
        return []
    contents = _mended(program, folder)
    found = []
    for block in program.fixed:
        wanted, got = block.content(), contents[block.name].split("\n")[:-1]
        if wanted != got:
            lines = difflib.unified_diff(wanted, got, "wanted", "got", lineterm="")
            found.append("\n".join([f"{program.source}:{block.line}:", *lines]))
    return found


def _mended(program: Program, folder: Path) -> dict[str, str]:
    """The text of every file after all fixes, unsafe ones included."""
    contents = {block.name: (folder / block.name).read_bytes() for block in program.blocks}
    before = Path.cwd()
    os.chdir(folder)
    try:
        wanted, result = _start(program, _Listener(False), Layer(Path.cwd(), unsafe_fixes=True))
        mended = mend(
            wanted, result, lambda one: one.diagnostics, lambda path: contents[os.path.normpath(path)]
        )
    finally:
        os.chdir(before)
    contents.update({os.path.normpath(path): after for path, (_, after) in mended.files.items()})
    return {name: data.decode() for name, data in contents.items()}


def _run(
    program: Program, folder: Path, listener: _Listener
) -> tuple[tuple[Diagnostic, ...], dict[str, dict[_Row, int]]]:
    """What is found, and the rows of notebook cells in their blocks."""
    (folder / ".git").mkdir()  # the top of the project
    rows = {block.name: _write(block, folder) for block in program.blocks}
    before = Path.cwd()
    os.chdir(folder)
    try:
        return _lint_here(program, listener), rows
    finally:
        os.chdir(before)


def _lint_here(program: Program, listener: _Listener) -> tuple[Diagnostic, ...]:
    _, result = _start(program, listener, Layer(Path.cwd()))
    assert not result.errors, result.errors
    return result.diagnostics


def _start(program: Program, listener: _Listener, layer: Layer) -> tuple[Run, Result]:
    """A run over the working directory, and what it found."""
    rules = catalogue()
    resolver = Resolver(replace(layer, choice=Choice(select=_selected(program))), rules)

    def settings_of(path: Path) -> Target:
        return Target(path, resolver.settings(path.absolute().parent))

    wanted = Run(discover([Path()], resolver), settings_of, rules, jobs=1, check=listener.check)
    return wanted, run(wanted)


def _selected(program: Program) -> tuple[str, ...]:
    """All rules, unless the program chooses; those about whole projects only in their own pages and cases."""
    own = program.source.name.startswith(_ABOUT_PROJECTS)
    return program.select or tuple(
        rule.code for rule in catalogue() if own or not rule.code.startswith(_ABOUT_PROJECTS)
    )


def _findings(
    diagnostics: tuple[Diagnostic, ...], rows: dict[str, dict[_Row, int]], explained: set[str]
) -> Iterator[Mark]:
    for one in diagnostics:
        yield _mark(rows, one.path, (one.cell, one.span.start.row), "finding", one.code)
        for related in one.related if one.code in explained else ():
            yield _mark(rows, related.path, (related.cell, related.span.start.row), "because", one.code)


def _revealed(marks: list[Mark], listener: _Listener, rows: dict[str, dict[_Row, int]]) -> Iterator[Mark]:
    """What `reveal` was given: as promised if every value satisfies the promise, else all that is known."""
    wanted = {(mark.file, mark.row): mark.text for mark in marks if mark.kind == "revealed"}
    for (path, row), values in listener.revealed.items():
        mark = _mark(rows, path, row, "revealed", "")
        promise = wanted.get((mark.file, mark.row), "")
        if promise and all(satisfies(value, promise) for value in values):
            yield Mark(mark.file, mark.row, "revealed", promise)
        else:
            yield Mark(
                mark.file, mark.row, "revealed", " | ".join(", ".join(facts(value)) for value in values)
            )


def _mark(rows: dict[str, dict[_Row, int]], path: str, row: _Row, kind: str, text: str) -> Mark:
    file = os.path.normpath(path)
    return Mark(file, rows[file].get(row, row[1]), kind, text)


class _Listener:
    """The real analysis, which also notes what `reveal` is called with where that is asked for."""

    def __init__(self, listens: bool) -> None:
        self.listens = listens
        self.revealed: dict[tuple[str, _Row], list[Value]] = {}

    def check(self, target: Path, project: Project, select: frozenset[str]) -> list[Diagnostic]:
        code = lowered(project, target) if self.listens else None
        if isinstance(code, ModuleIR):
            self._listen(project, code)
        return engine(target, project, select)

    def _listen(self, project: Project, code: ModuleIR) -> None:
        events = [event for event in interpret(project, code).events if isinstance(event, Revealed)]
        own = [event for event in events if event.place.path == code.path]
        rows = _rows(project, code.path, {event.place.node for event in own})
        for event in own:
            self.revealed.setdefault((code.path, rows[event.place.node]), []).append(event.value)


def _rows(project: Project, path: str, nodes: set[int]) -> dict[int, _Row]:
    source = project.source(Path(path))
    assert source is not None
    found: dict[int, _Row] = {}
    for node, span in (locate(source.text, nodes) if nodes else {}).items():
        row = span.start.row
        found[node] = (source.cells[row - 1].cell, source.cells[row - 1].row) if source.cells else (None, row)
    return found


def _write(block: Block, folder: Path) -> dict[_Row, int]:
    """Write a block as the file it names; notebooks get a map from cell rows to the rows of the block."""
    path = folder / block.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".ipynb" or not block.is_marked:
        path.write_text("".join(f"{line}\n" for line in block.content()), "utf-8")
        return {}
    cells: list[dict[str, object]] = []
    rows: dict[_Row, int] = {}
    for number, (kind, start, lines) in enumerate(block.cells(), start=1):
        cell: dict[str, object] = {
            "cell_type": kind,
            "metadata": {},
            "source": [f"{line}\n" for line in lines],
        }
        cells.append(cell | {"outputs": [], "execution_count": None} if kind == "code" else cell)
        rows.update({(number, at + 1): start + at for at in range(len(lines))})
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return rows
