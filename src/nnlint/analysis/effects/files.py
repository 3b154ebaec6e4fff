"""Tables that go through a file: what a script wrote is what it reads."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.effects.given import Given
from nnlint.analysis.values import Constant, Tensor

__all__ = ["read_back", "written_to_file"]


def written_to_file(given: Given) -> None:
    """``table.to_csv("a.csv")``; what is appended to a file is not all that is in it."""
    name, table = _file(given), given.receiver
    if not name:
        return
    appended = given.args.open or "mode" in given.args.keywords
    if isinstance(table, Tensor) and table.data is not None and not appended:
        some = "columns" in given.args.keywords
        kept = replace(table, data=table.data._replace(columns=None)) if some else table
        given.machine.feed.written[name] = kept
    else:
        given.machine.feed.written.pop(name, None)


def read_back(given: Given) -> Tensor | None:
    """What ``read_csv("a.csv")`` gives if the script wrote the file before."""
    table = given.machine.feed.written.get(_file(given))
    if table is None or table.data is None:
        return None
    some = {"usecols", "nrows", "skiprows"} & given.args.keywords.keys()
    return None if some else replace(table, place=given.place, made="data", by=given.name)


def _file(given: Given) -> str:
    """The name of the file, where it is written in the code."""
    first = given.args.positional[0] if given.args.positional else None
    return first.value if isinstance(first, Constant) and isinstance(first.value, str) else ""
