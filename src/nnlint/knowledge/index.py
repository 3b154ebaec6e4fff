"""One look-up over every framework's tables."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from nnlint import knowledge
from nnlint.knowledge.spec import Base, Entry, Framework

__all__ = [
    "Taught", "base", "canonical", "find", "frameworks", "is_inert", "is_known_root", "learn", "method",
    "names", "nans", "packages", "roots", "string", "taught",
]  # fmt: skip


class Taught(NamedTuple):
    """What the project that is being linted says of its own names. names: all of them, said: by what."""

    said: object
    names: tuple[str, ...]
    entries: Mapping[str, Entry]
    bases: Mapping[str, Base]
    inert: frozenset[str]


_taught = Taught((), (), {}, {}, frozenset())


def taught() -> Taught:
    """What was taught last."""
    return _taught


def learn(new: Taught) -> None:
    """Take over what a project says, in place of what another one said."""
    global _taught
    _taught = new
    for looked_up in (_entries, _bases, _inert, method, is_inert, names, packages):
        looked_up.cache_clear()


@cache
def names() -> frozenset[str]:
    """Every name with an entry or base."""
    return frozenset({*_entries(), *_bases()})


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework table in the package, found by walking it, sorted by name."""
    found = []
    for info in iter_modules(knowledge.__path__):
        table = getattr(import_module(f"{knowledge.__name__}.{info.name}"), "FRAMEWORK", None)
        if isinstance(table, Framework):
            found.append(table)
    return tuple(sorted(found, key=lambda table: table.name))


@cache
def roots() -> frozenset[str]:
    """Top-level packages whose import makes a file worth reading."""
    return frozenset(root for table in frameworks() for root in table.roots)


@cache
def packages() -> frozenset[str]:
    """Top-level packages of which anything is known, but those of the standard library."""
    known = {name.partition(".")[0] for name in names()}
    return (roots() | known) - sys.stdlib_module_names


@cache
def _aliases() -> dict[str, str]:
    return {alias: name for table in frameworks() for alias, name in table.aliases.items()}


@cache
def _entries() -> dict[str, Entry]:
    known = {name: entry for table in frameworks() for name, entry in table.entries.items()}
    return {**known, **_taught.entries}


@cache
def _bases() -> dict[str, Base]:
    known = {name: entry for table in frameworks() for name, entry in table.bases.items()}
    return {**known, **_taught.bases}


@cache
def _inert() -> frozenset[str]:
    return _taught.inert | {prefix for table in frameworks() for prefix in table.inert}


@cache
def canonical(dotted: str) -> str:
    """The name an entry is filed under: the longest aliased prefix replaced, until none is left."""
    aliases = _aliases()
    for _ in range(8):
        prefix = dotted
        while prefix and prefix not in aliases:
            prefix = prefix.rpartition(".")[0]
        if not prefix:
            break
        dotted = aliases[prefix] + dotted[len(prefix) :]
    return dotted


@cache
def nans() -> frozenset[str]:
    """Names of NaN."""
    return frozenset(name for table in frameworks() for name in table.nans)


def is_known_root(dotted: str) -> bool:
    """Whether the name belongs to a framework that has a table."""
    return dotted.partition(".")[0] in roots()


def find(dotted: str) -> Entry | None:
    """What is known of a canonical name."""
    return _entries().get(dotted)


def base(dotted: str) -> Base | None:
    """What is known of a class that users subclass: its own record, or that of its base."""
    found = _bases().get(dotted)
    if found is None and dotted in _entries():
        entry = _entries()[dotted]
        return _bases().get(entry.isa) if entry.builds else None
    return found


@cache
def method(isa: str, name: str) -> str | None:
    """The canonical name of a method of a known class, its own or one of its bases'."""
    entries, bases = _entries(), _bases()
    for _ in range(8):
        if not isa:
            return None
        if f"{isa}.{name}" in entries:
            return f"{isa}.{name}"
        parent = bases[isa].isa if isa in bases else entries[isa].isa if isa in entries else ""
        isa = "" if parent == isa else parent
    return None


@cache
def string(domain: str, text: str) -> str | None:
    """The canonical name a string argument stands for (``"mse"`` as a Keras loss)."""
    for table in frameworks():
        found = table.strings.get(domain, {}).get(text)
        if found:
            return found
    return None


@cache
def is_inert(dotted: str) -> bool:
    """Whether handing an object to this call leaves it as it was."""
    inert = _inert()
    while dotted:
        if dotted in inert:
            return True
        dotted = dotted.rpartition(".")[0]
    return False
