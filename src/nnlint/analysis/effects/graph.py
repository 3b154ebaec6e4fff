"""TensorFlow 1 graphs: which operation is made of which, what a session runs, what trains and what starts.

The values of a graph are told apart by the place of the call that made them; `Machine.graph` holds what each
of them was made of, so that a run can be followed back to the variables and layers that it needs.
"""

from __future__ import annotations

import re

from nnlint.analysis.acts import record
from nnlint.analysis.arguments import mark_escaped
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.quantified import fed_to, minimized
from nnlint.analysis.machine import Frame
from nnlint.analysis.values import (
    NONE,
    Built,
    Constant,
    External,
    List,
    Mapping,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["DROPPING_CELL", "GRAPHS", "SETTING", "fetched", "note_cell", "noted", "operation"]

GRAPHS = ("tensorflow.", "tf_slim.")
DROPPING_CELL = "tensorflow.nn.rnn_cell.DropoutWrapper"
SETTING = "setting "
"""Begins the mode of a layer whose rate is a setting of the program: what follows is its name."""
_SETTINGS = re.compile(r"(self\.)?_?(params|h_?params|hps|flags|args|opts?|conf|config|cfg|options)\.?", re.I)
_RATE = re.compile(r"keep|drop", re.I)
_CELL_RATES = ("input_keep_prob", "output_keep_prob", "state_keep_prob")
_VARIABLES = frozenset(
    {"tensorflow.Variable", "tensorflow.get_variable", "tf_slim.model_variable", "tf_slim.variable"}
)
_WEIGHTED = frozenset({"conv", "dense", "embedding", "norm"})
_PLAIN = frozenset({"GradientDescentOptimizer", "ProximalGradientDescentOptimizer"})
"""Optimizers that keep no variables of their own."""


def operation(given: Given) -> Value:
    """An operation of the graph: told apart, so that a session can be seen to run it."""
    return Built(given.name, given.entry, dict(given.values), given.place)


def noted(given: Given, value: Value) -> None:
    """Remember what a call of the graph was made of, and what it is for."""
    effect = given.entry.does
    kind = type(effect)
    machine = given.machine
    if kind is spec.Action:
        _acted(given, value)
        return
    if kind is spec.Minimize:
        if isinstance(value, Built):
            record(machine, "train-op", value, given.node, _slots(given))
            minimized(given, value)
        return
    if kind is spec.Constant:
        if given.name in _VARIABLES and not _is_asked_for(given):
            initial = given.values.get("initial_value", given.values.get("initializer", NONE))
            record(machine, "variable", initial, given.node)
        return
    if isinstance(value, Tuple) and value.items:
        value = value.items[0]
    if isinstance(value, (Tensor, Unknown)) and value.place is not None:
        started = given.name.endswith("initialized_value")  # what a variable starts as needs no variable
        inputs = () if started else (*given.values.values(), given.receiver or NONE)
        machine.notes.graph.setdefault(value.place, inputs)
    if isinstance(effect, spec.Layer):
        _layer(given, effect)


def _is_asked_for(given: Given) -> bool:
    """Whether a variable that exists is asked for by its name, in a scope that uses its variables again."""
    return given.name != "tensorflow.Variable" and given.values.keys() <= {"name", "dtype"}


def _acted(given: Given, value: Value) -> None:
    effect = given.entry.does
    assert isinstance(effect, spec.Action)
    machine = given.machine
    if effect.name == "run":
        record(machine, "run", given.operand(effect.operand), given.node)
        fed_to(given, fetched(given.operand(effect.operand))[0] if machine.notes.minimized else [])
    elif effect.name == "apply" and isinstance(value, Built):
        record(machine, "train-op", value, given.node, _slots(given))
    elif effect.name == "initialize":
        whole = isinstance(value, Built) and not effect.operand
        record(machine, "initializer" if whole else "restore", value, given.node)
    elif effect.name == "group":
        mark_escaped(given.operand(effect.operand))


def _slots(given: Given) -> str:
    """ "slots" where training is known to need variables of its own, which want a start, too."""
    optimizer = given.receiver
    if not isinstance(optimizer, Built) or not isinstance(optimizer.entry.does, spec.Optimizer):
        return ""
    return "" if optimizer.name.rpartition(".")[2] in _PLAIN else "slots"


def _layer(given: Given, effect: spec.Layer) -> None:
    machine = given.machine
    of_graph = given.name.startswith(("tensorflow.layers.", "tf_slim."))
    if of_graph and effect.kind in _WEIGHTED:
        record(machine, "variable", NONE, given.node)
    if effect.kind == "norm" and "batch" in given.name and given.get("updates_collections") != NONE:
        record(machine, "batch-norm", given.operand(effect.flag), given.node, _switch(given, effect.flag))
    elif given.get("normalizer_fn") == External("tf_slim.batch_norm"):
        options = given.get("normalizer_params")
        if isinstance(options, Mapping) and "k:updates_collections" not in options.attrs:
            flag = options.attrs.get("k:is_training", Constant(True))
            record(machine, "batch-norm", flag, given.node, _state(flag))
    if effect.kind == "dropout" or (effect.kind == "norm" and "batch" in given.name):
        _fixed(given, effect)


def _switch(given: Given, flag: str) -> str:
    return _state(given.get(flag)) if flag else ""


def _state(flag: Value | None) -> str:
    """ "train", "eval", or "both" for a switch that is set while the graph runs."""
    if isinstance(flag, Constant):
        return "train" if flag.value else "eval"
    return "" if flag is None else "both"


def _fixed(given: Given, effect: spec.Layer) -> None:
    """A layer that behaves as in training, whatever it is used for; without mode where it may be told."""
    mode = ""
    if given.open:
        return
    if not effect.flag and _switched(given.machine.frame):
        mode = ""
    elif not effect.flag:
        mode = next((name for name in ("keep_prob", "rate") if _partial(given.values.get(name))), "")
        mode = mode or _setting(given, ("keep_prob", "rate"))
    elif _switch(given, effect.flag) == "train" and _drops(given):
        mode = effect.flag
    record(given.machine, "fixed", NONE, given.node, mode)


def note_cell(given: Given) -> None:
    """A recurrent cell whose inputs or outputs are dropped."""
    if given.open or _switched(given.machine.frame):
        return
    mode = next((name for name in _CELL_RATES if _partial(given.values.get(name))), "")
    record(given.machine, "fixed", NONE, given.node, mode or _setting(given, _CELL_RATES))


def _setting(given: Given, names: tuple[str, ...]) -> str:
    """The setting a rate is read from, where it is one: ``params["keep_prob"]``, ``FLAGS.dropout``."""
    named = dict(given.node.keywords)
    for name in names:
        position = given.entry.params.index(name) if name in given.entry.params else len(given.node.args)
        written = named.get(name) or next(iter(given.node.args[position : position + 1]), None)
        if not isinstance(written, (ir.Attr, ir.Index)) or not isinstance(
            given.values.get(name), (Unknown, External)
        ):
            continue
        items = written.items if isinstance(written, ir.Index) else ()
        key = items[0].value if len(items) == 1 and isinstance(items[0], ir.Const) else ""
        last = written.name if isinstance(written, ir.Attr) else key
        if isinstance(last, str) and _RATE.search(last) and _SETTINGS.fullmatch(spell(written.value)):
            return SETTING + last
    return ""


def _switched(frame: Frame) -> bool:
    """Whether a switch of the function says what is built: another graph may do without the layer."""
    params = () if frame.function is None else frame.function.node.params
    values = (frame.attrs.get(param.name) for param in params)
    return any(isinstance(value, Constant) and isinstance(value.value, bool) for value in values)


def _drops(given: Given) -> bool:
    """Whether nothing says that the rate is set from outside, or that it drops nothing."""
    for name in ("keep_prob", "rate"):
        if name in given.values:
            return _partial(given.values[name])
    return True


def _partial(value: Value | None) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, float) and 0 < value.value < 1


def fetched(value: Value, depth: int = 0) -> tuple[list[Value], bool]:
    """What a session was asked for, piece by piece, and whether that is all known."""
    if isinstance(value, Mapping):
        parts = [item for key, item in value.attrs.items() if key.startswith("k:")]
        known = "open" not in value.attrs
    elif isinstance(value, Tuple):
        parts, known = list(value.items), True
    elif isinstance(value, List):
        items = value.attrs.get("items")
        parts, known = (list(items.items), True) if isinstance(items, Tuple) else ([], False)
    else:
        return [value], isinstance(value, (Tensor, Built)) or (
            isinstance(value, Unknown) and value.place is not None
        )
    found: list[Value] = []
    for part in parts:
        more, clear = fetched(part, depth + 1) if depth < 4 else ([], False)
        found.extend(more)
        known = known and clear
    return found, known
