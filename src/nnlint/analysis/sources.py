"""Data sets that are read from the place of the training data and get the name of a test split."""

from __future__ import annotations

import re
from pathlib import Path

from nnlint.analysis.arguments import Args
from nnlint.analysis.data_events import Overlapping
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import HELD_OUT, spelled, word_role
from nnlint.analysis.values import Constant, Place
from nnlint.ir import nodes as ir

__all__ = ["named_source", "note_directory", "note_folder", "note_source"]

_DIVIDED = re.compile("Subset|random_split|sampler|train_test_split|shard|select\\(|skip\\(|take\\(", re.I)
_FOLDER = "folder"
_OPTIONS = frozenset({"split", "subset"})
_WHICH = frozenset({"directory", "name", "path", "revision", "root"})
"""Options that say what is read."""


def note_source(machine: Machine, name: str, args: Args, place: Place) -> None:
    """``MNIST("data", train=True)``: which part of a ready-made data set this is."""
    train = args.keywords.get("train", args.positional[1] if len(args.positional) > 1 else None)
    if train == Constant(True):
        machine.feed.sources[place] = (name, "train=True")


def note_directory(machine: Machine, args: Args, place: Place) -> None:
    """``flow_from_directory("data/train")``."""
    given = args.keywords.get("directory", args.positional[0] if args.positional else None)
    if isinstance(given, Constant) and isinstance(given.value, str) and word_role(given.value) == "train":
        if "subset" in args.keywords or args.open:
            return
        machine.feed.sources[place] = ("", given.value)


def named_source(machine: Machine, target: ir.Expr, call: ir.Call) -> None:
    """What was read is given a name: a test split that is read from where the training split was."""
    place = machine.place(call.id)
    source = machine.feed.sources.get(place) or _told(call)
    if source is None or not isinstance(target, (ir.Name, ir.Attr)):
        return
    role, known = word_role(target.name), machine.feed.trained_on.get(source)
    if role == "train":
        machine.feed.trained_on.setdefault(source, (target.name, place))
        return
    whole = not source[0] or source[1].startswith("subset=")
    if (
        known is None
        or known[1] == place
        or role not in ({"test"} if source[1] == "train=True" else HELD_OUT)
        or (not whole and _is_divided(machine))
    ):
        return
    shared = f"both are read {'with' if '=' in source[1] else 'from'} `{source[1]}`"
    machine.emit(Overlapping(place, target.name, *known, shared))


def _told(call: ir.Call) -> tuple[str, str] | None:
    """``load_dataset("imdb", split="train")``: a call that is told which part to give, and all it is told."""
    for name, expr in call.keywords:
        told = expr.value if name in _OPTIONS and isinstance(expr, ir.Const) else None
        if told in {"train", "training"} and call.args:
            given = (spelled(call.func), *map(spelled, call.args))
            named = (f"{key}={spelled(value)}" for key, value in call.keywords if key in _WHICH)
            return (",".join((*given, *named)), f'{name}="{told}"')
    return None


def note_folder(machine: Machine, node: ir.Call, place: Place) -> None:
    """``ImageFolder(os.path.join(root, "train"))``."""
    given = node.args[0] if node.args else next((expr for key, expr in node.keywords if key == "root"), None)
    if isinstance(given, ir.Call) and given.args:
        last = given.args[-1]
        if isinstance(last, ir.Const) and isinstance(last.value, str) and word_role(last.value) == "train":
            machine.feed.sources[place] = (_FOLDER, spelled(given))


def _is_divided(machine: Machine) -> bool:
    """Whether the file divides data sets: then the same one may be read twice, with different transforms."""
    source = machine.project.source(Path(machine.frame.module.path))
    return source is None or _DIVIDED.search(source.text) is not None
