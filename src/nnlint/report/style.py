"""Terminal colours."""

from __future__ import annotations

from dataclasses import dataclass

from nnlint.diagnostic import Severity

__all__ = ["Style"]

_LEVELS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it as it is."""

    on: bool

    def level(self, text: str, severity: Severity) -> str:
        """In the colour of a severity."""
        return self._paint(text, _LEVELS[severity])

    def strong(self, text: str) -> str:
        """Bold."""
        return self._paint(text, "1")

    def gutter(self, text: str) -> str:
        """What frames the source: line numbers, bars, arrows, marks of related places."""
        return self._paint(text, "1;34")

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text
