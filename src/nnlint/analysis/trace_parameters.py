"""Whether optimizers hold the parameters they were meant for: faults of the whole trace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nnlint.analysis.trace import Round, Trace, is_optimizer, receiver_name
from nnlint.analysis.trace_modes import network_name, under_no_grad
from nnlint.analysis.trace_repairs import received
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Instance, List, Origin, Place, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge.spec import Optimizer

__all__ = ["owners", "parameter_faults", "repeated"]

_GENERIC = frozenset(
    {"opt", "optim", "optm", "optimizer", "optimiser", "self", "solver", "trainer", "op", ""}
)


def parameter_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about what optimizers hold and which of them step."""
    yield from _exhausted(trace)
    yield from _replaced(trace)
    yield from _named_for_another(trace)
    for act in trace.acts:
        if act.kind == "built" and isinstance(act.receiver, Built) and act.node.args:
            yield from repeated(act.node.args[0], act.place)
    built = {act.key: act for act in trace.acts if act.kind == "built" and is_optimizer(act)}
    all_told = all(map(_held, built.values()))
    for each in trace.rounds:
        yield from _swapped(each, trace)
        if all_told:
            yield from _held_in_vain(each, built)


def owners(node: ir.Expr) -> list[str]:
    """The spelled models whose ``.parameters()`` an expression takes whole, in order."""
    if isinstance(node, ir.Call):
        if isinstance(node.func, ir.Attr) and node.func.name == "parameters" and not node.args:
            return [spell(node.func.value)]
        if spell(node.func).rpartition(".")[2] in {"list", "chain", "tuple"}:
            return [name for arg in node.args for name in owners(arg)]
    if isinstance(node, ir.Binary) and node.op == "+":
        return owners(node.left) + owners(node.right)
    if isinstance(node, ir.Star):
        return owners(node.value)
    if isinstance(node, ir.Sequence):
        return [name for item in node.items for name in owners(item)]
    return []


