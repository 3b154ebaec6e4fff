"""Mending files: fixes are applied in passes, each tried in memory before it counts.

A pass applies the fixes that do not overlap and looks at the files again. It counts if all of them are
Python still, every mended finding is gone and no other has come in its place; otherwise the pass is tried
with half of its fixes, down to the one that has to be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nnlint.affected import affected
from nnlint.diagnostic import Applicability, Diagnostic, Edit
from nnlint.fix.document import parses, rewrite
from nnlint.reading import parse_bytes
from nnlint.run import Result, Run, run
from nnlint.suppress import UNUSED

__all__ = ["Mended", "mend"]

_MOST_PASSES = 200
"""Passes of one run, those that are tried in vain among them."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Files by path, as they were and as they are now; what was mended, and what remains."""

    files: Mapping[Path, tuple[bytes, bytes]]
    fixed: tuple[Diagnostic, ...]
    result: Result
    remaining: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _State:
    """What is true after the passes so far."""

    result: Result
    found: tuple[Diagnostic, ...]
    data: dict[Path, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: set[object] = field(default_factory=set)


def mend(
    wanted: Run,
    result: Result,
    kept: Callable[[Result], Sequence[Diagnostic]],
    original: Callable[[Path], bytes],
) -> Mended:
    """Apply the fixes of a finished run. Nothing is written.

    kept: the findings of a result that count (those of no baseline). original: the content of a file.
    """
    state = _State(result, tuple(kept(result)))
    session = _Session(wanted, kept, original)
    size, passes, progress = 0, 0, True
    while passes < _MOST_PASSES:
        batch = session.candidates(state)
        if not batch:
            if not (state.refused and progress):
                break
            state.refused.clear()  # what was refused may fit in now
            progress, size = False, 0
            continue
        batch = batch[: size or None]
        passes += 1
        after = session.attempt(state, batch)
        if after is not None:
            state, size, progress = after, 0, True
        elif len(batch) == 1:
            state.refused.add(_identity(batch[0]))
            size = 0
        else:
            size = len(batch) // 2
    files = {path: (original(path), data) for path, data in state.data.items() if data != original(path)}
    return Mended(files, tuple(state.fixed), state.result, state.found)


@dataclass(slots=True)
class _Session:
    """What does not change from pass to pass."""

    wanted: Run
    kept: Callable[[Result], Sequence[Diagnostic]]
    original: Callable[[Path], bytes]

    def candidates(self, state: _State) -> list[Diagnostic]:
        """Findings with a fix to apply, none of which overlaps another.

        Safe fixes go first: what they mend may be what other findings come from.
        """
        settings = {str(target.path): target.settings for target in self.wanted.targets}
        taken: dict[tuple[str, int | None], list[Edit]] = {}
        found: list[Diagnostic] = []
        for one in sorted(state.found, key=lambda one: not _is_safe(one)):
            if found and _is_safe(found[0]) and not _is_safe(one):
                break
            mends = one.path in settings and settings[one.path].applies(one)
            if one.fix is None or not mends or _identity(one) in state.refused:
                continue
            places = {edit.cell for edit in one.fix.edits}
            others = [edit for cell in places for edit in taken.get((one.path, cell), ())]
            if not any(_touch(edit, other) for edit in one.fix.edits for other in others):
                found.append(one)
                for edit in one.fix.edits:
                    taken.setdefault((one.path, edit.cell), []).append(edit)
        return found

    def attempt(self, state: _State, batch: Sequence[Diagnostic]) -> _State | None:
        """The state after these fixes; None where they do not do what they should."""
        data = dict(state.data)
        by_path: dict[str, list[Edit]] = {}
        for one in batch:
            by_path.setdefault(one.path, []).extend(one.fix.edits if one.fix is not None else ())
        for name, edits in by_path.items():
            path = Path(name)
            before = data[path] if path in data else self.original(path)
            after = rewrite(path, before, edits)
            if after is None or not parses(path, before, after):
                return None
            data[path] = after
        result = self._look_again(state, data, [Path(name) for name in by_path])
        found = tuple(self.kept(result))
        if not _is_better(state.found, found, batch) or len(result.errors) > len(state.result.errors):
            return None
        return _State(result, found, data, [*state.fixed, *batch], set(state.refused))

    def _look_again(self, state: _State, data: Mapping[Path, bytes], changed: Iterable[Path]) -> Result:
        """What is found now; files that have nothing to do with the changed ones are not looked at again."""
        files = [result.path for result in state.result.files]
        concerned = affected(changed, files)
        given = {**self.wanted.given, **{path: parse_bytes(path, text) for path, text in data.items()}}
        known = [result for result in state.result.files if result.path not in concerned]
        return run(replace(self.wanted, given=given, known=known, done=lambda: None))


def _is_safe(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.applicability is Applicability.SAFE


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap, or meet at a place where one inserts."""
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _identity(one: Diagnostic) -> object:
    """What tells a fix from others and survives changes elsewhere in its file."""
    edits = one.fix.edits if one.fix is not None else ()
    return one.path, one.code, one.message, one.span.start.column, tuple(edit.content for edit in edits)


def _is_better(
    before: Sequence[Diagnostic], after: Sequence[Diagnostic], batch: Sequence[Diagnostic]
) -> bool:
    """Whether every mended finding is gone, and nothing has come in its place."""
    was, now = _counts(before), _counts(after)
    mended = _counts(batch)
    if any(now[key] > was[key] - count for key, count in mended.items()):
        return False
    # A comment that excused what is gone is unused from now on; that is no new mistake.
    return _total(after) <= _total(before) - _total(batch)


def _counts(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.code) for one in diagnostics)


def _total(diagnostics: Iterable[Diagnostic]) -> int:
    return sum(one.code != UNUSED for one in diagnostics)
