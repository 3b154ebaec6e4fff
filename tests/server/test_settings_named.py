"""What the documentation and the extension say can be set is what the server reads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from nnlint.selection import catalogue
from nnlint.server.convert import UNUSED
from nnlint.server.options import Options, read_options

ROOT = Path(__file__).parents[2]
OWN = {"configuration", "debounce", "workspace", "unsafeFixes"}
SAMPLES: dict[str, Any] = {
    "severity": "error",
    "perFileIgnores": {"a.py": ["NN201"]},
    "extendPerFileIgnores": {"a.py": ["NN201"]},
    "apis": {"mylib.head": {"returns": "logits"}},
}


def documented() -> set[str]:
    """The first column of the table of settings."""
    text = (ROOT / "docs" / "editors.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in text.split("\n") if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_documented_settings() -> None:
    assert documented() >= OWN
    for name in documented() - OWN:
        options, problems = read_options({name: SAMPLES.get(name, ["NN201"])})
        assert not problems
        assert len(options.table) == 1, name
        options.layer(ROOT)


def test_own_settings() -> None:
    options, problems = read_options(
        {"nnlint": {"configuration": "a.toml", "debounce": 5, "workspace": "all", "unsafeFixes": False}}
    )
    assert (options, problems) == (Options({}, "a.toml", 5, True, False), [])
    options, problems = read_options({"select": 3, "ignore": ["NN201"], "command": ["nnlint"]})
    assert list(options.table) == ["ignore"]
    assert ["select" in each for each in problems] == [True]


def test_settings_of_the_extension() -> None:
    """Those it keeps for itself aside; what it sends when nothing is set changes nothing."""
    package = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    settings = package["contributes"]["configuration"]["properties"]
    names = {name.removeprefix("nnlint."): each["default"] for name, each in settings.items()}
    mine = {"command", "interpreter", "trace.server"}
    assert set(names) - mine <= documented()
    options, problems = read_options(names)
    assert not problems
    assert all(value == [] for value in options.table.values())
    assert (options.debounce, options.unsafe, options.configuration) == (60, True, "")


def test_rules_shown_faded() -> None:
    assert {rule.name for rule in catalogue()} >= UNUSED
