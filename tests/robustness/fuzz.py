"""Programs changed at random: whatever a file holds, nnlint reads it or says why not, and never fails.

    python -m tests.robustness.fuzz 50000 [--seed 1]

The programs are those of the pages and cases. Changes delete, repeat and exchange lines and words, or cut a
text off. A failure is printed with the program that caused it.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nnlint.reading import parse_bytes
from nnlint.selection import catalogue
from nnlint.worker import FileResult, Setup, Task, Worker

__all__ = ["failures", "programs"]

TOP = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_PATH = Path("program.py")


@cache
def programs() -> tuple[str, ...]:
    """The Python programs of all pages and cases."""
    files = sorted([*(TOP / "rules").glob("*.md"), *(TOP / "tests" / "cases").rglob("*.md")])
    return tuple(text for file in files for text in _BLOCK.findall(file.read_text("utf-8")))


def failures(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """The changed programs over which nnlint failed, and what it says of each failure."""
    chance = random.Random(seed)
    for _ in range(count):
        text = _changed(chance)
        result = look(text)
        if result.error:
            yield text, result.error


def look(text: str) -> FileResult:
    """What nnlint finds in a program, under all rules."""
    given = parse_bytes(_PATH, text.encode("utf-8", "surrogatepass"))
    setup = Setup((), (_PATH,), given={_PATH: given})
    return Worker(setup).look(Task(_PATH, frozenset(rule.code for rule in catalogue())))


def _changed(chance: random.Random) -> str:
    """A program with one to four changes, or two programs behind each other."""
    text = chance.choice(programs())
    if chance.random() < 0.2:
        text += chance.choice(programs())
    for _ in range(chance.randint(1, 4)):
        text = chance.choice((_lines, _lines, _words, _words, _names, _cut))(text, chance)
    return text


def _lines(text: str, chance: random.Random) -> str:
    """One line deleted, repeated or moved."""
    return "".join(_shuffled(text.splitlines(keepends=True), chance))


def _words(text: str, chance: random.Random) -> str:
    """One word or sign deleted, repeated or moved."""
    return "".join(_shuffled(_WORD.findall(text), chance))


def _shuffled(parts: list[str], chance: random.Random) -> list[str]:
    if len(parts) < 2:
        return parts
    first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    kind = chance.randrange(3)
    if kind == 0:
        del parts[first]
    elif kind == 1:
        parts.insert(second, parts[first])
    else:
        parts[first], parts[second] = parts[second], parts[first]
    return parts


def _names(text: str, chance: random.Random) -> str:
    """One name replaced by another of the program, wherever it stands."""
    names = sorted(set(re.findall(r"[^\W\d]\w*", text)))
    if not names:
        return text
    return re.sub(rf"\b{chance.choice(names)}\b", chance.choice(names), text)


def _cut(text: str, chance: random.Random) -> str:
    """The first part of a program."""
    return text[: chance.randrange(len(text) + 1)]


def main() -> int:
    """Run, print the failures, and say whether there were any."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.fuzz")
    parser.add_argument("count", type=int, help="programs to try")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    found = list(failures(wanted.count, wanted.seed))
    for text, error in found:
        print(f"{error}\n{text}\n{'-' * 60}")
    print(f"{wanted.count} programs, {len(found)} failures")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
