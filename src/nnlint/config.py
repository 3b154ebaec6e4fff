"""Settings: what the configuration files and the command line together say for the files of a folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from nnlint.apis import Api
from nnlint.config_file import ConfigError, Layer, find_config, load
from nnlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from nnlint.patterns import Pattern, Patterns
from nnlint.selection import UnknownRule, codes_of, select

if TYPE_CHECKING:
    from nnlint.ruleinfo import RuleInfo

__all__ = ["DEFAULT_EXCLUDE", "DEFAULT_INCLUDE", "ConfigError", "Resolver", "Settings", "resolve"]

DEFAULT_INCLUDE = ("*.py", "*.ipynb")
DEFAULT_EXCLUDE = (
    ".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache",
    ".nnlint_cache", ".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox",
    ".venv", ".virtual_documents", ".vscode", "__pycache__", "__pypackages__", "_build", "buck-out", "build",
    "dist", "node_modules", "site-packages", "venv",
)  # fmt: skip
_LEVELS = (Severity.INFO, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what is linted and reported.

    root: the folder of the configuration file, or the working directory. file: the configuration file.
    rules: codes that run. per_file_ignores: codes that do not, for files of a pattern; a pattern that
    begins with "!" speaks for all files but those. fixable: codes whose fixes count; safe, unsafe: codes
    whose fixes are taken for safe or unsafe, whatever the rule says.
    """

    root: Path
    file: Path | None
    rules: frozenset[str]
    exclude: Patterns = field(default_factory=Patterns)
    include: Patterns = field(default_factory=Patterns)
    per_file_ignores: tuple[tuple[Pattern, bool, frozenset[str]], ...] = ()
    first_party: tuple[Path, ...] = ()
    framework: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    force_exclude: bool = False
    respect_gitignore: bool = True
    fix: bool = False
    fix_only: bool = False
    show_fixes: bool = False
    unsafe_fixes: bool = False
    fixable: frozenset[str] | None = None
    unfixable: frozenset[str] = frozenset()
    safe: frozenset[str] = frozenset()
    unsafe: frozenset[str] = frozenset()
    apis: tuple[Api, ...] = ()

    def fix_of(self, diagnostic: Diagnostic) -> Fix | None:
        """The fix of a finding as these settings see it."""
        code, fix = diagnostic.code, diagnostic.fix
        if fix is None or code in self.unfixable or (self.fixable is not None and code not in self.fixable):
            return None
        if code in self.unsafe:
            return replace(fix, applicability=Applicability.UNSAFE)
        return replace(fix, applicability=Applicability.SAFE) if code in self.safe else fix

    def applies(self, diagnostic: Diagnostic) -> bool:
        """Whether `--fix` mends a finding."""
        fix = diagnostic.fix
        return fix is not None and (self.unsafe_fixes or fix.applicability is Applicability.SAFE)

    def excludes(self, path: Path) -> bool:
        """Whether a file or folder is left out, whatever the folders above it are called."""
        return self.exclude.match(_absolute(path))

    def excludes_above(self, path: Path) -> bool:
        """Whether a file or folder, or a folder above it in the project, is left out."""
        name = _absolute(path)
        return any(pattern.covers(name) for pattern in self.exclude.all)

    def includes(self, path: Path) -> bool:
        """Whether a file has a name that is linted when found in a folder."""
        return self.include.match(_absolute(path))

    def rules_for(self, path: Path) -> frozenset[str]:
        """The codes reported for one file."""
        name = _absolute(path)
        ignored: set[str] = set()
        for pattern, wanted, codes in self.per_file_ignores:
            if pattern.covers(name) is wanted:
                ignored |= codes
        return self.rules - ignored

    def shows(self, severity: Severity) -> bool:
        """Whether findings of this severity are reported."""
        return _LEVELS.index(severity) >= _LEVELS.index(self.severity)


def _absolute(path: Path) -> str:
    return os.path.abspath(path).replace(os.sep, "/")


def resolve(layers: Sequence[Layer], rules: Sequence[RuleInfo]) -> Settings:
    """Put layers together, later ones first. Raises ConfigError."""
    exclude: list[Pattern] = _patterns(DEFAULT_EXCLUDE, layers[0].root)
    include: list[Pattern] = _patterns(DEFAULT_INCLUDE, layers[0].root)
    ignores: list[tuple[Pattern, bool, frozenset[str]]] = []
    values: dict[str, object] = {}
    apis: tuple[Api, ...] = ()
    for layer in layers:
        if layer.exclude is not None:
            exclude = _patterns(layer.exclude, layer.root)
        exclude += _patterns(layer.extend_exclude, layer.root)
        if layer.include is not None:
            include = _patterns(layer.include, layer.root)
        if layer.per_file_ignores is not None:
            ignores = _ignores(layer, layer.per_file_ignores, rules)
        ignores += _ignores(layer, layer.extend_per_file_ignores, rules)
        values.update(_plain(layer))
        values.update(_of_fixes(layer, rules))
        apis = _apis(layer, apis)
    file = next((layer.file for layer in reversed(layers) if layer.file), None)
    root = next((layer.root for layer in reversed(layers) if layer.file), layers[-1].root)
    chosen = _select(layers, rules)
    values["apis"] = apis
    return Settings(root, file, chosen, Patterns(exclude), Patterns(include), tuple(ignores), **values)  # type: ignore[arg-type]


