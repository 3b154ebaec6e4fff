"""Lint the pinned packages and hold what is reported against the verdicts.

python -m tests.ecosystem [--new | --keep | --forget] [PACKAGE ...]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.ecosystem.packages import fetch, pinned
from tests.ecosystem.verdicts import Finding, Verdict, findings, read, table, write

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 1 when a finding has no verdict or one with a verdict is gone."""
    wanted = _parser().parse_args(arguments)
    versions = pinned(HERE / "packages.tsv")
    judged: list[Verdict] = []
    failed = False
    for name in wanted.packages or versions:
        folder = fetch(name, versions[name], wanted.cache)
        file = HERE / "verdicts" / f"{name}.tsv"
        failed |= _compare(name, findings(folder, wanted.jobs), read(file), file, wanted, judged)
    print(table(judged))
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.ecosystem", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="all pinned ones if none is named")
    parser.add_argument("--new", action="store_true", help="print findings without a verdict in full")
    parser.add_argument("--keep", action="store_true", help="write them down with the verdict '?'")
    parser.add_argument("--forget", action="store_true", help="take out findings that are gone")
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0: one per core")
    default = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "nnlint-ecosystem"
    parser.add_argument("--cache", type=Path, default=default, help="where downloaded sources are kept")
    return parser


def _compare(
    name: str,
    found: dict[Finding, str],
    known: dict[Finding, Verdict],
    file: Path,
    wanted: argparse.Namespace,
    judged: list[Verdict],
) -> bool:
    """Say what differs, keep what is asked for; whether the package fails."""
    fresh = [finding for finding in found if finding not in known]
    gone = [finding for finding in known if finding not in found]
    open_ = [verdict for finding, verdict in known.items() if verdict.word == "?" and finding in found]
    judged += [verdict for finding, verdict in known.items() if finding in found]
    counts = f"{len(fresh)} new, {len(gone)} gone, {len(open_)} without verdict"
    print(f"{name}: {len(found)} findings, {counts}", flush=True)
    for finding in fresh:
        print(f"  + {finding}" + (f"  {found[finding]}" if wanted.new else ""))
    for finding in gone:
        print(f"  - {finding} ({known[finding].word})")
    if wanted.keep:
        known = {**known, **{finding: Verdict(finding, "?", found[finding]) for finding in fresh}}
    if wanted.forget:
        known = {finding: verdict for finding, verdict in known.items() if finding not in gone}
    if wanted.keep or wanted.forget:
        write(file, known.values())
    return bool(fresh or gone or open_)


if __name__ == "__main__":
    sys.exit(main())
