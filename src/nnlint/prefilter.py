"""Which files are worth parsing: a text search for imports of frameworks, through first-party imports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nnlint.knowledge.index import frameworks, roots
from nnlint.project import Project, Trail

__all__ = ["Prefilter"]

_WEAK = frozenset({"PIL", "cv2", "imageio", "numpy", "pandas", "scipy"})
"""Imported by any program about numbers; they count only beside words of training or scaling."""

_KEYWORD = re.compile(r"import\b")
_HEAD = re.compile(r"\s*(?:[^#\"']*[;:]\s*)?(?:from\s+(?P<module>\.*[\w.]*)\s*)?")
"""What may stand before `import` on its line."""
_NAMES = re.compile(r"[^\S\n]*(?:\((?P<several>[^)]*)\)|(?P<line>(?:[^\n#;\\(]|\\\r?\n)*))")
_WORDS = re.compile(
    r"\.fit\(|fit_transform|train_test_split|sklearn|[Ss]caler|softmax|sigmoid|cross_?entropy|learning_rate"
    r"|\bepochs?\b|[Xx]_test|[Xx]_train|test_[Xx]\b|train_[Xx]\b|_test\b|\.fillna\(|\bnan\b|NaN\b|\.backward\(|\.shuffle\(|permutation\("
    r"|\b(?:test|val|valid)(?:_\w+)?(?:\[[^\]\n]*\])?\s*[-/]?=[^=]"
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
    _trails: dict[Path, Trail] = field(default_factory=dict)
    """What each decision depends on."""
    _looks: dict[Path, Trail] = field(default_factory=dict)
    """What the imports of each file depend on."""

    def passes(self, path: Path) -> bool:
        """Whether a file, or a first-party file it imports, directly or not, uses a framework."""
        if path not in self._worth:
            outer, self.project.trail = self.project.trail, Trail()
            self._decide(path)
            self.project.trail = outer
        self.project.trail.follow(self._trails[path])
        return self._worth[path]

    def _decide(self, start: Path) -> None:
        """Walk the imports; all that was walked in vain is decided, too."""
        seen = {start}
        waiting = [start]
        while waiting:
            path = waiting.pop()
            direct, imported = self._read(path)
            if path in self._worth:
                self.project.trail.follow(self._trails[path])
            if direct or self._worth.get(path):
                self._worth[start] = True
                self._trails[start] = self.project.trail
                return
            fresh = [] if path in self._worth else [module for module in imported if module not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        self._worth.update(dict.fromkeys(seen, False))
        self._trails.update(dict.fromkeys(seen, self.project.trail))

    def _read(self, path: Path) -> tuple[bool, tuple[Path, ...]]:
        """Whether a file uses a framework itself, and the first-party files it imports."""
        if path not in self._imports:
            outer, self.project.trail = self.project.trail, Trail()
            source = self.project.source(path)
            self._imports[path] = self._scan(source.text, path) if source else (False, ())
            self._looks[path], self.project.trail = self.project.trail, outer
        self.project.trail.follow(self._looks[path])
        return self._imports[path]

    def _scan(self, text: str, path: Path) -> tuple[bool, tuple[Path, ...]]:
        strong, weak = _wanted(self.frameworks)
        found: set[Path] = set()
        has_weak = False
        for module, names in _imports(text):
            top = module.partition(".")[0]
            if top in strong:
                return True, ()
            has_weak = has_weak or top in weak
            found.update(self._resolve(module, names, path))
        return has_weak and _WORDS.search(text) is not None, tuple(sorted(found))

    def _resolve(self, module: str, names: str, importer: Path) -> Iterator[Path]:
        """The first-party files of an import: the module and, if it is a package, what is taken from it."""
        found = self._find(module, importer)
        if found is not None:
            yield found
        if found is None or found.name == "__init__.py":
            separator = "" if module.endswith(".") else "."
            for name in _NAME.findall(names)[:64]:
                inner = self._find(module + separator + name, importer)
                if inner is not None:
                    yield inner

    def _find(self, module: str, importer: Path) -> Path | None:
        name = module.lstrip(".")
        level = len(module) - len(name)
        if level:
            return self.project.find_relative(level, name, importer)
        return self.project.find_module(name, importer)


@cache
def _wanted(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Top-level packages that count by themselves, and those that count beside trigger words."""
    if not names:
        return roots() - _WEAK, _WEAK
    found = {root for table in frameworks() if table.name in names for root in table.roots}
    return frozenset(found - _WEAK), frozenset(found & _WEAK)


def _imports(text: str) -> Iterator[tuple[str, str]]:
    """The modules a text imports, relative ones with their dots, and the names taken from each."""
    for keyword in _KEYWORD.finditer(text):
        start = max(text.rfind("\n", 0, keyword.start()), text.rfind("\r", 0, keyword.start())) + 1
        head = _HEAD.fullmatch(text, start, keyword.start())
        if head is None:
            continue
        names = _NAMES.match(text, keyword.end())
        listed = (names["several"] or names["line"] or "") if names else ""
        if head["module"]:
            yield head["module"], listed
        elif head["module"] is None:
            for part in listed.replace("\\", " ").split(","):
                yield from ((word, "") for word in part.split()[:1])