def _plain(layer: Layer) -> dict[str, object]:
    """The values of a layer that simply replace earlier ones."""
    if layer.framework:
        _check_frameworks(layer, layer.framework)
    found: dict[str, object] = {
        "framework": layer.framework,
        "severity": layer.severity,
        "force_exclude": layer.force_exclude,
        "respect_gitignore": layer.respect_gitignore,
        "fix": layer.fix,
        "fix_only": layer.fix_only,
        "show_fixes": layer.show_fixes,
        "unsafe_fixes": layer.unsafe_fixes,
    }
    if layer.first_party is not None:
        found["first_party"] = tuple(layer.root / name for name in layer.first_party)
    return {name: value for name, value in found.items() if value is not None}


def _of_fixes(layer: Layer, rules: Sequence[RuleInfo]) -> dict[str, object]:
    """Which fixes count, with their selectors resolved."""
    keys = {
        "fixable": "fixable", "unfixable": "unfixable", "extend-safe-fixes": "safe",
        "extend-unsafe-fixes": "unsafe",
    }  # fmt: skip
    found: dict[str, object] = {}
    for key, name in keys.items():
        selectors: Sequence[str] | None = getattr(layer, key.replace("-", "_"))
        if selectors is not None:
            found[name] = frozenset[str]().union(*(_codes(layer, key, one, rules) for one in selectors))
    return found


def _apis(layer: Layer, before: tuple[Api, ...]) -> tuple[Api, ...]:
    """The names that are taught: those of a layer beside earlier ones."""
    if not layer.apis:
        return before
    from nnlint.taught import check_like  # loads every table: only where a name is taught

    for api in layer.apis:
        if problem := check_like(api):
            raise ConfigError(_place(layer, "apis", problem))
    return tuple({api.name: api for api in (*before, *layer.apis)}.values())


def _check_frameworks(layer: Layer, names: Sequence[str]) -> None:
    from nnlint.knowledge.index import frameworks  # loads every table: only where one is named

    known = [table.name for table in frameworks()]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise ConfigError(_place(layer, "framework", f"unknown framework {name!r}, {hint}"))


def _patterns(texts: Sequence[str], root: Path) -> list[Pattern]:
    return [Pattern(text, root.as_posix()) for text in texts]


def _ignores(
    layer: Layer, entries: Sequence[tuple[str, Sequence[str]]], rules: Sequence[RuleInfo]
) -> list[tuple[Pattern, bool, frozenset[str]]]:
    """Per-file ignores with their selectors resolved."""
    found = []
    for text, selectors in entries:
        with_codes = frozenset[str]().union(
            *(_codes(layer, "per-file-ignores", selector, rules) for selector in selectors)
        )
        pattern = Pattern(text.removeprefix("!"), layer.root.as_posix())
        found.append((pattern, not text.startswith("!"), with_codes))
    return found


def _codes(layer: Layer, key: str, selector: str, rules: Sequence[RuleInfo]) -> frozenset[str]:
    try:
        return codes_of(selector, rules)
    except UnknownRule as error:
        raise ConfigError(_place(layer, key, error)) from error


def _select(layers: Sequence[Layer], rules: Sequence[RuleInfo]) -> frozenset[str]:
    """The selection of all layers; errors name the file that holds them."""
    for layer in layers:
        choice = layer.choice
        for name in ("select", "extend_select", "ignore", "extend_ignore"):
            for selector in getattr(choice, name) or ():
                try:
                    codes_of(selector, rules)
                except UnknownRule as error:
                    raise ConfigError(_place(layer, name.replace("_", "-"), error)) from error
    return select([layer.choice for layer in layers], rules)


def _place(layer: Layer, key: str, error: object) -> str:
    return f"{layer.file}: {key}: {error}" if layer.file else f"--{key}: {error}"


@dataclass(slots=True)
class Resolver:
    """Finds the settings of each folder: the nearest configuration file above it, then the command line.

    explicit: a configuration file that speaks for all folders. isolated: read no configuration file.
    """

    command_line: Layer
    rules: Sequence[RuleInfo]
    explicit: Path | None = None
    isolated: bool = False
    _found: dict[Path, Settings] = field(default_factory=dict)
    _made: dict[Path | None, Settings] = field(default_factory=dict)

    def settings(self, directory: Path) -> Settings:
        """The settings for the files directly in a folder. Raises ConfigError."""
        directory = directory.absolute()
        if directory not in self._found:
            self._found[directory] = self._look_up(directory)
        return self._found[directory]

    def _look_up(self, directory: Path) -> Settings:
        if self.isolated or self.explicit is not None:
            return self._make(None if self.isolated else self.explicit)
        file = find_config(directory)
        if file is not None:
            return self._make(file)
        if directory.parent == directory:
            return self._make(None)
        return self.settings(directory.parent)

    def _make(self, file: Path | None) -> Settings:
        if file not in self._made:
            layers = (Layer(self.command_line.root),) if file is None else load(file)
            self._made[file] = resolve((*layers, self.command_line), self.rules)
        return self._made[file]
