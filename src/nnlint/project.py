"""The first-party files of a run: module names to files, files to text, each looked up once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from nnlint.source import Source

__all__ = ["Codes", "Lookup", "Project", "Trail", "listing"]

Lookup: TypeAlias = tuple[int, str, Path]
"""A look-up of a module: the dots in front, its dotted name, the folder of the importing file."""

_MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg", "nnlint.toml"})
_DEEPEST = 64
_SITE = frozenset({"site-packages", "dist-packages"})


class Codes(Protocol):
    """Keeps what files were lowered to, from one run to the next and between processes."""

    def load(self, source: Source) -> Any:
        """The code of this very content, None where it is not known."""

    def save(self, source: Source, code: Any) -> None:
        """Keep the code of a content."""

    def made_elsewhere(self, source: Source) -> Any:
        """The code that another process is making or has just made; None where it is this one's turn."""

    def release(self, source: Source) -> None:
        """Let others go on that wait for the code of a content."""


@dataclass(slots=True)
class Trail:
    """What a result depends on: the files that were read and the modules that were looked up."""

    files: set[Path] = field(default_factory=set)
    modules: set[Lookup] = field(default_factory=set)

    def follow(self, other: Trail) -> None:
        """Depend on everything that another result depends on."""
        self.files |= other.files
        self.modules |= other.modules


