"""What a client sets: the keys of the configuration file, in its own spelling, and a few of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nnlint.config import ConfigError
from nnlint.config_file import Layer, load, read_table

__all__ = ["Options", "read_options"]

_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")
_KEYS = frozenset(
    {"select", "ignore", "extend-select", "extend-ignore", "exclude", "extend-exclude", "per-file-ignores",
     "extend-per-file-ignores", "first-party", "framework", "severity", "include", "fixable", "unfixable",
     "extend-safe-fixes", "extend-unsafe-fixes", "apis"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a client.

    table: those a configuration file knows, too. configuration: a file that speaks for all others.
    debounce: milliseconds without typing before the linter starts. workspace: lint files that are not open;
    None leaves it to what the client asks for. unsafe: offer fixes that may change what the code does.
    """

    table: Mapping[str, Any] = field(default_factory=dict)
    configuration: str = ""
    debounce: int = 60
    workspace: bool | None = None
    unsafe: bool = True

    def layer(self, folder: Path) -> Layer:
        """The settings as a layer for the files of a folder. Raises ConfigError."""
        layer = read_table(folder / "settings of the editor", dict(self.table))
        return replace(layer, root=folder, file=None)

    def explicit(self, folder: Path) -> Path | None:
        """The configuration file for all files of a folder. Raises ConfigError."""
        if not self.configuration:
            return None
        path = folder / Path(self.configuration).expanduser()
        load(path)
        return path


def read_options(value: object) -> tuple[Options, list[str]]:
    """The settings a client sent, and what is wrong with them; the rest of them counts all the same."""
    if not isinstance(value, Mapping):
        return Options(), []
    value = value.get("nnlint", value)
    value = value.get("settings", value) if isinstance(value, Mapping) else {}
    if not isinstance(value, Mapping):
        return Options(), ["the settings must be an object"]
    problems: list[str] = []
    table: dict[str, Any] = {}
    for name, each in value.items():
        key = _CAPITAL.sub(lambda found: f"-{found[0].lower()}", str(name)).replace("_", "-")
        if key in _KEYS and each is not None:
            try:
                read_table(Path("settings of the editor"), {key: each})
                table[key] = each
            except ConfigError as error:
                problems.append(str(error))
    debounce = value.get("debounce")
    return Options(
        table,
        configuration if isinstance(configuration := value.get("configuration"), str) else "",
        max(0, min(debounce, 10_000)) if isinstance(debounce, int) else 60,
        {"open": False, "all": True}.get(str(value.get("workspace"))),
        value.get("unsafeFixes") is not False,
    ), problems
