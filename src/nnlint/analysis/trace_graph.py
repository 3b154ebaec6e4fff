"""TensorFlow 1: what sessions run, in which order: faults of whole runs.

variables and operations are made ─▶ the start is run ─▶ training and evaluation are run
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nnlint.analysis.effects.graph import SETTING, fetched
from nnlint.analysis.machine import Machine
from nnlint.analysis.trace import Trace, condition, is_evaluation
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Obj, Origin, Place, Tensor, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["graph_faults"]

_UPDATES = re.compile(
    r"update_?ops|updates_collections|\.updates\b|get_updates|moving_averages|UPDATE_OPS|create_train_op"
    r"|optimize_loss|keras\.(layers|[mM]odel|Seq)|batch_norm_update"
)
"""Words of code that sees to the moving averages itself."""
_STARTS = re.compile(
    r"initialize(?!r)|variables_initializer|initializers\.(global|local)|\.initializer\b|init_op\b|restore|Supervisor|Monitored|Scaffold|import_meta_graph|saved_model|\.load\(|keras|Estimator"
    r"|\bassign|SessionManager|prepare_session|slim\.learning|is_chief"
)
"""Words of code that gives variables their values in another way."""
_KEEPS = re.compile(r"keep_?prob", re.I)
_COMMENT = re.compile(r"#.*")


def graph_faults(trace: Trace, machine: Machine) -> Iterator[Fault]:
    """Faults about what sessions run."""
    runs = [act for act in trace.acts if act.kind == "run"]
    if not runs and not any(act.kind == "train-op" for act in trace.acts):
        return
    yield from _from_variables(trace, machine)
    yield from _averages_left(trace, machine)
    yield from _in_every_mode(trace, machine)
    if runs:
        yield from _not_run(trace, machine, runs)
        yield from _fixed(trace, machine, runs)
        yield from _fed_while_testing(trace, runs)
        for root in dict.fromkeys(act.root for act in runs):
            acts = [act for act in trace.acts if act.root == root]
            yield from _started_early(acts, machine)
            yield from _never_started(acts, trace, machine)


def _text(machine: Machine, paths: Iterable[str]) -> str:
    """The code of some files, comments left out."""
    sources = (machine.project.source(Path(path)) for path in dict.fromkeys(paths))
    return "\n".join(_COMMENT.sub("", source.text) for source in sources if source is not None)


def _all_text(machine: Machine) -> str:
    return _text(machine, (path for path in machine.modules if path))


def upstream(machine: Machine, values: Iterable[Value]) -> set[Place]:
    """The places of everything that some values of a graph are made of."""
    seen: set[Place] = set()
    todo = list(values)
    while todo and len(seen) < 2000:
        value = todo.pop()
        if isinstance(value, Built):
            todo.extend(value.args.values())
            place: Place | None = value.place
        elif isinstance(value, (Tensor, Unknown)):
            place = value.place
        else:
            inner, _ = fetched(value)
            todo.extend(each for each in inner if each is not value)
            continue
        if place is not None and place not in seen:
            seen.add(place)
            inputs = machine.notes.graph.get(place)
            if inputs != ():
                todo.extend(inputs or ())
                todo.extend(machine.inputs_of.get(place, ()))
    return seen


def _is_known(machine: Machine, values: list[Value]) -> bool:
    """Whether every fetched value is one whose making was seen."""
    return all(
        isinstance(value, Built)
        or (isinstance(value, Tensor) and value.place is not None)
        or (
            isinstance(value, Unknown)
            and (value.place in machine.notes.graph or value.place in machine.inputs_of)
        )
        for value in values
    )


def _trains(values: list[Value], ops: set[Place]) -> bool:
    return any(isinstance(value, Built) and value.place in ops for value in values)


def _ops(acts: Iterable[Act]) -> dict[Place, Act]:
    """The operations that train, by place."""
    return {
        act.receiver.place: act for act in acts if act.kind == "train-op" and isinstance(act.receiver, Built)
    }


def _started_early(acts: list[Act], machine: Machine) -> Iterator[Fault]:
    """The start was made, or run, before there was everything to start."""
    made: dict[int, tuple[int, Act]] = {}
    late: dict[Place, tuple[int, Act]] = {}
    covered, started = -1, None
    for at, act in enumerate(acts):
        if act.kind == "initializer" and isinstance(act.receiver, Obj):
            made[act.receiver.serial] = (at, act)
        elif act.path is None and act.place.path != machine.frame.module.path:
            continue  # what a module makes, it makes where it is imported, whenever its names are looked up
        elif act.kind == "variable" or (act.kind == "train-op" and act.mode == "slots"):
            late.setdefault(act.place, (at, act))
        elif act.kind in {"restore", "apply"} or (act.kind == "opaque" and _STARTS.search(act.text)):
            covered = at if act.kind != "apply" else covered
        elif act.kind == "run":
            values, known = fetched(act.receiver)
            starts = [
                made[value.serial] for value in values if isinstance(value, Obj) and value.serial in made
            ]
            if starts:
                covered, started = (
                    max(covered, *(one for one, _ in starts)),
                    max(starts, key=lambda each: each[0])[1],
                )
            elif not known or not _is_known(machine, values):
                covered = at
            elif started is not None:
                missed = [each for when, each in late.values() if when > covered]
                needed = upstream(machine, values) if missed else set()
                for each in missed:
                    if each.place in needed:
                        yield _early(started, each, act)
                        return


def _early(start: Act, missed: Act, run: Act) -> Fault:
    what = (
        f"`{missed.text}` makes variables of its own afterwards"
        if missed.kind == "train-op"
        else f"`{missed.text}` makes a variable afterwards"
    )
    return Fault(
        "variables-not-initialized",
        start.place,
        f"`{start.text}()` comes too early: {what}, which nothing initializes",
        (Origin(missed.place, "made here"), Origin(run.place, "needed here")),
    )


def _never_started(acts: list[Act], trace: Trace, machine: Machine) -> Iterator[Fault]:
    """A session runs what needs variables, and nothing in the program gives them a value."""
    sessions = [act.receiver for act in acts if act.kind == "built" and act.text.endswith("Session")]
    if not sessions or any(isinstance(each, Obj) and each.escaped for each in sessions):
        return
    if any(act.kind in {"initializer", "restore"} for act in trace.acts):
        return
    variables = {act.place: act for act in acts if act.kind == "variable"}
    for act in acts:
        if act.kind == "run" and variables:
            needed = upstream(machine, fetched(act.receiver)[0]) & variables.keys()
            if needed and not _STARTS.search(_all_text(machine)):
                first = variables[min(needed)]
                yield Fault(
                    "variables-not-initialized",
                    act.place,
                    f"`{act.text}` needs variables that nothing initializes or restores",
                    (Origin(first.place, "a variable is made here"),),
                )
                return


def _from_variables(trace: Trace, machine: Machine) -> Iterator[Fault]:
    """A variable starts as another one, in a graph that starts all of them at once, in no order."""
    made = {act.place: act for act in trace.acts if act.kind == "variable"}
    if not any(act.kind == "initializer" for act in trace.acts):
        return
    for act in made.values():
        other = next(iter(upstream(machine, (act.receiver,)) & made.keys()), None)
        if other is not None and other != act.place:
            yield Fault(
                "variables-not-initialized",
                act.place,
                "a variable starts as another one, which may not have its value yet: "
                "take that one's `initialized_value()`",
                (Origin(other, "the other variable"),),
            )


def _averages_left(trace: Trace, machine: Machine) -> Iterator[Fault]:
    """Batch normalisation learns its averages by operations that nothing runs."""
    norms = [act for act in trace.acts if act.kind == "batch-norm"]
    modes = {act.mode for act in norms}
    if not ("both" in modes or {"train", "eval"} <= modes):
        return
    training = next((act for act in norms if act.mode != "eval"), norms[0])
    for act in _ops(trace.acts).values():
        name = act.receiver.name if isinstance(act.receiver, Built) else ""
        if not name.startswith("tensorflow.train.") or _UPDATES.search(_all_text(machine)):
            continue
        yield Fault(
            "batchnorm-updates-not-run",
            act.place,
            f"`{act.text}` trains without the updates of batch normalisation: its averages stay as they "
            "began, and evaluation uses them; run tf.get_collection(tf.GraphKeys.UPDATE_OPS) with it",
            (Origin(training.place, "batch normalisation is applied here"),),
        )
        return


def _not_run(trace: Trace, machine: Machine, runs: list[Act]) -> Iterator[Fault]:
    """Sessions run in a loop, and what would train is never asked for."""
    ran: set[Place] = set()
    for act in runs:
        values, known = fetched(act.receiver)
        if not known or not _is_known(machine, values):
            return
        ran |= {value.place for value in values if isinstance(value, Built)}
    if any(act.kind == "restore" for act in trace.acts) or "restore" in _all_text(machine):
        return
    named = {act.key: act.text for act in trace.acts if act.kind == "op-named"}
    for place, act in _ops(trace.acts).items():
        loop = next(
            (run for run in runs if run.root == act.root and run.path and run.path.inside("loop")), None
        )
        if place in ran or loop is None or not isinstance(act.receiver, Built) or act.receiver.escaped:
            continue
        name = named.get(act.receiver.serial)
        if name is None or _count(name, _all_text(machine)) > 1:
            continue
        step = loop.path.inside("loop") if loop.path is not None else None
        yield Fault(
            "train-op-not-run",
            act.place,
            f"`{act.text}` makes an operation that no session runs: nothing is trained"
            + (f"; fetch `{name}` as well" if name else ""),
            (
                Origin(loop.place, "the session runs only other things here"),
                *((Origin(step.place, "the loop"),) if step is not None else ()),
            ),
        )


def _count(name: str, text: str) -> int:
    """How often the last part of a name stands in the code; 0 for what has no name."""
    last = name.rpartition(".")[2]
    return len(re.findall(rf"\b{re.escape(last)}\b", text)) if last else 0


def _fixed(trace: Trace, machine: Machine, runs: list[Act]) -> Iterator[Fault]:
    """A layer that always behaves as in training stands in a graph that is trained and evaluated."""
    layers = [act for act in trace.acts if act.kind == "fixed"]
    told = {act.place for act in layers if not act.mode}
    fixed = {act.place: act for act in layers if act.place not in told and not _is_varied(act, machine)}
    ops = _ops(trace.acts)
    if not fixed or not ops:
        return
    trained = upstream(machine, (act.receiver for act in ops.values()))
    reported: set[Place] = set()
    for run in runs:
        values, _ = fetched(run.receiver)
        if _trains(values, set(ops)) or not _evaluates(trace, run):
            continue
        for place in sorted(upstream(machine, values) & fixed.keys() & trained - reported):
            reported.add(place)
            yield _always_training(fixed[place], run)


def _is_varied(layer: Act, machine: Machine) -> bool:
    """Whether a setting that says what a layer drops is set elsewhere, or drops nothing unless given."""
    if not layer.mode.startswith(SETTING):
        return False
    words = layer.mode.removeprefix(SETTING)
    name = re.escape(words).replace("_", "[_-]")
    off = "0" if "drop" in words and "keep" not in words else "1"
    varied = (
        rf"(\[[\"']{name}[\"']\]|\.{name})\s*=(?!=)"
        rf"|{name}([\"']\s*[,:]|[\"'][^)\n]*\bdefault\s*=|\s*=)\s*{off}(\.0*)?\s*[,)}}\n]"
    )
    return re.search(varied, _all_text(machine)) is not None


def _in_every_mode(trace: Trace, machine: Machine) -> Iterator[Fault]:
    """A function that builds the graph of an estimator for every mode always drops something."""
    roots = {act.root for act in trace.acts if act.kind == "train-op"}
    tested = [place for place, test in trace.tests.items() if roots and "ModeKeys" in condition(test)]
    if not tested:
        return
    left = [place for _, place in trace.leaving if place in tested]
    told = {act.place for act in trace.acts if act.kind == "fixed" and not act.mode}
    for act in trace.acts:
        if act.kind != "fixed" or act.root not in roots or act.place in told or _is_conditional(act):
            continue
        if _is_varied(act, machine):
            continue
        asked = next((place for place in tested if place.path == act.place.path), None)
        if asked is not None and not any(place < act.place for place in left):
            told.add(act.place)
            yield Fault(
                "fixed-training-flag",
                act.place,
                f"`{act.text}` behaves as in training in every mode that is built here{_set_by(act)}: "
                "let the mode decide",
                (Origin(asked, "the mode is asked for here"),),
            )


def _set_by(layer: Act) -> str:
    """The setting that every mode shares."""
    return f" (by `{layer.mode.removeprefix(SETTING)}`)" if layer.mode.startswith(SETTING) else ""


def _is_conditional(act: Act) -> bool:
    step = act.path
    while step is not None and step.kind not in {"if", "else"}:
        step = step.outer
    return step is not None


def _fed_while_testing(trace: Trace, runs: list[Act]) -> Iterator[Fault]:
    """A session that only evaluates is fed a keep probability that drops something."""
    ops = set(_ops(trace.acts))
    for run in runs:
        values, known = fetched(run.receiver)
        if not known or not ops or _trains(values, ops) or not _evaluates(trace, run):
            continue
        for key, value in _fed(run):
            number = value.value if isinstance(value, ir.Const) else None
            if isinstance(number, float) and 0 < number < 1 and _KEEPS.search(spell(key)):
                yield Fault(
                    "fixed-training-flag",
                    run.place,
                    f"`{spell(key)}` is fed {number} while the graph is evaluated: it still drops, feed 1.0",
                    (),
                )


def _fed(run: Act) -> Iterator[tuple[ir.Expr, ir.Expr]]:
    for expr in (*run.node.args[1:], *(expr for _, expr in run.node.keywords)):
        if isinstance(expr, ir.Dict):
            yield from ((key, value) for key, value in expr.items if key is not None)


def _evaluates(trace: Trace, run: Act) -> bool:
    """Whether a session is fed test or validation data."""
    fed = [*run.node.args[1:], *(expr for _, expr in run.node.keywords)]
    if any(is_evaluation(condition(expr)) for expr in fed):
        return True
    step = run.path.inside("loop") if run.path is not None else None
    return step is not None and is_evaluation(trace.loops.get(step.place, ""))


def _always_training(layer: Act, run: Act) -> Fault:
    switch = layer.mode
    if switch.startswith(SETTING):
        how = f"`{switch.removeprefix(SETTING)}` is one setting for both"
    else:
        how = (
            f"`{switch}` is a fixed number"
            if switch.endswith(("keep_prob", "rate"))
            else f"`{switch}` is always true"
        )
    return Fault(
        "fixed-training-flag",
        layer.place,
        f"`{layer.text}` behaves as in training while the graph is evaluated, too: {how}; "
        "feed a placeholder for it",
        (Origin(run.place, "evaluated here"),),
    )
