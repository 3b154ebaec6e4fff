"""Networks of which nothing is known but how they are used: trained, and evaluated without a switch.

train() ─▶ (no eval() on any path) ─▶ a loop over test data under no_grad
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.trace import Round, Trace
from nnlint.analysis.trace_modes import (
    MODE_WORDS,
    evaluates,
    evaluation,
    is_test_function,
    is_training,
    network_name,
    on_purpose,
    under_no_grad,
    what_minds,
)
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Instance, Origin
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["gradient_faults", "unknown_mode_faults"]

_NOT_NETWORKS = re.compile(
    r"loss|crit|metric|transform|loader|dataset|log|print|len|range|zip|acc|scor|proc|token|optim|sched|tqdm|func|fn$"
)


def unknown_mode_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about networks that are evaluated as they were trained, or told to train."""
    switches: dict[object, list[Act]] = {}
    for act in trace.acts:
        if act.kind in {"train", "eval"}:
            switches.setdefault(act.key, []).append(act)
    trained = _trained(trace)
    for each in trace.rounds:
        if not is_training(each):
            yield from _told_to_train(each, trace, switches)
            yield from _as_trained(each, trace, switches, trained)


def gradient_faults(trace: Trace) -> Iterator[Fault]:
    """Loops over test data in which a trained network builds graphs that nothing uses."""
    trained = _trained(trace)
    reads = {act.root for act in trace.acts if act.kind in {"grad", "gradients"}}
    for each in trace.rounds:
        if is_training(each) or each.root in reads or not evaluates(each):
            continue
        for act in each.of("forward"):
            if act.key not in trained or under_no_grad(act) or not each.is_innermost_of(act):
                continue
            name = network_name(act)
            yield Fault(
                "gradients-in-evaluation",
                each.loop,
                f"`{name}` is evaluated on `{each.over}` with gradients: wrap the loop in torch.no_grad()",
                (Origin(act.place, f"`{name}` is applied here"),),
            )
            break


def _trained(trace: Trace) -> dict[object, Act]:
    """The networks that are applied in a loop which computes gradients and steps."""
    found: dict[object, Act] = {}
    for each in trace.rounds:
        if each.of("backward") and each.of("step"):
            for act in each.of("forward", "opaque"):
                if not under_no_grad(act):
                    found.setdefault(act.key, act)
    return found


def _as_trained(
    each: Round, trace: Trace, switches: dict[object, list[Act]], trained: dict[object, Act]
) -> Iterator[Fault]:
    """Nothing ever says `eval()` to a network that is trained here and evaluated here."""
    for act in each.of("forward", "opaque"):
        if act.key not in trained or not _is_evaluated(each, act) or _is_settled(trace, act):
            continue
        said = switches.get(act.key, [])
        name = network_name(act)
        if any(one.kind == "eval" or one.mode for one in said) or _mentions_eval(trace, name):
            continue
        minds = trace.minding.get(act.key) if act.kind == "opaque" and act.mode != "network" else None
        if any(one.root == act.root for one in said) or not (said or minds or act.kind == "forward"):
            continue
        if act.kind == "forward" and what_minds(act, trace) is None:
            continue
        told = (Origin(said[0].place, f"`{said[0].text}()` sets the training mode here"),) if said else ()
        told = told if minds is None else (*told, minds)
        said_to = f"is evaluated on `{each.over}` as it was trained, for nothing here switches it"
        yield evaluation(each, act, trace, said_to, Origin(trained[act.key].place, "trained here"), *told)
        return


def _is_switching(act: Act) -> bool:
    """Whether unseen code is named for something that may switch a network."""
    return act.kind == "opaque" and MODE_WORDS.search(act.text.rpartition(".")[2]) is not None


def _mentions_eval(trace: Trace, name: str) -> bool:
    """Whether something of the same name, or a helper that is named for it, is switched anywhere."""
    last = name.rpartition(".")[2]
    for act in trace.acts:
        if act.kind == "eval" and last in act.text.split("."):
            return True
        if _is_switching(act) and _is_given(act, act, name):
            return True
    return False


def _told_to_train(each: Round, trace: Trace, switches: dict[object, list[Act]]) -> Iterator[Fault]:
    """The last thing said to the network was `train()`."""
    for act in each.of("forward", "opaque"):
        if act.key not in switches or not _is_evaluated(each, act) or _is_settled(trace, act):
            continue
        last = _last(trace, act)
        if last is None or last.kind != "train" or last.mode or last in each.acts:
            continue
        if _may_switch(trace, last, act):
            continue
        if any(_otherwise(trace, other) for other in trace.acts if _is_same(other, act)):
            continue
        said = f"is evaluated on `{each.over}` in the training mode that `{last.text}()` set"
        yield evaluation(each, act, trace, said, Origin(last.place, f"switched by `{last.text}()` here"))
        return


def _is_settled(trace: Trace, act: Act) -> bool:
    """Whether the mode is known, or the network is known to have no layer that minds.

    A network called with ever new arguments is followed no longer; what it is made of is known still.
    """
    if act.kind == "opaque":
        return any(other.key == act.key and _minds_nothing(other, trace) for other in trace.acts)
    return act.mode != "" or (_minds_nothing(act, trace) and not getattr(act.receiver, "escaped", False))


def _minds_nothing(act: Act, trace: Trace) -> bool:
    return isinstance(act.receiver, (Built, Instance)) and what_minds(act, trace) is None


def _is_evaluated(each: Round, act: Act) -> bool:
    """Whether a call runs a network on test data without gradients."""
    if not under_no_grad(act) or not each.is_innermost_of(act) or on_purpose(act):
        return False
    name = network_name(act)
    given = act.node.args or act.node.keywords
    if act.kind == "opaque" and (_NOT_NETWORKS.search(name.lower()) or not given):
        return False
    return evaluates(each) or is_test_function(each, act)


def _last(trace: Trace, act: Act) -> Act | None:
    """The last switch of the network before an act, in the same execution."""
    found = None
    for other in trace.acts:
        if other is act:
            break
        if other.kind in {"train", "eval"} and other.key == act.key and other.root == act.root:
            found = other
    return found


def _is_same(one: Act, other: Act) -> bool:
    return one.place == other.place and one.key == other.key and one.kind == other.kind


def _otherwise(trace: Trace, act: Act) -> bool:
    last = _last(trace, act)
    return last is None or last.kind != "train" or bool(last.mode)


def _may_switch(trace: Trace, last: Act, act: Act) -> bool:
    """Whether code that cannot be seen got the network, or is named for switching it, in between."""
    name = network_name(act)
    between = False
    for other in trace.acts:
        if other is act:
            return False
        if other is last:
            between = True
        elif between and _is_switching(other) and _is_given(other, act, name):
            return True
    return False


def _is_given(call: Act, act: Act, name: str) -> bool:
    """Whether a call gets the network, or is one of its methods."""
    parts: tuple[ir.Expr, ...] = (*call.node.args, *(expr for _, expr in call.node.keywords))
    owner = call.text.rpartition(".")[0]
    return any(spell(part) == name for part in parts) or owner == name or call.key == (act.key, call.text)
