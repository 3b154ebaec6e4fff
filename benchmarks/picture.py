"""A picture of what `benchmarks.speed` measured, as SVG: against other linters, and against lines of code.

python -m benchmarks.picture docs/speed.svg speed.json [MORE.json ...]
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["main", "picture"]

_WIDTH, _BAR, _TOP = 390, 22, 34
_INK, _OURS, _OTHERS = "#57606a", "#2f6feb", "#a8b1bb"
_COLOURS = {"bare parse": _OTHERS, "nnlint": _OURS}


def picture(rows: Sequence[dict[str, Any]]) -> str:
    """Two charts beside each other: CPU of every command on one package, and CPU by thousands of lines.

    What two processes do is left out: together they use what one uses.
    """
    package = max((row["package"] for row in rows), key=lambda name: _count(rows, name))
    mine = [row for row in rows if row["package"] == package and "2 processes" not in row["command"]]
    height = _TOP + _BAR * max(len(mine), 7) + 30
    parts = [*_bars(package, mine), *_points(rows, height)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * _WIDTH + 40}" height="{height}" '
    return (
        head + f'font-family="sans-serif" font-size="12" fill="{_INK}">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _count(rows: Sequence[dict[str, Any]], package: str) -> tuple[int, float]:
    """The package with the most commands is shown, of several the largest."""
    own = [row for row in rows if row["package"] == package]
    return len(own), own[0]["lines"]


def _bars(package: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One bar a command."""
    scale = 190 / max(row["cpu"] for row in rows)
    yield _text(0, 14, f"CPU seconds: {package}", bold=True)
    for place, row in enumerate(rows):
        y = _TOP + _BAR * place
        width = max(row["cpu"] * scale, 1)
        colour = _OURS if row["command"].startswith("nnlint") else _OTHERS
        yield _text(0, y + 12, row["command"])
        yield f'<rect x="135" y="{y}" width="{width:.1f}" height="{_BAR - 6}" rx="2" fill="{colour}"/>'
        yield _text(141 + width, y + 12, f"{row['cpu']:.1f}")


def _points(rows: Sequence[dict[str, Any]], height: int) -> Iterator[str]:
    """A point a package for the bare parse and for a cold run; both axes are logarithmic."""
    left, bottom = _WIDTH + 70, height - 30
    shown = [row for row in rows if row["command"] in _COLOURS]
    across, up = _Axis(row["lines"] for row in shown), _Axis(row["cpu"] for row in shown)
    yield _text(left - 50, 14, "CPU seconds by thousands of lines (log scales)", bold=True)
    yield f'<path d="M{left} {_TOP}V{bottom}H{left + 270}" fill="none" stroke="{_INK}"/>'
    for tick in up.ticks():
        yield _text(left - 6, bottom - (bottom - _TOP) * up.at(tick) + 4, f"{tick:.0f} s", end=True)
    for tick in across.ticks():
        yield _text(left + 270 * across.at(tick) + 12, bottom + 16, f"{tick:.0f} k", end=True)
    for row in shown:
        x, y = left + 270 * across.at(row["lines"]), bottom - (bottom - _TOP) * up.at(row["cpu"])
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_COLOURS[row["command"]]}"/>'
        if row["command"] == "nnlint":
            yield (
                _text(x - 8, y - 6, row["package"], end=True)
                if across.at(row["lines"]) > 0.4
                else _text(x + 9, y + 12, row["package"])
            )
    for place, (name, colour) in enumerate(_COLOURS.items()):
        yield f'<circle cx="{left + 20}" cy="{_TOP + 12 + 16 * place}" r="4" fill="{colour}"/>'
        yield _text(left + 30, _TOP + 16 + 16 * place, name)


class _Axis:
    """A logarithmic axis with room around what is shown."""

    def __init__(self, values: Iterable[float]) -> None:
        known = [math.log10(value) for value in values]
        self.low, self.high = min(known) - 0.25, max(known) + 0.15

    def at(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        return (math.log10(value) - self.low) / (self.high - self.low)

    def ticks(self) -> Iterator[float]:
        """The powers of ten on the axis."""
        yield from (10.0**power for power in range(math.ceil(self.low), math.floor(self.high) + 1))


def _text(x: float, y: float, words: str, bold: bool = False, end: bool = False) -> str:
    style = ' font-weight="bold"' * bold + ' text-anchor="end"' * end
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}>{words}</text>'


def main() -> None:
    """Draw a JSON file of measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("svg", type=Path, help="what is drawn")
    parser.add_argument("measured", type=Path, nargs="+", help="what `benchmarks.speed` wrote")
    options = parser.parse_args()
    rows = [row for file in options.measured for row in json.loads(file.read_text("utf-8"))["rows"]]
    options.svg.write_text(picture(rows), "utf-8")


if __name__ == "__main__":
    main()
