"""From a file to its diagnostics: lower, interpret, ask the rules, find the places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nnlint.analysis.files import lowered
from nnlint.analysis.run import run
from nnlint.analysis.values import Origin, Place
from nnlint.checks.registry import Finding, rules, subscriptions
from nnlint.diagnostic import Diagnostic, Fix, Position, Related, Severity, Span
from nnlint.frontend.broken import Broken, Disputed, placing
from nnlint.frontend.depth import COMPLAINT
from nnlint.ir.nodes import ModuleIR
from nnlint.project import Project, Trail
from nnlint.ruleinfo import RuleInfo
from nnlint.stack import in_one_piece

__all__ = ["check"]

_STATES = 4
"""States of an edited file whose findings are remembered: what is typed and taken back costs little."""


@in_one_piece
def check(target: Path, project: Project, select: frozenset[str]) -> list[Diagnostic]:
    """The diagnostics of one file for the selected rule codes, sorted by place.

    Rows count in the joined text for notebooks. Files that cannot be read give nothing here.
    """
    while True:
        try:
            return _check(target, project, select)
        except Disputed as dispute:
            path = Path(dispute.path)
            if path in project.disputed:  # LibCST can read it, but not say where things stand
                return [_syntax_error(path, Broken(1, 1, COMPLAINT))] if "NN900" in select else []
            project.dispute(path)


def _check(target: Path, project: Project, select: frozenset[str]) -> list[Diagnostic]:
    code = lowered(project, target)
    if code is None:
        return []
    if isinstance(code, Broken):
        return [_syntax_error(target, code)] if "NN900" in select else []
    broken = project.broken.get(target, ()) if "NN900" in select else ()
    found = _findings(target, project, code, select)
    placed = [*_placed(project, found), *(_syntax_error(target, each) for each in broken)]
    return sorted(placed, key=lambda diagnostic: diagnostic.sort_key)


@dataclass(frozen=True, slots=True)
class _Memory:
    """Findings, the code of the file and of the others they were found in, and what they depend on."""

    code: ModuleIR
    select: frozenset[str]
    others: dict[Path, object]
    trail: Trail
    findings: list[tuple[RuleInfo, Finding]]

    def holds(self, project: Project, code: ModuleIR, select: frozenset[str]) -> bool:
        """Whether the findings are those of this code."""
        same = all(project.cache.get(path) is known for path, known in self.others.items())
        return same and self.select == select and self.code == code


def _findings(
    target: Path, project: Project, code: ModuleIR, select: frozenset[str]
) -> list[tuple[RuleInfo, Finding]]:
    """What the rules find, remembered where only blanks and comments changed, or a change was taken back."""
    if project.memory is None:
        return _interpret(project, code, select)
    memories: list[_Memory] = project.memory.setdefault(target, [])
    known = next((each for each in memories if each.holds(project, code, select)), None)
    if known is None:
        outer, project.trail = project.trail, Trail()
        found = _interpret(project, code, select)
        trail, project.trail = project.trail, outer
        others = {path: project.cache.get(path) for path in trail.files if path != target}
        known = _Memory(code, select, others, trail, found)
    else:
        memories.remove(known)
    memories.insert(0, known)
    del memories[_STATES:]
    project.trail.follow(known.trail)
    return known.findings


def _interpret(project: Project, code: ModuleIR, select: frozenset[str]) -> list[tuple[RuleInfo, Finding]]:
    table = subscriptions(select)
    machine = run(project, code, table.keys())
    project.unknown = {name: len(places) for name, places in machine.unknown_calls.items()}
    found: dict[tuple[str, Place], tuple[RuleInfo, Finding]] = {}
    for event in machine.events:
        for each in table.get(type(event), ()):
            for finding in each.decide(event):
                if finding.place in machine.expected:
                    continue
                found.setdefault((each.info.code, finding.place), (each.info, finding))
    machine.dissolve()
    return list(found.values())


def _syntax_error(target: Path, broken: Broken) -> Diagnostic:
    info = next(info for info in rules() if info.code == "NN900")
    start = Position(broken.row, broken.column)
    span = Span(start, Position(broken.row, broken.column + 1))
    message = f"syntax error: {broken.message}"
    return Diagnostic(str(target), None, span, info.code, info.name, message, Severity(info.severity))


def _placed(project: Project, findings: list[tuple[RuleInfo, Finding]]) -> Iterator[Diagnostic]:
    if not findings:
        return  # LibCST is slow to import
    from nnlint.fix.compute import fix_of
    from nnlint.fix.draft import Draft
    from nnlint.frontend.pieces import places_of

    wanted: dict[str, set[int]] = {}
    for _, finding in findings:
        for place in (finding.place, *(origin.place for origin in finding.because)):
            wanted.setdefault(place.path, set()).add(place.node)
    drafts: dict[str, Draft] = {}
    spans: dict[Place, Span] = {}
    for path, numbers in wanted.items():
        source = project.source(Path(path))
        if source is not None:
            with placing(path):
                places = places_of(source.text) if project.places is None else project.places(source)
                spans.update((Place(path, number), span) for number, span in places.spans(numbers).items())
            drafts[path] = Draft(places)
    for info, finding in findings:
        if finding.place in spans and not (finding.within_cell and _crosses_cells(project, finding, spans)):
            path, repair = finding.place.path, finding.repair
            whole = repair is not None and Path(path) not in project.broken
            with placing(path):
                fix = fix_of(repair, path, drafts[path]) if repair is not None and whole else None
            yield _diagnostic(info, finding, spans, fix)


def _diagnostic(info: RuleInfo, finding: Finding, spans: dict[Place, Span], fix: Fix | None) -> Diagnostic:
    return Diagnostic(
        finding.place.path,
        None,
        spans[finding.place],
        info.code,
        info.name,
        finding.message,
        Severity(finding.severity or info.severity),
        tuple(_related(finding.because, spans)),
        fix,
    )


def _crosses_cells(project: Project, finding: Finding, spans: dict[Place, Span]) -> bool:
    """Whether a finding in a notebook joins what stands in several cells."""
    source = project.source(Path(finding.place.path))
    if source is None or source.cells is None:
        return False
    places = (finding.place, *(origin.place for origin in finding.because))
    return len({source.cells[spans[place].start.row - 1].cell for place in places if place in spans}) > 1


def _related(origins: tuple[Origin, ...], spans: dict[Place, Span]) -> Iterator[Related]:
    for origin in dict.fromkeys(origins):
        if origin.place in spans:
            yield Related(origin.place.path, spans[origin.place], origin.text)
