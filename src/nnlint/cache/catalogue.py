"""The list of the rules, for runs with nothing to analyse: importing the rules costs more than such a run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from nnlint.cache.folder import write
from nnlint.ruleinfo import RuleInfo

__all__ = ["load", "save"]

_NAME = "catalogue.json"


def load(folder: Path) -> tuple[RuleInfo, ...] | None:
    """The rules as they were kept, None where they were not."""
    try:
        return tuple(RuleInfo(*record) for record in json.loads((folder / _NAME).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def save(folder: Path, rules: Sequence[RuleInfo]) -> None:
    """Keep the rules."""
    write(folder / _NAME, json.dumps([astuple(rule) for rule in rules]).encode())
