"""The notation of rule pages and cases: Markdown whose code blocks say what must be found in them.

tests/README.md describes it for authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Block", "Mark", "NotationError", "Program", "Section", "programs", "sections"]

_HEADING = re.compile(r"(#{1,6})\s+(.*\S)\s*$")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*(.*)$")
_ONE = r"(?:because\s+)?NN\d{3}"
_MARKS = re.compile(rf"\s*#\s*({_ONE}(?:\s*,\s*{_ONE})*)\s*$")
_REVEALED = re.compile(r"\s*#\s*revealed:\s*(.*\S)\s*$")
_CELL = re.compile(r"#\s*%%\s*(\[markdown\])?\s*$")
_ATTRIBUTES = frozenset({"file", "select", "finds", "fixed"})


class NotationError(ValueError):
    """A page or case file that cannot be understood; the message names the place."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What a line promises. kind: "finding", "because" (a related place) or "revealed"."""

    file: str
    row: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. line: that of its first line of content in the Markdown file, from 1."""

    language: str
    attributes: dict[str, str]
    lines: tuple[str, ...]
    line: int

    @property
    def name(self) -> str:
        """The file it becomes."""
        return self.attributes.get("file", "example.py")

    def content(self) -> list[str]:
        """The lines without their marks."""
        if not self.is_marked:
            return list(self.lines)
        return [_REVEALED.sub("", _MARKS.sub("", line)) for line in self.lines]

    @property
    def is_marked(self) -> bool:
        """Whether its comments are marks: Python is, data files are taken as they stand."""
        return self.language == "python"

    def marks(self) -> Iterator[Mark]:
        """What its lines and its `finds` attribute promise."""
        for code in filter(None, self.attributes.get("finds", "").split(",")):
            yield Mark(self.name, 1, "finding", code)
        for row, line in enumerate(self.lines if self.is_marked else (), start=1):
            if found := _MARKS.search(line):
                for one in re.split(r"\s*,\s*", found[1]):
                    *because, code = one.split()
                    yield Mark(self.name, row, "because" if because else "finding", code)
            elif found := _REVEALED.search(line):
                yield Mark(self.name, row, "revealed", found[1])

    def cells(self) -> Iterator[tuple[str, int, list[str]]]:
        """For a notebook: the kind of each cell, the row of its first line in the block, and its lines."""
        kind, start = "code", 1
        cell: list[str] = []
        for row, line in enumerate(self.content(), start=1):
            if found := _CELL.match(line):
                if cell or start > 1:
                    yield kind, start, cell
                kind, start, cell = "markdown" if found[1] else "code", row + 1, []
            else:
                cell.append(line)
        yield kind, start, cell


@dataclass(slots=True)
class Section:
    """What stands under a heading, up to the next one of any level. path: the titles above, own one last."""

    path: tuple[str, ...]
    line: int
    prose: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Program:
    """Blocks that are linted together. source: the Markdown file. fixed: what `--fix` makes of it."""

    source: Path
    path: tuple[str, ...]
    number: int
    blocks: tuple[Block, ...]
    fixed: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        """The headings it stands under, with its number where a heading holds several programs."""
        return " / ".join(self.path) + (f" ({self.number})" if self.number > 1 else "")

    @property
    def select(self) -> tuple[str, ...]:
        """The rules its blocks ask for; none if they do not say."""
        asked = [code for block in self.blocks for code in block.attributes.get("select", "").split(",")]
        return tuple(filter(None, asked))

    def marks(self) -> list[Mark]:
        """Everything the blocks promise."""
        return sorted(mark for block in self.blocks for mark in block.marks())

    def where(self, file: str, row: int) -> str:
        """A row of one of its files as a place in the Markdown file."""
        block = next((block for block in self.blocks if block.name == file), self.blocks[0])
        return f"{self.source}:{block.line + row - 1}"


def sections(source: Path) -> list[Section]:
    """The sections of a Markdown file in order. Raises NotationError."""
    found = [Section((), 1)]
    titles: list[str] = []
    lines = source.read_text("utf-8").split("\n")
    row = 0
    while row < len(lines):
        line = lines[row]
        row += 1
        if heading := _HEADING.match(line):
            del titles[len(heading[1]) - 1 :]
            titles += [""] * (len(heading[1]) - 1 - len(titles)) + [heading[2]]
            found.append(Section(tuple(filter(None, titles)), row))
        elif fence := _FENCE.match(line):
            end = next((at for at in range(row, len(lines)) if lines[at].strip() == fence[1]), None)
            if end is None:
                raise NotationError(f"{source}:{row}: the code block is not closed")
            found[-1].blocks.append(_block(source, fence[2], tuple(lines[row:end]), row + 1))
            row = end + 1
        else:
            found[-1].prose.append(line)
    return found


def _block(source: Path, info: str, lines: tuple[str, ...], line: int) -> Block:
    language, *words = info.split() or [""]
    attributes = dict(word.partition("=")[::2] for word in words)
    unknown = sorted(attributes.keys() - _ATTRIBUTES)
    if unknown:
        raise NotationError(f"{source}:{line - 1}: a code block has no attribute {unknown[0]!r}")
    return Block(language, attributes, lines, line)


def programs(source: Path, section: Section) -> list[Program]:
    """The programs of a section: named blocks in a row are one, each other Python block is one."""
    groups: list[list[Block]] = []
    fixed: dict[int, list[Block]] = {}
    for block in section.blocks:
        if "fixed" in block.attributes:
            if not any(block.name == other.name for other in groups[-1] if groups):
                raise NotationError(f"{source}:{block.line - 1}: no block before it becomes this one")
            fixed.setdefault(len(groups), []).append(block)
        elif "file" not in block.attributes:
            if block.language == "python":
                groups.append([block])
        elif groups and _takes(groups[-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return [
        Program(source, section.path, number, tuple(blocks), tuple(fixed.get(number, ())))
        for number, blocks in enumerate(groups, start=1)
    ]


def _takes(group: list[Block], block: Block) -> bool:
    """Whether a named block goes on with a group: it consists of files of other names."""
    return all("file" in other.attributes and other.name != block.name for other in group)
