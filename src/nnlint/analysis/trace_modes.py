"""Whether networks are evaluated and trained in the right mode: faults of rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.acts import MODE
from nnlint.analysis.events import Path
from nnlint.analysis.repair import Delete, Rename, Repair
from nnlint.analysis.trace import Round, Trace, is_evaluation, receiver_name
from nnlint.analysis.trace_mode_repairs import into_evaluation, into_training
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Instance, Obj, Origin, Tuple, Unknown, Value
from nnlint.knowledge.spec import Layer

__all__ = [
    "EVALUATES", "MODE_WORDS", "evaluates", "evaluation", "is_test_function", "is_training", "mode_faults",
    "mode_layer", "network_name", "on_purpose", "prediction", "same_way", "under_no_grad", "wavers",
    "what_minds",
]  # fmt: skip

_ON_PURPOSE = re.compile(
    r"(^|_)mc(_|$)|monte|dropout|uncertain|bayes|stochastic|ensemble|attack|adversar|adapt|finetun|fine_tun|tta"
)


EVALUATES = re.compile(
    r"^_?(test|valid|validate|validation|eval|evaluate|evaluation|predict|inference|infer)(_|$)"
)
"""Names of functions that evaluate."""
_DEEP = 4
"""Parts of parts that are looked into."""
_TRAINS = re.compile(r"train|range\(")
_LOADS = re.compile(r"load|data|batch|iter|set\b")
_METHODS = (".forward", ".generate", ".module", ".predict", ".encode", ".decode")
MODE_WORDS = re.compile(r"eval|mode(?!l)|train|valid|test|prepare|wrap|freeze|phase|infer|start", re.I)
"""Names of functions that may switch what they are given."""


def evaluation(each: Round, act: Act, trace: Trace, said: str, *because: Origin) -> Fault:
    """The fault of a network that should have been switched before a loop, or the block around it."""
    place, where = each.loop, "this loop"
    shared = any(other.loop == each.loop and is_training(other) for other in trace.rounds)
    step = None if shared else act.path
    while step is not None and step.kind != "call":
        if step.kind == "no_grad":
            place, where = step.place, "this block"
        step = step.outer
    return Fault(
        "evaluation-in-training-mode",
        place,
        f"`{network_name(act)}` {said}: call `{network_name(act)}.eval()` before {where}"
        + (" evaluates" if shared else ""),
        (
            *((Origin(each.loop, f"the loop over `{each.over}`"),) if place != each.loop else ()),
            Origin(act.place, f"`{network_name(act)}` is applied here"),
            *because,
        ),
        None if shared else into_evaluation(network_name(act), place, act, trace),
    )


def prediction(act: Act, layer: Built, said: str, start: Origin, repair: Repair | None = None) -> Fault:
    """The fault of a network that predicts outside of loops with a layer that behaves as in training."""
    name, kind = network_name(act), layer.name.rpartition(".")[2]
    return Fault(
        "evaluation-in-training-mode",
        act.place,
        f"`{name}` predicts in training mode{said}: call `{name}.eval()` before",
        (start, Origin(layer.place, f"{kind} behaves differently while training")),
        repair,
    )


def network_name(act: Act) -> str:
    """The network as the code spells it."""
    name = act.text
    for end in _METHODS:
        name = name.removesuffix(end)
    return name


def on_purpose(act: Act) -> bool:
    """Whether the function is named for something that wants the training behaviour."""
    return _ON_PURPOSE.search(act.function) is not None


def mode_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about modes in every round of the run."""
    for each in trace.rounds:
        if any(act.kind == "forward" for act in each.acts):
            yield from _evaluated_while_training(each, trace)
            yield from _trained_while_evaluating(each, trace)
        yield from _switched_back(each, trace)


