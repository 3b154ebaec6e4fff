"""A picture of what `benchmarks.speed` measured, as SVG: against other linters, and against lines of code.

python -m benchmarks.picture speed.json docs/speed.svg
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["main", "picture"]

_WIDTH, _BAR, _TOP = 390, 22, 34
_INK, _OURS, _OTHERS = "#57606a", "#2f6feb", "#a8b1bb"
_COLOURS = {"bare parse": _OTHERS, "nnlint": _OURS}


def picture(rows: Sequence[dict[str, Any]]) -> str:
    """Two charts beside each other: CPU as multiples of the bare parse, and CPU by thousands of lines."""
    package = max((row["package"] for row in rows), key=lambda name: _count(rows, name))
    mine = [row for row in rows if row["package"] == package]
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
    """One bar a command, by the logarithm of its ratio."""
    low = math.log10(min(row["ratio"] for row in rows) / 2)
    scale = 150 / (math.log10(max(row["ratio"] for row in rows)) - low)
    yield _text(0, 14, f"CPU on {package}, in bare parses (log scale)", bold=True)
    for place, row in enumerate(rows):
        y = _TOP + _BAR * place
        width = max((math.log10(row["ratio"]) - low) * scale, 1)
        colour = _OURS if row["command"].startswith("nnlint") else _OTHERS
        yield _text(0, y + 12, row["command"])
        yield f'<rect x="135" y="{y}" width="{width:.1f}" height="{_BAR - 6}" rx="2" fill="{colour}"/>'
        yield _text(
            141 + width, y + 12, f"{row['ratio']:.2g}" if row["ratio"] < 10 else f"{row['ratio']:.0f}"
        )


def _points(rows: Sequence[dict[str, Any]], height: int) -> Iterator[str]:
    """A point a package for the bare parse and for a cold run; the axes begin at nothing."""
    left, bottom = _WIDTH + 60, height - 30
    shown = [row for row in rows if row["command"] in _COLOURS]
    most, longest = (max(row[name] for row in shown) for name in ("lines", "cpu"))
    yield _text(left - 40, 14, "CPU seconds by thousands of lines", bold=True)
    yield f'<path d="M{left} {_TOP}V{bottom}H{left + 270}" fill="none" stroke="{_INK}"/>'
    yield _text(left - 40, _TOP + 10, f"{longest:.0f} s")
    yield _text(left + 225, bottom + 16, f"{most:.0f} k")
    for row in shown:
        x = left + 255 * row["lines"] / most
        y = bottom - (bottom - _TOP - 8) * row["cpu"] / longest
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_COLOURS[row["command"]]}"/>'
        if row["command"] == "nnlint":
            yield _text(x, y - 8, row["package"], end=row["lines"] > most / 2)
    for place, (name, colour) in enumerate(_COLOURS.items()):
        yield f'<circle cx="{left + 20 + 100 * place}" cy="{bottom + 12}" r="4" fill="{colour}"/>'
        yield _text(left + 28 + 100 * place, bottom + 16, name)


def _text(x: float, y: float, words: str, bold: bool = False, end: bool = False) -> str:
    style = ' font-weight="bold"' * bold + ' text-anchor="end"' * end
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}>{words}</text>'


def main() -> None:
    """Draw a JSON file of measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("measured", type=Path)
    parser.add_argument("svg", type=Path)
    options = parser.parse_args()
    options.svg.write_text(picture(json.loads(options.measured.read_text("utf-8"))["rows"]), "utf-8")


if __name__ == "__main__":
    main()
