"""Data that are handed on as they were read, to something that is told to leave their scale alone."""

from __future__ import annotations

import re

from nnlint.analysis.arguments import Args
from nnlint.analysis.data_events import Unscaled
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import originals
from nnlint.analysis.values import Constant, External, Place, Provenance, Tensor

__all__ = ["told_not_to_scale"]

_OPTION = re.compile(
    r"(do_|is_|with_|use_)?(normali[sz](e|ed|ation)|standardi[sz](e|ed|ation)|(re)?scal(e|ed|ing))"
    r"(_(inputs?|images?|data|x|features))?",
    re.I,
)
_FEEDS = re.compile(r"loader|dataset|data_?set|generator|iterator|feeder|batche", re.I)
_LEARNERS = frozenset({"keras", "tensorflow", "torch"})


def told_not_to_scale(machine: Machine, name: str, args: Args, place: Place) -> None:
    """``Loader(x_train, y_train, normalize=False)``, where nothing has scaled `x_train`."""
    option = next((key for key, value in args.keywords.items() if _is_off(key, value)), "")
    called = name.rpartition(".")[2]
    if not option or not _FEEDS.search(called) or len(args.positional) < 2 or args.open:
        return
    x, y = args.positional[:2]
    if not isinstance(x, Tensor) or not isinstance(y, Tensor) or x.data is None or y.data is None:
        return
    if _as_read(machine, x.data) and x.data.root is not None:
        machine.emit(Unscaled(place, called, option, originals(x.data.root)[0]))


def _is_off(key: str, value: object) -> bool:
    return value == Constant(False) and _OPTION.fullmatch(key) is not None


def _as_read(machine: Machine, data: Provenance) -> bool:
    """Whether these are pixels, or columns of a file that a network is to learn from, as they came."""
    if any(step.kind != "reshuffle" for step in data.steps):
        return False
    return data.raw or (data.root in machine.feed.tables and _learns(machine))


def _learns(machine: Machine) -> bool:
    names = machine.frame.module.attrs.values()
    return any(isinstance(each, External) and each.name.partition(".")[0] in _LEARNERS for each in names)
