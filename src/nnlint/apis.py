"""What users say of calls that nnlint cannot see: the table `[tool.nnlint.apis]`, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["EXPECTED", "RETURNED", "Api", "nearest", "read_apis"]

RETURNED = ("log-probabilities", "logits", "probabilities", "rectified", "tensor")
EXPECTED = ("log-probabilities", "logits", "probabilities")
_KEYS = ("escapes", "expects", "like", "returns")


@dataclass(frozen=True, slots=True)
class Api:
    """One taught name. like: the framework name it behaves as. returns: the scale of what it gives.

    expects: the scale that it, a loss, wants of its first argument. escapes: whether what is handed to it may
    have had anything done to it.
    """

    name: str
    like: str = ""
    returns: str = ""
    expects: str = ""
    escapes: bool = True


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known."""
    names = sorted(known)
    near = get_close_matches(word, names, 1, 0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(names)}" if len(names) < 20 else "nothing like it is known"


def read_apis(value: object) -> tuple[Api, ...]:
    """The checked entries of the table, by name. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError(
            'must be a table of dotted names, such as "mylib.nets.Head" = { returns = "logits" }'
        )
    return tuple(_read(name, entry) for name, entry in sorted(value.items()))


def _read(name: str, entry: object) -> Api:
    if "." not in name or not all(part.isidentifier() for part in name.split(".")):
        raise ValueError(f'{name!r} must be a dotted name, module first, in quotes: "mylib.losses.FocalLoss"')
    if not isinstance(entry, dict):
        raise ValueError(f'{name}: must be a table, such as {{ like = "torch.nn.CrossEntropyLoss" }}')
    for key in entry:
        if key not in _KEYS:
            raise ValueError(f"{name}: unknown key {key!r}, {nearest(key, _KEYS)}")
    escapes = entry.get("escapes", True)
    if not isinstance(escapes, bool):
        raise ValueError(f"{name}: escapes must be true or false")
    like = _word(name, entry, "like", ())
    returns, expects = _word(name, entry, "returns", RETURNED), _word(name, entry, "expects", EXPECTED)
    if returns and (like or expects):
        raise ValueError(f"{name}: returns cannot stand beside {'like' if like else 'expects'}")
    if escapes and not (like or returns or expects):
        raise ValueError(f"{name}: says nothing; give it like, returns, expects or escapes = false")
    return Api(name, like, returns, expects, escapes)


def _word(name: str, entry: dict[str, object], key: str, known: tuple[str, ...]) -> str:
    """The text of a key, "" where it is absent."""
    value = entry.get(key, "")
    if not isinstance(value, str) or (key in entry and not value):
        raise ValueError(f"{name}: {key} must be a string")
    if value and known and value not in known:
        raise ValueError(f"{name}: {key} = {value!r} is not known, {nearest(value, known)}")
    return value
