"""One configuration file: `nnlint.toml`, or the `[tool.nnlint]` table of a `pyproject.toml`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nnlint import __version__
from nnlint.apis import Api, read_apis
from nnlint.diagnostic import Severity
from nnlint.selection import Choice
from nnlint.version import InvalidRequirement, satisfies

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["NAMES", "ConfigError", "Layer", "find_config", "load", "read_table"]

NAMES = ("nnlint.toml", ".nnlint.toml", "pyproject.toml")
"""Files that may hold a configuration, the first one found in a folder wins."""


class ConfigError(ValueError):
    """A configuration that cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one configuration file or the command line says; None where it says nothing.

    root: the folder its patterns and paths are relative to.
    """

    root: Path
    file: Path | None = None
    choice: Choice = field(default_factory=Choice)
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    include: tuple[str, ...] | None = None
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    extend_per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first_party: tuple[str, ...] | None = None
    framework: tuple[str, ...] | None = None
    severity: Severity | None = None
    force_exclude: bool | None = None
    respect_gitignore: bool | None = None
    fix: bool | None = None
    fix_only: bool | None = None
    show_fixes: bool | None = None
    unsafe_fixes: bool | None = None
    fixable: tuple[str, ...] | None = None
    unfixable: tuple[str, ...] | None = None
    extend_safe_fixes: tuple[str, ...] | None = None
    extend_unsafe_fixes: tuple[str, ...] | None = None
    apis: tuple[Api, ...] = ()


def find_config(directory: Path) -> Path | None:
    """The configuration file of exactly this folder; a pyproject.toml without the table is none."""
    for name in NAMES:
        path = directory / name
        if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
            return path
    return None


def load(path: Path) -> tuple[Layer, ...]:
    """The layers of a file, what it extends first. Raises ConfigError."""
    layers: list[Layer] = []
    seen: set[Path] = set()
    following: Path | None = path
    while following is not None:
        if following.resolve() in seen:
            raise ConfigError(f"{path}: `extend` leads back to {following}")
        seen.add(following.resolve())
        table = _table(following)
        if table is None:
            raise ConfigError(f"{following}: no [tool.nnlint] table")
        layers.append(read_table(following, table))
        extend = table.get("extend")
        following = following.parent / Path(extend).expanduser() if extend is not None else None
    return tuple(reversed(layers))


def _table(path: Path) -> dict[str, Any] | None:
    """The table of nnlint in a file; raises ConfigError."""
    try:
        with path.open("rb") as file:
            content: dict[str, Any] = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: invalid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: invalid TOML: nested too deeply") from error
    if path.name != "pyproject.toml":
        return content
    tools = content.get("tool", {})
    table = tools.get("nnlint") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.nnlint must be a table")
    return table


def read_table(path: Path, table: dict[str, Any]) -> Layer:
    """The checked content of a table; errors speak of `path`. Raises ConfigError."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(f"{path}: unknown key {key!r}{_nearest(key)}")
        try:
            values[key.replace("-", "_")] = _KEYS[key](value)
        except ValueError as error:
            raise ConfigError(f"{path}: {key}: {error}") from error
    values.pop("required_version", None)
    values.pop("extend", None)
    rules = {name: values.pop(name) for name in _CHOICE if name in values}
    return Layer(path.absolute().parent, path, Choice(**rules), **values)


def _nearest(key: str) -> str:
    near = get_close_matches(key.lower().replace("_", "-"), _KEYS, 1, 0.5)
    return f", did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(sorted(_KEYS))}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of strings")
    return tuple(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _lists(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of file patterns, each with a list of rules")
    return tuple((pattern, _texts(codes)) for pattern, codes in value.items())


def _severity(value: object) -> Severity:
    try:
        return Severity(_text(value))
    except ValueError as error:
        raise ValueError(f"must be one of {', '.join(level.value for level in Severity)}") from error


def _version(value: object) -> str:
    text = _text(value)
    try:
        met = satisfies(__version__, text)
    except InvalidRequirement as error:
        raise ValueError(str(error)) from error
    if not met:
        raise ValueError(f"this is nnlint {__version__}, the configuration asks for {text}")
    return text


_CHOICE = ("select", "extend_select", "ignore", "extend_ignore")
_KEYS: dict[str, Callable[[object], object]] = {
    "select": _texts,
    "extend-select": _texts,
    "ignore": _texts,
    "extend-ignore": _texts,
    "exclude": _texts,
    "extend-exclude": _texts,
    "include": _texts,
    "per-file-ignores": _lists,
    "extend-per-file-ignores": _lists,
    "first-party": _texts,
    "framework": _texts,
    "severity": _severity,
    "force-exclude": _flag,
    "respect-gitignore": _flag,
    "fix": _flag,
    "fix-only": _flag,
    "show-fixes": _flag,
    "unsafe-fixes": _flag,
    "fixable": _texts,
    "unfixable": _texts,
    "extend-safe-fixes": _texts,
    "extend-unsafe-fixes": _texts,
    "apis": read_apis,
    "required-version": _version,
    "extend": _text,
}
