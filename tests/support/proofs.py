"""The notation of proofs: a diff in Markdown stands for two programs, and assertions say how they differ.

tests/proof/README.md describes it for authors.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from notation import Block, NotationError, Program, Section, sections

__all__ = ["SIDES", "Proof", "proofs"]

SIDES = ("buggy", "repaired")
_DROPPED = {"buggy": "+", "repaired": "-"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A diff from a buggy program to its repaired twin, and what must hold of their outcomes."""

    source: Path
    path: tuple[str, ...]
    diff: Block
    symptoms: Block

    @property
    def title(self) -> str:
        """The code of the rule, and the heading below it where there are several proofs."""
        return "-".join([self.code, *self.path[1:]])

    @property
    def code(self) -> str:
        """The rule whose harm is proven."""
        return self.source.stem

    def program(self, side: str) -> Program:
        """One of the twins. Only the buggy one has marks; lines of the other one are left empty."""
        kept = ["" if line[:1] == _DROPPED[side] else line[1:] for line in self.diff.lines]
        block = Block("python", self.diff.attributes | {"file": f"{side}.py"}, tuple(kept), self.diff.line)
        if side == "repaired":
            block = Block("python", block.attributes, tuple(block.content()), self.diff.line)
        return Program(self.source, (*self.path, side), 1, (block,))

    def roots(self) -> set[str]:
        """The packages that the programs import, by their first names."""
        found: set[str] = set()
        for side in SIDES:
            for node in ast.walk(ast.parse("\n".join(self.program(side).blocks[0].content()))):
                if isinstance(node, ast.Import):
                    found.update(alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    found.add((node.module or "").partition(".")[0])
        return found


def proofs(source: Path) -> list[Proof]:
    """The proofs of a file in order. Raises NotationError."""
    return [_proof(source, section) for section in sections(source) if section.blocks]


def _proof(source: Path, section: Section) -> Proof:
    where = f"{source}:{section.line}"
    if [block.language for block in section.blocks] != ["diff", "python"]:
        raise NotationError(f"{where}: a proof is a diff, followed by its symptoms in Python")
    diff, symptoms = section.blocks
    if not "".join(section.prose).strip():
        raise NotationError(f"{where}: a proof says first what is seen")
    for row, line in enumerate(diff.lines, start=diff.line):
        if line and line[0] not in " +-":
            raise NotationError(f"{source}:{row}: a line of a diff starts with a space, - or +")
    if not {"-", "+"} & {line[:1] for line in diff.lines}:
        raise NotationError(f"{where}: the repaired program is the buggy one")
    return Proof(source, section.path, diff, symptoms)
