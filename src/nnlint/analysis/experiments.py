"""What a finished run says about the experiment as a whole: one walk over files that train, and no others.

Whether anything is seeded, judged or recorded is decided by the words of the code: a single one that speaks
of it is enough for the rules to stay silent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from nnlint.analysis.events import LayerCall, Path
from nnlint.analysis.experiment_events import Experiment, ExperimentEvent, Hardcoded, Unrecorded
from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import Setting
from nnlint.analysis.training_events import Act
from nnlint.analysis.values import Origin, Place, Unknown
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["experiments"]

_SEEDS = re.compile("seed|random_?state|deterministic|generator|default_rng", re.I)
_JUDGES = re.compile(
    r"(^|_)(test|tests|testing|dev|val|valid|heldout|holdout)(_|$|set|loader)|valid|eval|scor|predict|accura|metric|"
    r"infer|cross_val|report|confusion|[a-z](Test|Val|Dev)|^auc|f1",
)
_UNTESTED = re.compile(
    r"discriminator|^net_?[DG]$|(^|_)(gan|critic|episode|gym|policy|reward|style|styled)s?(_|$)", re.I
)
"""Words of training that no held-out data can judge: against an opponent, for a reward, to one picture."""
_RECORDS = re.compile(
    "print|(^|_)log(?!it)|append|extend|write|scalar|postfix|plot|record|report|update|track|save|history|"
    "metric|callback|tensorboard|wandb|writer|display|show|send|[Mm]eter$|step_end|hook|notify|info|debug|yield"
)
_WHAT = {
    "learning-rate": "the learning rate",
    "batch-size": "the batch size",
    "epochs": "the number of epochs",
}


@dataclass(slots=True)
class _Scope:
    """The words of one function, or of a file. reads: how often each name is read. differentiated: the names
    that `backward` is called on, by the call. counted: loops over a literal `range`, and its argument.
    """

    reads: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    differentiated: dict[int, str] = field(default_factory=dict)
    counted: dict[int, ir.Const] = field(default_factory=dict)
    inner: list[_Scope] = field(default_factory=list)

    def all(self) -> Iterator[_Scope]:
        """This scope and those inside."""
        yield self
        for scope in self.inner:
            yield from scope.all()


def experiments(machine: Machine, code: ir.ModuleIR) -> list[ExperimentEvent]:
    """The facts about the experiments of a file."""
    steps = [
        event
        for event in machine.events
        if type(event) is Act and event.kind == "step" and _is_in_loop(event) and not _acts(event)
    ]
    mine = [step for step in steps if step.place.path == code.path]
    fits = [each for each in machine.trial.trained if each.place.path == code.path]
    if not mine and not fits:
        return []
    scope = _Scope()
    _walk(code.body, scope)
    place, name = (mine[0].place, mine[0].text) if mine else (fits[0].place, fits[0].name)
    found: list[ExperimentEvent] = list(
        _hardcoded(machine, code.path, scope, Origin(place, f"{name} trains"))
    )
    found += _unrecorded(machine, code.path, scope)
    if any(step.root == 0 for step in mine) or any(fit.root == 0 for fit in fits):
        words = {word for each in scope.all() for word in each.words}
        seeded = any(map(_SEEDS.search, words)) or bool(machine.trial.seeds)
        judged = any(map(_JUDGES.search, words)) or any(map(_UNTESTED.search, words))
        found.append(Experiment(place, name, seeded, tuple(_chances(machine)), judged))
    return found


def _acts(step: Act) -> bool:
    """A step of something unknown that is told what to do: of an environment, not of an optimizer."""
    args = step.node.args
    told = bool(args) and not isinstance(args[0], ir.Lambda) and "closure" not in spell(args[0])
    return told and isinstance(step.receiver, Unknown)


def _is_in_loop(act: Act) -> bool:
    return act.path is not None and act.path.inside("loop") is not None


def _chances(machine: Machine) -> Iterator[Origin]:
    """Where chance comes in, as far as that is plain."""
    for place, text in machine.trial.chances.items():
        yield Origin(place, text)
        break
    for event in machine.events:
        if type(event) is LayerCall and event.kind in {"dense", "conv", "recurrent", "embedding"}:
            yield Origin(event.place, f"the weights of {event.name} start at random")
            return


def _hardcoded(machine: Machine, path: str, scope: _Scope, training: Origin) -> Iterator[Hardcoded]:
    """Numbers that are written where they are handed over."""
    for event in machine.events:
        if type(event) is Setting and event.literal and event.place.path == path and event.kind in _WHAT:
            text = f"{event.value:g}" if event.value is not None else event.text
            yield Hardcoded(event.place, _WHAT[event.kind], event.name, text, training)
    loops = {
        step.place.node
        for event in machine.events
        if type(event) is Act and event.kind == "step" and not _acts(event)
        for step in _loops(event.path)
        if step.place.path == path
    }
    for each in scope.all():
        for number, count in each.counted.items():
            if number in loops:
                what = _WHAT["epochs"]
                yield Hardcoded(Place(path, count.id), what, "the training loop", str(count.value), training)


def _loops(path: Path | None) -> Iterator[Path]:
    while path is not None:
        if path.kind == "loop":
            yield path
        path = path.outer


def _unrecorded(machine: Machine, path: str, scope: _Scope) -> Iterator[Unrecorded]:
    """Losses that nothing but `backward` reads, in functions where nothing else is recorded either."""
    stepped = {
        loop.place
        for event in machine.events
        if type(event) is Act and event.kind == "step"
        for loop in _loops(event.path)
    }
    scopes = {number: each for each in scope.all() for number in each.differentiated}
    for event in machine.events:
        if type(event) is not Act or event.kind != "backward" or event.place.path != path:
            continue
        each = scopes.get(event.place.node)
        loop = event.path.inside("loop") if event.path is not None else None
        if each is None or loop is None or loop.place not in stepped:
            continue
        loss = each.differentiated[event.place.node]
        if each.reads[loss] or any(map(_RECORDS.search, each.words)):
            continue
        yield Unrecorded(event.place, loss, loop.place)


def _walk(node: object, scope: _Scope) -> None:
    """Collect the words of a piece of code."""
    if isinstance(node, (ir.Function, ir.Class)):
        inner = _Scope()
        scope.inner.append(inner)
        inner.words.add(node.name)
        for part in node[2:]:
            _walk(part, inner)
    elif isinstance(node, ir.Call):
        _call(node, scope)
    elif isinstance(node, ir.Assign):
        for target in node.targets:
            _target(target, scope)
        _walk(node.value, scope)
    elif isinstance(node, ir.Name):
        scope.reads[node.name] += 1
        scope.words.add(node.name)
    elif isinstance(node, ir.Attr):
        scope.words.add(node.name)
        _walk(node.value, scope)
    elif isinstance(node, ir.Imported):
        scope.words.update(filter(None, (node.local, node.name, *node.module.split("."))))
    elif isinstance(node, tuple):
        if isinstance(node, ir.For):
            _counted(node, scope)
        for part in node:
            if isinstance(part, tuple):
                _walk(part, scope)


def _target(target: ir.Expr, scope: _Scope) -> None:
    if isinstance(target, ir.Name):
        scope.words.add(target.name)
    else:
        _walk(target, scope)


def _call(node: ir.Call, scope: _Scope) -> None:
    func = node.func
    if isinstance(func, ir.Attr) and func.name == "backward" and isinstance(func.value, ir.Name):
        scope.differentiated[node.id] = func.value.name
    else:
        _walk(func, scope)
    _walk(node.args, scope)
    for name, value in node.keywords:
        scope.words.add(name)
        _walk(value, scope)


def _counted(node: ir.For, scope: _Scope) -> None:
    """``for epoch in range(10)``, also inside of a progress bar."""
    over = node.iter
    while isinstance(over, ir.Call) and over.args and isinstance(over.args[0], ir.Call):
        over = over.args[0]
    if not isinstance(over, ir.Call) or not isinstance(over.func, (ir.Name, ir.Attr)) or not over.args:
        return
    last = over.args[min(len(over.args), 2) - 1]
    if over.func.name in {"range", "trange"} and isinstance(last, ir.Const) and isinstance(last.value, int):
        scope.counted[node.id] = last
