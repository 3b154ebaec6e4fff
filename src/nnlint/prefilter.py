"""Which files are worth parsing: a text search for imports of frameworks, through first-party imports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nnlint.knowledge.index import frameworks, roots
from nnlint.project import Project

__all__ = ["Prefilter"]

_WEAK = frozenset({"numpy", "pandas", "scipy"})
"""Imported by any program about numbers; they count only beside words of training or scaling."""

_IMPORT = re.compile(
    r"^[^\S\n]*(?:[^#\n\"']*[;:][^\S\n]*)?"
    r"(?:from[^\S\n]+(?P<module>\.*[\w.]*)[^\S\n]*import\b[^\S\n]*(?P<names>\([^)]*\)|(?:[^\n#;\\]|\\\r?\n)*)"
    r"|import[^\S\n]+(?P<modules>(?:[^\n#;\\]|\\\r?\n)+))",
    re.MULTILINE,
)
_WORDS = re.compile(
    r"\.fit\(|fit_transform|train_test_split|sklearn|[Ss]caler|softmax|sigmoid|cross_?entropy|learning_rate"
    r"|\bepochs?\b|[Xx]_test|[Xx]_train|test_[Xx]\b|train_[Xx]\b|_test\b|\.fillna\(|\bnan\b|NaN\b|\.backward\("
)
_NAME = re.compile(r"\w+")


@dataclass(slots=True)
class Prefilter:
    """Decides for the files of one project.

    frameworks: names of the frameworks that count, all when empty.
    """

    project: Project
    frameworks: tuple[str, ...] = ()
    _worth: dict[Path, bool] = field(default_factory=dict)
    _imports: dict[Path, tuple[bool, tuple[Path, ...]]] = field(default_factory=dict)

    def passes(self, path: Path) -> bool:
        """Whether a file, or a first-party file it imports, directly or not, uses a framework."""
        if path not in self._worth:
            self._decide(path)
        return self._worth[path]

    def _decide(self, start: Path) -> None:
        """Walk the imports; all that was walked in vain is decided, too."""
        seen = {start}
        waiting = [start]
        while waiting:
            path = waiting.pop()
            direct, imported = self._read(path)
            if direct or self._worth.get(path):
                self._worth[start] = True
                return
            fresh = [] if path in self._worth else [module for module in imported if module not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        self._worth.update(dict.fromkeys(seen, False))

    def _read(self, path: Path) -> tuple[bool, tuple[Path, ...]]:
        """Whether a file uses a framework itself, and the first-party files it imports."""
        if path not in self._imports:
            source = self.project.source(path)
            self._imports[path] = self._scan(source.text, path) if source else (False, ())
        return self._imports[path]

    def _scan(self, text: str, path: Path) -> tuple[bool, tuple[Path, ...]]:
        strong, weak = _wanted(self.frameworks)
        modules = list(_modules(text))
        tops = {module.partition(".")[0] for module in modules}
        if tops & strong or (tops & weak and _WORDS.search(text)):
            return True, ()
        found = (_resolve(module, path, self.project) for module in modules)
        return False, tuple(sorted({module for module in found if module is not None}))


@cache
def _wanted(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Top-level packages that count by themselves, and those that count beside trigger words."""
    if not names:
        return roots() - _WEAK, _WEAK
    found = {root for table in frameworks() if table.name in names for root in table.roots}
    return frozenset(found - _WEAK), frozenset(found & _WEAK)


def _modules(text: str) -> Iterator[str]:
    """The module names a text imports, relative ones with their dots; `from a import b` gives a and a.b."""
    for found in _IMPORT.finditer(text):
        module = found["module"]
        if module is None:
            for part in found["modules"].replace("\\", " ").split(","):
                yield from part.split()[:1]
        else:
            yield module
            separator = "" if module.endswith(".") else "."
            for name in _NAME.findall(found["names"])[:64]:
                yield module + separator + name


def _resolve(module: str, importer: Path, project: Project) -> Path | None:
    """The first-party file of a module name."""
    name = module.lstrip(".")
    level = len(module) - len(name)
    if level:
        return project.find_relative(level, name, importer)
    return project.find_module(name, importer) if name else None