class Project:
    """Resolves imports between the files of a project.

    roots: folders whose modules every file may import (`first-party` entries). read: reads a file, None
    where it cannot be read. files: the linted ones, whose spelling is kept. tops: the linted folders, as
    far up as a file looks for modules where nothing marks the top of its project.
    cache, lost, definitions, imports, plain, read, harmless: what the analysis derives from the files,
    worked out once for all files that import them. broken: the cells of notebooks that are no Python.
    disputed: files that Python reads and LibCST does not, which then counts.
    trail: everything asked for since it was last replaced. codes: keeps IR between runs, if anything does.
    memory: what was found in which code, for a file whose code is the same again; None where it is not kept.
    places: where the nodes of that IR stand in a text, if that is not to be worked out from the whole text.
    """

    def __init__(
        self,
        roots: tuple[Path, ...],
        read: Callable[[Path], Source | None],
        files: Iterable[Path] = (),
        tops: Iterable[Path] = (),
    ) -> None:
        self.roots = tuple(dict.fromkeys(folder for root in roots for folder in (root, root / "src")))
        self._limits = frozenset(os.path.abspath(top) for top in tops)
        self.cache: dict[Path, Any] = {}
        self.lost: dict[tuple[str, int], Any] = {}
        self.definitions: dict[str, Any] = {}
        self.imports: dict[str, Any] = {}
        self.plain: dict[tuple[str, int], Any] = {}
        self.read: dict[tuple[str, int], set[str]] = {}
        self.harmless: dict[tuple[str, int], bool] = {}
        self.unknown: dict[str, int] = {}
        """Calls in the file looked at last that could not be seen through."""
        self.broken: dict[Path, tuple[Any, ...]] = {}
        self.disputed: set[Path] = set()
        self.trail = Trail()
        self.codes: Codes | None = None
        self.places: Callable[[Source], Any] | None = None
        self.memory: dict[Path, Any] | None = None
        self._read = read
        self._spelling = {os.path.abspath(file): file for file in files}
        self._sources: dict[Path, Source | None] = {}
        self._modules: dict[tuple[int, str, Path], Path | None] = {}
        self._above: dict[Path, tuple[Path, ...]] = {}
        self._folders: dict[Path, frozenset[str]] = {}
        self._tops: dict[Path, Path] = {}

    def source(self, path: Path) -> Source | None:
        """The text of a file, read once; None where it cannot be read."""
        self.trail.files.add(path)
        if path not in self._sources:
            self._sources[path] = self._read(path)
        return self._sources[path]

    def forget(self, path: Path) -> None:
        """The file has another text now; what was derived of it for single nodes is for others to forget."""
        self._sources.pop(path, None)
        self.cache.pop(path, None)
        self.broken.pop(path, None)
        self.definitions.pop(str(path), None)
        self.imports.pop(str(path), None)
        self.read.clear()
        self.harmless.clear()
        self.plain.clear()  # what is said of one file depends on those it imports

    def dispute(self, path: Path) -> None:
        """From now on it is LibCST that reads this file."""
        self.forget(path)
        self.disputed.add(path)

    def known(self) -> dict[Path, Source | None]:
        """The files read so far."""
        return dict(self._sources)

    def mended(self, path: Path, source: Source, broken: tuple[Any, ...]) -> None:
        """From now on a file reads like this, because some cells of it are broken."""
        self._sources[path] = source
        self.broken[path] = broken

    def find_module(self, name: str, importer: Path) -> Path | None:
        """The file of an absolute dotted module name as seen from a file; None where it is not first-party.

        A package is its `__init__.py`. A script finds the modules beside it first, as Python does;
        a module in a package finds those last, for code that relies on being run from its folder.
        """
        key = (0, name, _folder(importer))
        self.trail.modules.add(key)
        if key not in self._modules:
            self._modules[key] = self._spell(self._find(name, importer.parent), importer)
        return self._modules[key]

    def find_relative(self, level: int, name: str, importer: Path) -> Path | None:
        """The file of a relative import: `level` dots, then a dotted name, which may be empty."""
        key = (level, name, _folder(importer))
        self.trail.modules.add(key)
        if key not in self._modules:
            folder = importer.parent
            for _ in range(level - 1):
                folder = _parent(folder)
            package = folder / "__init__.py" if self._is_package(folder) else None
            self._modules[key] = self._spell(self._in(folder, name) if name else package, importer)
        return self._modules[key]

    def found(self, lookup: Lookup) -> Path | None:
        """What a look-up that happened before gives now."""
        level, name, folder = lookup
        importer = folder / "_.py"
        return self.find_relative(level, name, importer) if level else self.find_module(name, importer)

    def listed(self) -> dict[str, frozenset[str]]:
        """The folders looked into so far, and what names they hold."""
        return {str(folder): names for folder, names in self._folders.items()}

    def _spell(self, path: Path | None, importer: Path) -> Path | None:
        """One spelling per file: that of the linted file, else relative or absolute as the importer."""
        if path is None:
            return None
        name = os.path.abspath(path)
        return self._spelling.get(name) or Path(name if importer.is_absolute() else os.path.relpath(name))

    def _find(self, name: str, folder: Path) -> Path | None:
        for place in self._places(name.partition(".")[0], folder):
            if (found := self._in(place, name)) is not None:
                return found
        return None

    def _places(self, package: str, folder: Path) -> Iterator[Path]:
        """Where a top-level package may lie, best first.

        Names of the standard library and of known frameworks are first-party only where Python itself
        would prefer the file: beside a script, or inside that very package.
        """
        top = self._top(folder)
        own = not self._is_package(folder)
        if own:
            yield folder
        elif Path(os.path.relpath(folder, top)).parts[0] == package:
            yield top
        from nnlint.knowledge.index import roots  # not needed where nothing is looked up

        if package in sys.stdlib_module_names or package in roots():
            return
        if top.name not in _SITE:
            yield from self._upwards(top)
        yield from self.roots
        yield from _around(package, folder)
        if not own:
            yield folder

    def _upwards(self, folder: Path) -> tuple[Path, ...]:
        """A folder and those above it up to the top of the project: where scripts extend `sys.path` to."""
        if folder not in self._above:
            found = [folder]
            while not self._is_top(found[-1]):
                above = _parent(found[-1])
                if len(found) > _DEEPEST or os.path.abspath(above) == os.path.abspath(found[-1]):
                    found = [folder]  # nothing says how far the project reaches
                    break
                found.append(above)
            self._above[folder] = (*found, found[-1] / "src")
        return self._above[folder]

    def _is_top(self, folder: Path) -> bool:
        return not _MARKERS.isdisjoint(self.names(folder)) or os.path.abspath(folder) in self._limits

    def _in(self, place: Path, name: str) -> Path | None:
        """The file of a dotted name below a folder."""
        *packages, last = name.split(".")
        for package in packages:
            if package not in self.names(place):
                return None
            place = place / package
        names = self.names(place)
        if last in names and self._is_package(place / last):
            return place / last / "__init__.py"
        return place / f"{last}.py" if f"{last}.py" in names else None

    def _top(self, folder: Path) -> Path:
        """The folder above the top-most package a folder belongs to; the folder itself outside packages."""
        if folder not in self._tops:
            self._tops[folder] = self._top(_parent(folder)) if self._is_package(folder) else folder
        return self._tops[folder]

    def _is_package(self, folder: Path) -> bool:
        return "__init__.py" in self.names(folder)

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder; nothing where it cannot be listed."""
        if folder not in self._folders:
            try:
                self._folders[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._folders[folder] = frozenset()
        return self._folders[folder]


def listing(names: frozenset[str]) -> str:
    """A short name for what a folder holds, as far as imports can see it."""
    seen = [name for name in names if name.endswith(".py") or name in _MARKERS or name.isidentifier()]
    text = "\0".join(sorted(set(seen) - {"__pycache__"}))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _around(package: str, folder: Path) -> Iterator[Path]:
    """The folders that hold one of a package's name around a file: packages need no `__init__.py`; a module
    found at the end of the whole dotted name shows that the file belongs to this one.
    """
    for depth, name in enumerate(reversed(Path(os.path.abspath(folder)).parts), start=1):
        if name == package:
            yield Path(os.path.normpath(folder / Path(*[".."] * depth)))


@cache
def _folder(file: Path) -> Path:
    """The folder of a file, made (and hashed) once."""
    return file.parent


def _parent(folder: Path) -> Path:
    """The folder above, in the user's own spelling as far as that goes."""
    return Path(os.path.normpath(folder / ".."))
