"""Which dense layer is fed the raw output of which other one."""

from __future__ import annotations

import re

from nnlint.analysis.effects.given import Given
from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import Chain, Link
from nnlint.analysis.values import NONE, Built, Constant, Place, Tensor, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["carried", "linked", "rehomed"]

_LONGEST = 12
_SAME_AXES = frozenset(
    {"to", "cpu", "cuda", "float", "half", "double", "identity", "Identity", "cast", "contiguous", "clone",
     "bias_add"}
)  # fmt: skip
_BOTTLENECK = re.compile(
    r"svd?\b|_(u|v|sv)\b|rank|lora|bottleneck|latent|code|\bz_|emb|proj|down|(^|[._])up|squeez|reduc|compress|(^|[._])low|"
    r"factor|adapt|query|key|value|(^|[._])(q|k|v)\b",
    re.I,
)
_BIASES = ("bias", "use_bias", "biases_initializer")


def linked(given: Given, effect: spec.Layer, before: Chain | None, weights: Tensor | None) -> Link | None:
    """What a dense layer is to the one behind it; notes the pair with the one before it."""
    machine = given.machine
    built = given.receiver if isinstance(given.receiver, Built) else None
    inside = bool(machine.folding and built is not None)
    short = given.name.rpartition(".")[2]
    name = short if inside else spell(given.node.func) or short
    link = Link(
        built.place if inside and built is not None else given.place,
        name,
        built if built is not None else weights.place if weights is not None else None,
        _size(given, effect.in_size) or _columns(given, effect),
        _size(given, effect.out_size) or _units(weights),
        _is_biased(given) and not _hints_at_bottleneck(given, name),
        machine.frame.serial,
        inside,
        (),
    )
    if before is not None and before.link is not None:
        machine.settings.links.append((before.link, link))
    return link


def rehomed(machine: Machine, inner: Place | None, outer: Place, node: ir.Call) -> None:
    """A function that is nothing but one dense layer is that layer to its caller."""
    chain = machine.settings.chains.get(inner) if inner is not None else None
    link = chain.link if chain is not None else None
    if chain is None:
        return
    if link is None or link.inside or isinstance(link.layer, Built):
        # The last layer in it is still the last one; what stands before that is the function's own affair.
        kept = chain._replace(softmax=None, dropout=None, saturating=(), fed=None, link=None)
        machine.settings.chains.setdefault(outer, kept)
        return
    texts = (spell(node.func), *map(spell, node.args), *(spell(expr) for _, expr in node.keywords))
    bias = link.bias and not any(map(_BOTTLENECK.search, texts))
    name, frame = spell(node.func), machine.frame.serial
    whole = link._replace(place=outer, name=name, layer=outer, bias=bias, frame=frame, through=())
    inside = (link.place, link.frame)
    fed = [before for before, each in machine.settings.links if (each.place, each.frame) == inside]
    machine.settings.links.extend((before, whole) for before in fed if before.frame == frame)
    machine.settings.chains[outer] = chain._replace(
        place=outer, name=name, bias=None, start=None, softmax=None, saturating=(), fed=None, link=whole
    )


def carried(given: Given, chain: Chain) -> Chain:
    """The chain behind one more place, as long as somebody could still follow it."""
    link = chain.link
    assert link is not None
    through = (*link.through, given.place)
    moved = isinstance(given.entry.does, spec.Keep) and given.name.rpartition(".")[2] not in _SAME_AXES
    return chain._replace(link=None if moved or len(through) > _LONGEST else link._replace(through=through))


def _hints_at_bottleneck(given: Given, name: str) -> bool:
    """Whether a layer or its size is named like one half of a factorised layer."""
    arguments = (*given.node.args, *(expr for _, expr in given.node.keywords))
    built = given.receiver
    if isinstance(built, Built) and built.place in given.machine.settings.bottlenecks:
        return True
    texts = [expr.value for expr in arguments if isinstance(expr, ir.Const) and isinstance(expr.value, str)]
    return any(_BOTTLENECK.search(text) for text in (name, *map(spell, arguments), *texts))


def _size(given: Given, param: str) -> Value | None:
    if not param:
        return None
    built = given.receiver
    return built.args.get(param) if isinstance(built, Built) else given.get(param)


def _units(weights: Tensor | None) -> Value | None:
    units = weights.units if weights is not None else None
    return None if units is None else Constant(units)


def _columns(given: Given, effect: spec.Layer) -> Value | None:
    """The last size of what comes in, where the layer does not say it itself."""
    operand = given.operand(effect.operand)
    size = operand.shape.last if isinstance(operand, Tensor) and operand.shape is not None else None
    return None if size is None else Constant(size)


def _is_biased(given: Given) -> bool:
    built = given.receiver
    for param in _BIASES:
        found = built.args.get(param) if isinstance(built, Built) else given.values.get(param)
        if found is not None:
            return found not in (NONE, Constant(False)) and isinstance(found, Constant)
    return True