def is_training(each: Round) -> bool:
    """Whether a loop computes gradients or updates weights; clearing them alone does not train."""
    if any(act.kind in {"backward", "step", "minimize", "grad", "apply"} for act in each.acts):
        return True
    return bool(each.of("zero_grad")) and not all(map(under_no_grad, each.of("forward", "opaque")))


def evaluates(each: Round) -> bool:
    """Whether the loop goes through test or validation data."""
    named = is_evaluation(each.over) or is_evaluation(f"{each.over} {each.outside}")
    return named or each.role in {"test", "validation"}


def is_test_function(each: Round, act: Act) -> bool:
    """Whether a function that is named for evaluating goes through loaded data without gradients."""
    over = each.over.lower()
    named = EVALUATES.search(act.function) is not None and _LOADS.search(over) is not None
    return named and _TRAINS.search(over) is None and under_no_grad(act)


def _evaluated_while_training(each: Round, trace: Trace) -> Iterator[Fault]:
    if is_training(each):
        return
    for act in each.of("forward"):
        if act.mode != "train" or on_purpose(act) or not each.is_innermost_of(act):
            continue
        if not evaluates(each) and (not is_test_function(each, act) or _is_loaded(act, trace)):
            continue
        if wavers(trace, act, "train"):
            continue
        minds = what_minds(act, trace)
        if minds is None:
            continue
        said = f"is evaluated on `{each.over}` in training mode"
        yield evaluation(each, act, trace, said, *_last(trace, act, "train"), minds)
        return


def what_minds(act: Act, trace: Trace) -> Origin | None:
    """What tells that a network does something else while training."""
    layer = mode_layer(act.receiver)
    if layer is None:
        return minding_part(act.receiver, trace)
    return Origin(layer.place, f"{layer.name.rpartition('.')[2]} behaves differently while training")


def _is_loaded(act: Act, trace: Trace) -> bool:
    """Whether the network got weights from elsewhere: `trace_loaded` speaks of those."""
    return any(other.kind == "load" and other.key == act.key for other in trace.acts)


def wavers(trace: Trace, act: Act, mode: str) -> bool:
    """Whether the same call is also reached in another mode, by the same way: then a later round is right."""
    return any(
        other.mode != mode
        for other in trace.acts
        if other.kind == "forward"
        and (other.place, other.key) == (act.place, act.key)
        and same_way(other.path, act.path)
    )


def same_way(one: Path | None, other: Path | None) -> bool:
    """Whether two paths lead through the same calls, loops and branches."""
    while one is not None and other is not None and (one.kind, one.place) == (other.kind, other.place):
        if one is other:
            return True
        one, other = one.outer, other.outer
    return one is other


def _last(trace: Trace, act: Act, kind: str) -> tuple[Origin, ...]:
    """The last switch of the model before the act."""
    found: tuple[Origin, ...] = ()
    for other in trace.acts:
        if other is act:
            break
        if other.kind == kind and other.key == act.key:
            found = (Origin(other.place, f"switched by `{other.text}()` here"),)
    return found


def mode_layer(model: Value, depth: int = 0) -> Built | None:
    """A layer inside a model that does something else while training: dropout or batch norm."""
    if isinstance(model, Built):
        does = model.entry.does
        if isinstance(does, Layer):
            return model if _switches(model, does) else None
    if not isinstance(model, (Built, Instance)) or depth > 5:
        return None
    for name, inner in model.attrs.items():
        if name == MODE or name.startswith("_nn"):
            continue
        parts = inner.items if name == "items" and isinstance(inner, Tuple) else (inner,)
        for part in parts:
            if isinstance(part, Obj) and part is not model:
                found = mode_layer(part, depth + 1)
                if found is not None:
                    return found
    return None


