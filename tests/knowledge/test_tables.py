"""The knowledge tables agree with themselves and with each other."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from nnlint import knowledge
from nnlint.knowledge import index
from nnlint.knowledge.spec import Entry, Framework

FRAMEWORKS = index.frameworks()
FILES = sorted(Path(knowledge.__path__[0]).glob("*.py"))

# Fields of effects that hold a parameter name; the others hold words of our own vocabulary.
PARAMETER_FIELDS = {
    "activation", "axis", "flag", "from_logits", "in_size", "inputs", "items", "loss", "lr", "maximize",
    "metrics", "operand", "optimizer", "out_size", "outputs", "params", "prediction", "reduction", "steps",
    "target", "validation", "x", "y",
}  # fmt: skip
RECEIVER = "self"

by_framework = pytest.mark.parametrize("table", FRAMEWORKS, ids=lambda table: table.name)


def parameters_referred_to(entry: Entry) -> dict[str, str]:
    """Field of the effect to the parameter it names, empty fields left out."""
    pairs = ((field.name, getattr(entry.does, field.name)) for field in fields(entry.does))
    return {name: value for name, value in pairs if name in PARAMETER_FIELDS and value}


def named(tokens: tuple[str, ...]) -> set[str]:
    """The parameter names among the tokens of a signature."""
    return {token.lstrip("*") for token in tokens} - {"", "..."}


def defined_names() -> set[str]:
    """Everything a framework table gives a meaning to."""
    return {
        name for table in FRAMEWORKS for group in (table.entries, table.bases, table.inert) for name in group
    }


def test_there_are_tables() -> None:
    assert {"lightning", "torch"} <= {table.name for table in FRAMEWORKS}


@by_framework
def test_keys_are_sorted(table: Framework) -> None:
    mappings = (table.aliases, table.entries, table.bases, table.strings, *table.strings.values())
    for keys in map(list, mappings):
        assert keys == sorted(keys)


@by_framework
def test_effects_refer_to_known_parameters(table: Framework) -> None:
    wrong = {
        name: (field, parameter)
        for name, entry in table.entries.items()
        for field, parameter in parameters_referred_to(entry).items()
        if parameter not in named(entry.params) | named(entry.operands) | {RECEIVER}
    }
    assert wrong == {}


@by_framework
def test_only_methods_refer_to_a_receiver(table: Framework) -> None:
    """A method's name is one longer than the name of its class."""
    classes = {entry.isa for entry in table.entries.values()} | set(index._bases()) | set(index._entries())
    wrong = [
        name
        for name, entry in table.entries.items()
        if RECEIVER in (getattr(entry.does, "operand", ""), getattr(entry.does, "loss", ""))
        and name.rpartition(".")[0] not in classes
        and name not in classes
    ]
    assert wrong == []


@by_framework
def test_defaults_are_of_known_parameters(table: Framework) -> None:
    wrong = {
        name: sorted(set(entry.defaults) - named(entry.params) - named(entry.operands))
        for name, entry in table.entries.items()
        if set(entry.defaults) - named(entry.params) - named(entry.operands)
    }
    assert wrong == {}


@by_framework
def test_parameters_are_well_formed(table: Framework) -> None:
    for name, entry in table.entries.items():
        for tokens in (entry.params, entry.operands):
            assert len(set(tokens)) == len(tokens), f"{name} repeats a parameter"
            assert "..." not in tokens[:-1], f"{name} goes on after '...'"
            assert "**" not in tokens, f"{name} has a nameless parameter"


@by_framework
def test_kinds_of_object_are_known(table: Framework) -> None:
    methods = {name.rpartition(".")[0] for name in index._entries()}
    known = set(index._bases()) | set(index._entries()) | methods
    wanted = {one.isa for one in table.entries.values()} | {one.isa for one in table.bases.values()}
    assert wanted - known <= {""}


@by_framework
def test_aliases_lead_to_something_known(table: Framework) -> None:
    names = defined_names()
    prefixes = {name[:end] for name in names for end, char in enumerate(name) if char == "."} | names
    ends = {alias: index.canonical(alias) for alias in table.aliases}
    assert {alias: end for alias, end in ends.items() if end not in prefixes} == {}


@by_framework
def test_aliases_hide_no_entry(table: Framework) -> None:
    """An entry under an aliased name could never be found."""
    assert [name for name in (*table.entries, *table.bases) if index.canonical(name) != name] == []


@by_framework
def test_string_names_lead_to_entries(table: Framework) -> None:
    missing = {
        (domain, text): name
        for domain, names in table.strings.items()
        for text, name in names.items()
        if index.find(name) is None
    }
    assert missing == {}


def test_no_name_is_defined_by_two_frameworks() -> None:
    """A class may be both made and subclassed, so it may be an entry and a base, but each only once."""
    for group in ("entries", "bases", "aliases"):
        counts = Counter(name for table in FRAMEWORKS for name in getattr(table, group))
        assert [name for name, times in counts.items() if times > 1] == [], group


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_table_repeats_a_key(path: Path) -> None:
    """A dict literal silently keeps the last of two equal keys."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            counts = Counter(ast.unparse(key) for key in node.keys if key is not None)
            assert [key for key, times in counts.items() if times > 1] == [], f"line {node.lineno}"


@pytest.mark.parametrize("table", [one for one in FRAMEWORKS if len(one.entries) > 1], ids=lambda t: t.name)
def test_no_two_table_files_define_the_same_entry(table: Framework) -> None:
    """Merging tables silently keeps the last of two equal keys; their sizes must add up."""
    tables = _tables_of(table)
    counts = Counter(name for entries in tables for name in entries)
    assert [name for name, times in counts.items() if times > 1] == []


def _tables_of(table: Framework) -> list[dict[str, Entry]]:
    """The exported tables of other modules that a framework's module merges."""
    found: dict[int, dict[str, Entry]] = {}
    for path in FILES:
        module = import_module(f"{knowledge.__name__}.{path.stem}" if path.stem != "__init__" else "nnlint")
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            entries = isinstance(value, dict) and all(isinstance(one, Entry) for one in value.values())
            if entries and set(value) & set(table.entries):
                found[id(value)] = value
    return list(found.values())


def test_functions_whose_numbers_matter_are_known() -> None:
    from nnlint.knowledge.quantities import PLAIN_DESCENT, QUANTITIES

    assert {name for name in (*QUANTITIES, *PLAIN_DESCENT) if index.find(name) is None} == set()


def test_operands_whose_numbers_matter_are_parameters() -> None:
    from nnlint.knowledge.quantities import QUANTITIES

    for name, quantity in QUANTITIES.items():
        entry = index.find(name)
        assert entry is not None
        assert set(quantity.params) <= {RECEIVER, *named(entry.params), *named(entry.operands)}, name
