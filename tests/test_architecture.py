"""The shape of the package: which way imports run, and how long files and functions may get."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "src" / "nnlint"
FOLDERS = ("src", "tests", "scripts", "benchmarks")
SOURCES = sorted(path for name in FOLDERS for path in (TOP / name).rglob("*.py"))
SPINE = (
    ("source", "diagnostic"),
    ("ir", "knowledge"),
    ("frontend", "project"),
    ("analysis",),
    ("checks",),
    ("check",),
    ("worker",),
    ("report", "run"),
    ("server",),
    ("cli",),
)
"""The pipeline, lowest layer first; a module imports from lower layers only."""
HEAVY = {"libcst": {"frontend", "fix"}, "click": {"cli"}, "pygls": {"server"}}
"""Libraries that only these parts may know."""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _imported(path: Path) -> Iterator[str]:
    """Dotted names of everything a file imports, at any depth."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _part(path: Path) -> str:
    """The module or package directly under nnlint that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _parts() -> dict[str, set[str]]:
    """The parts of the package and the parts each one imports."""
    names = {_part(path) for path in PACKAGE.rglob("*.py")}
    found: dict[str, set[str]] = {name: set() for name in names}
    for path in PACKAGE.rglob("*.py"):
        targets = {name.split(".")[1] for name in _imported(path) if name.startswith("nnlint.")}
        found[_part(path)] |= targets & names - {_part(path)}
    return found


def test_imports_run_downwards() -> None:
    rank = {name: height for height, names in enumerate(SPINE) for name in names}
    upwards = [
        f"{part} imports {target}"
        for part, targets in _parts().items()
        for target in targets
        if part in rank and target in rank and rank[part] <= rank[target]
    ]
    assert not upwards


def test_parts_do_not_need_each_other() -> None:
    assert list(TopologicalSorter(_parts()).static_order())


@pytest.mark.parametrize("library", HEAVY)
def test_libraries_stay_in_their_part(library: str) -> None:
    users = {
        _part(path)
        for path in PACKAGE.rglob("*.py")
        if any(name.partition(".")[0] == library for name in _imported(path))
    }
    assert users <= HEAVY[library]


def test_tables_of_knowledge_hold_no_logic() -> None:
    """A table imports the vocabulary and other tables, nothing that works with them."""
    for path in (PACKAGE / "knowledge").glob("*.py"):
        own = [name for name in _imported(path) if name.startswith("nnlint")]
        assert all(name.startswith("nnlint.knowledge") or name == "nnlint" for name in own), path
        if path.stem not in {"index", "__init__"}:
            assert not any(name.startswith("nnlint.knowledge.index") for name in own), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_length(path: Path) -> None:
    assert len(path.read_text("utf-8").split("\n")) <= 401, "split the file"
    for node in ast.walk(_tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0]
            start = first.end_lineno if _is_docstring(first) else node.lineno
            assert (node.end_lineno or 0) - (start or 0) <= 60, f"split {node.name}"


def _is_docstring(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_public_names_are_explained(path: Path) -> None:
    tree = _tree(path)
    assert ast.get_docstring(tree), "the module has no docstring"
    public = _public(tree)
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in public:
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def _public(tree: ast.Module) -> set[str]:
    """The names in `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return set()
