"""Print recall by rule and mutation.

    python -m benchmarks.mutation PATH… [--only NAME…] [--each 20] [--misses] [--save FOLDER]

A path is a file, or a folder whose Python files are mutated in turn. For each mutation up to `--each` mutants
are linted, at most two of one file. `--misses` prints where those that are not found were changed, `--save`
writes them as files.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mutation.bench import MUTATIONS, Verdict, judge, mutants
from benchmarks.mutation.code import Mutant
from nnlint.reading import read
from nnlint.source import Source

_OF_ONE_FILE = 2


def main() -> None:
    """Read the command line and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    verdicts: list[Verdict] = []
    for verdict in _verdicts(options.paths, frozenset(options.only), options.each):
        verdicts.append(verdict)
        if not verdict.found and options.misses:
            print(f"missed: {verdict.mutant.name} {verdict.path}:{verdict.mutant.row}", flush=True)
        if not verdict.found and options.save:
            options.save.mkdir(parents=True, exist_ok=True)
            name = f"{verdict.mutant.name}-{len(verdicts)}-{verdict.path.name}"
            (options.save / name).write_text(verdict.mutant.text)
    _print(verdicts)


def _verdicts(paths: Sequence[Path], names: frozenset[str], each: int) -> Iterator[Verdict]:
    tried: Counter[str] = Counter()
    for path, folder in _files(paths):
        source = read(path)
        if isinstance(source, Source) and any(tried[one.__name__] < each for one in MUTATIONS):
            yield from judge(path, folder, list(_chosen(source.text, names, tried, each)))


def _chosen(text: str, names: frozenset[str], tried: Counter[str], each: int) -> Iterator[Mutant]:
    """Some mutants of a file."""
    here: Counter[str] = Counter()
    for mutant in mutants(text, names):
        if here[mutant.name] < _OF_ONE_FILE and tried[mutant.name] < each:
            here[mutant.name] += 1
            tried[mutant.name] += 1
            yield mutant


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Files, each with the folder it is a part of; those of several folders in turn."""
    queues = [
        [(path, path.parent)] if path.is_file() else [(file, path) for file in sorted(path.rglob("*.py"))]
        for path in paths
    ]
    for at in range(max(map(len, queues), default=0)):
        yield from (queue[at] for queue in queues if at < len(queue))


def _print(verdicts: Sequence[Verdict]) -> None:
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for verdict in verdicts:
        counts["/".join(verdict.mutant.codes), verdict.mutant.name].append(verdict.found)
    print(f"{'rules':28} {'mutation':28} {'found':>5} {'of':>4} recall")
    for (codes, name), found in sorted(counts.items()):
        print(f"{codes:28} {name:28} {sum(found):5} {len(found):4} {sum(found) / len(found):6.2f}")
    total = sum(verdict.found for verdict in verdicts)
    print(f"{'all':57} {total:5} {len(verdicts):4} {total / max(len(verdicts), 1):6.2f}")


if __name__ == "__main__":
    main()
