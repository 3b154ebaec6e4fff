"""Data sets that are read from the place of the training data and get the name of a test split."""

from __future__ import annotations

import re
from pathlib import Path

from nnlint.analysis.arguments import Args
from nnlint.analysis.data_events import Overlapping
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import HELD_OUT, word_role
from nnlint.analysis.values import Constant, Place
from nnlint.ir import nodes as ir

__all__ = ["named_source", "note_directory", "note_source"]

_DIVIDED = re.compile("Subset|random_split|sampler", re.I)


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


def named_source(machine: Machine, target: ir.Expr, place: Place) -> None:
    """What was read is given a name: a test split that is read from where the training split was."""
    source = machine.feed.sources.get(place)
    if source is None or not isinstance(target, (ir.Name, ir.Attr)):
        return
    role, known = word_role(target.name), machine.feed.trained_on.get(source)
    if role == "train":
        machine.feed.trained_on.setdefault(source, (target.name, place))
        return
    folder = not source[0]
    if (
        known is None
        or role not in (HELD_OUT if folder else {"test"})
        or (not folder and _is_divided(machine))
    ):
        return
    shared = f"both are read {'from' if folder else 'with'} `{source[1]}`"
    machine.emit(Overlapping(place, target.name, *known, shared))


def _is_divided(machine: Machine) -> bool:
    """Whether the file divides data sets: then the same one may be read twice, with different transforms."""
    source = machine.project.source(Path(machine.frame.module.path))
    return source is None or _DIVIDED.search(source.text) is not None