def minding_part(model: Value, trace: Trace, depth: int = 0) -> Origin | None:
    """What tells that a network of a library, inside of this one, does something else while training."""
    if not trace.minding:
        return None
    if isinstance(model, Unknown):
        found = trace.minding.get(model.place)
        told = (act for act in trace.acts if act.kind in {"train", "eval"} and act.key == model.place)
        return found if found is not None and next(told, None) is None else None
    if not isinstance(model, (Built, Instance)) or depth > _DEEP:
        return None
    for name, inner in model.attrs.items():
        for part in inner.items if name == "items" and isinstance(inner, Tuple) else (inner,):
            found = minding_part(part, trace, depth + 1) if part is not model else None
            if found is not None:
                return found
    return None


def _switches(layer: Built, does: Layer) -> bool:
    if does.kind == "dropout":
        rate = layer.args.get("p")
        return getattr(rate, "value", 1) != 0
    return does.kind == "norm" and "BatchNorm" in layer.name


def _trained_while_evaluating(each: Round, trace: Trace) -> Iterator[Fault]:
    if not each.of("step") or not each.of("backward"):
        return
    for act in each.of("forward"):
        if act.mode != "eval" and each.is_innermost_of(act) and not under_no_grad(act):
            yield from _left_in_evaluation(each, act, trace)


def under_no_grad(act: Act) -> bool:
    """Whether gradients are switched off around an act."""
    return act.path is not None and act.path.inside("no_grad") is not None


def _left_in_evaluation(each: Round, act: Act, trace: Trace) -> Iterator[Fault]:
    """The first round trains in training mode; a later one finds the model as the evaluation left it."""
    later = [
        other
        for other in trace.acts
        if other.kind == "forward"
        and (other.place, other.key, other.root) == (act.place, act.key, act.root)
        and (not under_no_grad(other) or under_no_grad(act))
    ]
    stale = [other for other in later if other.mode == "eval"]
    switched = [
        other
        for other in trace.acts
        if other.kind == "eval" and (other.key, other.root) == (act.key, act.root)
    ]
    layer = mode_layer(act.receiver)
    minds = what_minds(act, trace) if layer is None else None
    if not stale or not switched or (layer is None and minds is None):
        return
    if any(other.mode == "" for other in later) and (act.mode or _is_switched_to_training(act, trace)):
        return
    name = receiver_name(act)
    yield Fault(
        "training-in-evaluation-mode",
        switched[-1].place,
        f"`{name}` stays in evaluation mode from here on, and the next training batch finds it there: "
        f"call `{name}.train()` before the loop trains again",
        (
            Origin(each.loop, "the training loop"),
            Origin(act.place, f"`{name}` is applied here"),
            *((minds,) if minds is not None else ()),
        ),
        into_training(receiver_name(act), each, act, switched[-1]),
    )


def _is_switched_to_training(act: Act, trace: Trace) -> bool:
    """Whether something sets the training mode: without it, a mode not known at first is lost for good."""
    return any(
        other.kind == "train" and (other.key, other.root) == (act.key, act.root) for other in trace.acts
    )


def _switched_back(each: Round, trace: Trace) -> Iterator[Fault]:
    """`train()` is called inside a loop over test data whose gradients are off."""
    if not evaluates(each) or is_training(each):
        return
    for act in each.of("train"):
        if act.node.args or act.node.keywords or not under_no_grad(act) or not each.is_innermost_of(act):
            continue
        if any(other.key == act.key for other in each.of("eval")):
            continue  # every round switches to evaluation first
        name = receiver_name(act)
        yield Fault(
            "evaluation-in-training-mode",
            act.place,
            f"`{name}` is switched to training mode inside a loop that evaluates it",
            (Origin(each.loop, f"the loop over `{each.over}`"),),
            _not_back(act, trace),
        )


def _not_back(act: Act, trace: Trace) -> Repair:
    """Without the switch, or the other way where nothing else does that."""
    if any(other.kind == "eval" and other.key == act.key for other in trace.acts):
        return Repair(f"Take `{act.text}()` out of the loop", (Delete(act.place),))
    return Repair("Call `eval`", (Rename(act.place, "eval"),))