def repeated(node: ir.Expr, place: Place) -> Iterator[Fault]:
    """The same model's parameters stand in one list twice."""
    names = [name for name in owners(node) if name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(
            "wrong-parameters",
            place,
            f"the parameters of `{name}` are given twice: probably those of another model were meant",
            (),
        )


def _precedes(one: Act, other: Act) -> bool:
    """Whether the way to one leads on to the other: not on different branches."""
    step = other.path
    inner = one.path
    while inner is not None and inner.kind in {"no_grad"}:
        inner = inner.outer
    while step is not None:
        if inner is not None and step == inner:
            return True
        step = step.outer
    return inner is None


def _exhausted(trace: Trace) -> Iterator[Fault]:
    used: dict[object, Act] = {}
    for act in trace.acts:
        if act.kind == "parameters":
            used.pop(act.key, None)
        elif act.kind == "consumed":
            before = used.setdefault(act.key, act)
            if before is not act and before.root == act.root and _precedes(before, act):
                yield Fault(
                    "wrong-parameters",
                    act.place,
                    f"`{act.text}` gets an exhausted generator: `parameters()` can be gone through once only",
                    (Origin(before.place, "gone through here"),),
                )


def _replaced(trace: Trace) -> Iterator[Fault]:
    """A layer is replaced behind an optimizer that holds the parameters of the old one."""
    held: dict[tuple[object, str], Act] = {}
    changed: dict[tuple[object, str], tuple[Act, Act]] = {}
    for act in trace.acts:
        if act.kind == "built" and isinstance(act.receiver, Built):
            if isinstance(act.receiver.entry.does, Optimizer):
                for name in owners(act.node.args[0]) if act.node.args else []:
                    held[_scope(act), name] = act
                    changed.pop((_scope(act), name), None)
        elif act.kind == "replaced" and (_scope(act), act.text) in held:
            built = held[_scope(act), act.text]
            if _precedes(built, act) and built.place != act.place:
                changed[_scope(act), act.text] = (built, act)
        elif act.kind == "step":
            for (_, name), (built, replaced) in list(changed.items()):
                if built.key == act.key and is_optimizer(built):
                    yield _replaced_fault(name, built, replaced, act)


def _replaced_fault(name: str, built: Act, replaced: Act, step: Act) -> Fault:
    return Fault(
        "wrong-parameters",
        replaced.place,
        f"a layer of `{name}` is replaced after the optimizer took its parameters: "
        "the new layer is never trained",
        (Origin(built.place, "the optimizer took the parameters here"), Origin(step.place, "and steps here")),
    )


def _scope(act: Act) -> tuple[str, int, str]:
    return (act.place.path, act.root, act.function)


def _tokens(name: str) -> set[str]:
    last = name.rpartition(".")[2]
    parts = re.split(r"_|(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=\d)", last)
    return {part.lower() for part in parts} - _GENERIC


def _means(tokens: set[str], name: str) -> bool:
    """Whether a name is what the tokens of another stand for: "d" or "dis" for "discriminator"."""
    words = _tokens(name)
    return any(word.startswith(token) for token in tokens for word in words)


def _owner(name: str) -> str:
    """What a name is an attribute of: parts of a network are none of its kind."""
    return name.rpartition(".")[0]


def _speaks_of(tokens: set[str], made: Act) -> bool:
    """Whether the name of an optimizer speaks of a network; of what may be one only in full."""
    if made.kind == "network-named":
        return _means(tokens, made.text)
    return _tokens(made.text) <= tokens and bool(_tokens(made.text))


def _named_for_another(trace: Trace) -> Iterator[Fault]:
    """`optim_d` holds the generator's parameters while no optimizer holds the discriminator's."""
    built = [act for act in trace.acts if act.kind == "optimizer-named"]
    held = {name for act in built for name in _held(act)}
    if any(not _held(act) for act in built):
        return
    networks = {act.text: act for act in trace.acts if act.kind in {"network-named", "object-named"}}
    for act in built:
        tokens, names = _tokens(act.text), _held(act)
        if len(names) != 1 or not tokens or tokens == _tokens(names[0]):
            continue
        free = [
            made for name, made in networks.items() if _owner(name) == _owner(names[0]) and name not in held
        ]
        meant = [made.text for made in free if _tokens(made.text) == tokens]
        if not meant and not _means(tokens, names[0]):
            meant = [made.text for made in free if _speaks_of(tokens, made)]
        twin = [other for other in built if other.text != act.text and _held(other) == names]
        if len(meant) == 1 and twin and networks[meant[0]].root == act.root:
            yield Fault(
                "wrong-parameters",
                act.place,
                f"`{act.text}` holds the parameters of `{names[0]}`, "
                f"and no optimizer holds those of `{meant[0]}`",
                (
                    Origin(twin[0].place, f"`{twin[0].text}` holds the same parameters"),
                    Origin(networks[meant[0]].place, f"`{meant[0]}` is made here"),
                ),
            )


def _held(act: Act) -> list[str]:
    return owners(act.node.args[0]) if act.node.args else []


def _held_in_vain(each: Round, built: dict[object, Act]) -> Iterator[Fault]:
    """The optimizer holds a network that never gets gradients, and none holds the one that learns.

    built: where every optimizer of the run was made, by its key; all say what they hold.
    """
    if not each.of("backward"):
        return
    applied = each.of("forward", "opaque")
    learns = next((act for act in applied if act.kind == "forward" and not under_no_grad(act)), None)
    for step in each.of("step"):
        made = built.get(step.key)
        names = [] if made is None else _held(made)
        if made is None or learns is None or len(names) != 1 or made.root != step.root:
            continue
        uses = [act for act in applied if network_name(act) == names[0]]
        others = {network_name(act) for act in applied if not under_no_grad(act)}
        apart = bool(uses) and all(map(under_no_grad, uses)) and _are_apart(uses[0], learns)
        if not apart or len(others) != 1:
            continue
        held = {name for act in built.values() for name in _held(act)}
        if held.isdisjoint(others):
            yield Fault(
                "wrong-parameters",
                made.place,
                f"the optimizer holds the parameters of `{names[0]}`, which gets no gradients, "
                f"and none holds those of `{network_name(learns)}`, which is trained",
                (
                    Origin(uses[0].place, f"`{names[0]}` is applied here, without gradients"),
                    Origin(learns.place, f"`{network_name(learns)}` is applied here"),
                ),
            )


def _are_apart(one: Act, other: Act) -> bool:
    """Whether two networks are known and have no part in common."""
    first, second = one.receiver, other.receiver
    if not isinstance(first, (Built, Instance)) or not isinstance(second, (Built, Instance)):
        return False
    if first.escaped or second.escaped:
        return False
    return _parts(first, {}).keys().isdisjoint(_parts(second, {}))


def _parts(owner: Value, found: dict[int, Value]) -> dict[int, Value]:
    """A network and all that it holds, by identity."""
    if isinstance(owner, (Built, Instance)):
        if id(owner) in found:
            return found
        found[id(owner)] = owner
    items: Iterable[Value] = owner.items if isinstance(owner, Tuple) else ()
    if isinstance(owner, (Built, Instance, List)):
        items = owner.attrs.values()
    for part in items:
        _parts(part, found)
    return found


def _swapped(each: Round, trace: Trace) -> Iterator[Fault]:
    """One optimizer steps twice in every round, its twin is cleared and never steps."""
    steps = [act for act in each.of("step") if not each.under(act) and is_optimizer(act) and act.mode == ""]
    twice = [act for act in steps if any(o.key == act.key and o.place != act.place for o in steps)]
    if not twice:
        return
    for zero in each.of("zero_grad"):
        if is_optimizer(zero) and not any(trace.steps(zero.key)) and not each.under(zero):
            name, other = receiver_name(zero), receiver_name(twice[-1])
            yield Fault(
                "swapped-optimizers",
                twice[-1].place,
                f"`{other}` steps twice in each round, and `{name}` never",
                (
                    Origin(zero.place, f"`{name}` is cleared here"),
                    Origin(twice[0].place, f"`{other}` steps here"),
                ),
                received(twice[-1], name),
            )
            return
