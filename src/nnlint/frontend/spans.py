"""Where IR nodes stand in the text: worked out anew, only for files that have something to report."""

from __future__ import annotations

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from nnlint.diagnostic import Position, Span
from nnlint.frontend.lower import lower_recording

__all__ = ["locate"]


def locate(text: str, numbers: set[int]) -> dict[int, Span]:
    """The spans of the given node numbers; the text must be the one that was lowered."""
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    recorded = lower_recording(wrapper.module)
    positions = wrapper.resolve(PositionProvider)
    found = {}
    for number in numbers:
        node = recorded[number] if 0 <= number < len(recorded) else None
        place = None if node is None else positions.get(node)
        if place is not None:
            start = Position(place.start.line, place.start.column + 1)
            found[number] = Span(start, Position(place.end.line, place.end.column + 1))
    return found
