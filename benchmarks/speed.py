"""CPU time and memory of a run (cold, warm, in two processes), as multiples of the bare LibCST parse.

    python -m benchmarks.speed timm peft --rounds 3 --json speed.json

Each round runs every measured command in a fresh process, one after the other, so that a change in the
machine's load meets all of them alike; ratios are taken within a round and their median is reported.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.peers import PEERS, peer_commands
from benchmarks.process import Usage, measure
from benchmarks.sources import PACKAGES, fetch

__all__ = ["main"]

_BASELINE = "bare parse"
_FIRST = "nnlint, first run"
_WARM = "nnlint, warm"
_TWO = ", 2 processes"


@dataclass(frozen=True, slots=True)
class Row:
    """One command on one package: medians over the rounds.

    lines: thousands of lines of the package. cpu: seconds of user and system time. wall: seconds from start
    to end. memory: peak resident MiB of one process. ratio, low, high: CPU as a multiple of the bare parse in
    the same round: median, least and greatest.
    """

    package: str
    command: str
    lines: float
    cpu: float
    wall: float
    memory: float
    ratio: float
    low: float
    high: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison, print the table, write the JSON file if one is asked for."""
    wanted = _parser().parse_args(arguments)
    peers = peer_commands(wanted.peers) if wanted.peers else {}
    rows: list[Row] = []
    gains: list[str] = []
    for name in wanted.packages:
        folder = fetch(name, wanted.cache)
        theirs = {peer: [*start, str(folder)] for peer, start in peers.items()}
        rounds = [_round(folder, theirs) for _ in range(wanted.rounds)]
        rows += _rows(name, _thousands(folder), rounds)
        gains += [f"{name}: two processes are faster by: {', '.join(_gains(rounds))}"]
    print("\n".join([_table(rows), "", *gains]))
    if wanted.json:
        record = {"machine": _machine(), "rounds": wanted.rounds, "rows": [asdict(row) for row in rows]}
        wanted.json.write_text(json.dumps(record, indent=2) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Measure nnlint's speed.")
    parser.add_argument("packages", nargs="*", default=["timm", "peft"], choices=sorted(PACKAGES))
    parser.add_argument("--rounds", type=int, default=3, help="repetitions of every measurement")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    parser.add_argument("--peers", type=Path, help=f"bin folder of an environment with {', '.join(PEERS)}")
    default = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "nnlint-benchmarks"
    parser.add_argument("--cache", type=Path, default=default, help="where downloaded sources are kept")
    return parser


def _own_commands(folder: Path, kept: str) -> dict[str, list[str]]:
    """The bare parse, and nnlint in all ways that are measured, in order. kept: a folder for caches.

    Each ", 2 processes" is the command before it done by two.
    """
    run = [sys.executable, "-m", "nnlint", "check", "--isolated", "--exit-zero", "--quiet"]
    run += ["--output-file", os.devnull, str(folder)]
    parse = [sys.executable, "-m", "benchmarks.bare_parse", str(folder)]
    one, two = ["--jobs", "1"], ["--jobs", "2"]
    return {
        _BASELINE: parse,
        _BASELINE + _TWO: [*parse, "2"],
        "nnlint": [*run, *one, "--no-cache"],
        "nnlint" + _TWO: [*run, *two, "--no-cache"],
        _FIRST: [*run, *one, "--cache-dir", f"{kept}/one"],
        _FIRST + _TWO: [*run, *two, "--cache-dir", f"{kept}/two"],
        _WARM: [*run, *one, "--cache-dir", f"{kept}/one"],
    }


def _thousands(folder: Path) -> float:
    """Thousands of lines of the Python files of a folder."""
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py")) / 1_000


def _round(folder: Path, theirs: Mapping[str, Sequence[str]]) -> dict[str, Usage]:
    with tempfile.TemporaryDirectory() as kept:
        commands = _own_commands(folder, kept) | theirs
        return {name: measure(command) for name, command in commands.items()}


def _gains(rounds: Sequence[Mapping[str, Usage]]) -> Iterator[str]:
    """How many times as fast two processes are; what the bare parse gains is what the machine allows."""
    for command in rounds[0]:
        if command + _TWO in rounds[0]:
            gains = [each[command].wall / each[command + _TWO].wall for each in rounds]
            yield f"{command} {statistics.median(gains):.2f} ({min(gains):.2f} to {max(gains):.2f})"


def _rows(package: str, lines: float, rounds: Sequence[Mapping[str, Usage]]) -> list[Row]:
    found = []
    for command in rounds[0]:
        ratios = [each[command].cpu / each[_BASELINE].cpu for each in rounds]
        cpu, memory, wall = (
            statistics.median(column) for column in zip(*(each[command] for each in rounds), strict=True)
        )
        middle = statistics.median(ratios)
        found.append(Row(package, command, lines, cpu, wall, memory, middle, min(ratios), max(ratios)))
    return found


def _table(rows: Sequence[Row]) -> str:
    lines = [f"{'package':28} {'command':30} {'CPU s':>8} {'wall s':>8} {'MiB':>6} {'ratio':>7}  spread"]
    for row in rows:
        spread = f"{row.low:.2f} to {row.high:.2f}"
        lines.append(
            f"{row.package:28} {row.command:30} {row.cpu:8.2f} {row.wall:8.2f} {row.memory:6.0f} "
            f"{row.ratio:7.2f}  {spread}"
        )
    return "\n".join(lines)


def _machine() -> dict[str, object]:
    """What the numbers depend on; the load tells how far to trust them."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    version, system = platform.python_version(), platform.system()
    return {"python": version, "system": system, "cores": os.cpu_count(), "load": load}


if __name__ == "__main__":
    sys.exit(main())
