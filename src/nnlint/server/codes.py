"""The lowered code of files that are being edited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnlint.frontend.incremental import Lowering
from nnlint.frontend.pieces import places_of
from nnlint.frontend.spans import Places
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project
from nnlint.source import Source

__all__ = ["LiveCodes"]


class LiveCodes:
    """Lowers what changed in a file since it was last asked for; outlives the projects it serves.

    pause: called before each piece of work; may raise to end it.
    """

    def __init__(self, pause: Callable[[], None]) -> None:
        self._pause = pause
        self._known: dict[Path, tuple[str, Any]] = {}
        self._lowerings: dict[Path, Lowering] = {}
        self._project: Project | None = None

    def serve(self, project: Project) -> None:
        """Lower for this project from now on."""
        self._project = project
        project.codes = self
        project.places = self.places
        project.memory = {}

    def forget(self, path: Path) -> None:
        """The file is of no interest any more."""
        self._known.pop(path, None)
        self._lowerings.pop(path, None)

    def load(self, source: Source) -> Any:
        """The code of a text, or why there is none; None for a notebook that has to be mended."""
        self._pause()
        known = self._known.get(source.path)
        if known is None or known[0] != source.text:
            known = (source.text, self._lower(source))
            self._known[source.path] = known
        return known[1] if isinstance(known[1], ModuleIR) or not source.is_notebook else None

    def save(self, source: Source, code: Any) -> None:
        """Nothing is kept but what was lowered here."""

    def made_elsewhere(self, source: Source) -> None:
        """No other process lowers for the editor."""

    def release(self, source: Source) -> None:
        """Nobody waits."""

    def places(self, source: Source) -> Places:
        """Where the nodes of a text stand."""
        self._pause()
        lowering = self._lowerings.get(source.path)
        return places_of(source.text) if lowering is None else lowering.places(source.text)

    def _lower(self, source: Source) -> Any:
        lowering = self._lowerings.setdefault(source.path, Lowering())
        code = lowering.lower(source)
        if self._project is not None:
            _drop_others(self._project.lost, str(source.path), lowering.kept)
        return code


def _drop_others(derived: dict[tuple[str, int], Any], path: str, kept: list[range]) -> None:
    """Forget what was derived of nodes that are no more."""
    starts = [numbers.start for numbers in kept]
    for key in [key for key in derived if key[0] == path]:
        place = bisect_right(starts, key[1]) - 1
        if place < 0 or key[1] not in kept[place]:
            del derived[key]
