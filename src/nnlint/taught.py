"""What a project teaches nnlint of its own names, as entries like those of the frameworks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnlint.apis import Api, nearest
from nnlint.knowledge import index
from nnlint.knowledge.effects import Compute, Give, Loss, Scale
from nnlint.knowledge.spec import Base, Entry

__all__ = ["check_like", "teach"]

_OPERANDS = ("prediction", "target", "...")


def check_like(api: Api) -> str:
    """What is wrong with the name that an entry compares itself to, "" if nothing."""
    name = index.canonical(api.like)
    if not api.like or index.find(name) is not None or index.base(name) is not None:
        entry = index.find(name)
        if api.expects and entry is not None and not isinstance(entry.does, Loss):
            return f"{api.name}: expects is for losses, and {api.like} is none"
        return ""
    last = api.like.rpartition(".")[2]
    same = [known for known in index.names() if known.rpartition(".")[2] == last]
    return f"{api.name}: like = {api.like!r} is not known, {nearest(api.like, same or index.names())}"


def teach(apis: Sequence[Api]) -> None:
    """Let these names, and no others besides the frameworks', be known from now on."""
    if tuple(apis) == index.taught().said:
        return
    index.learn(index.Taught((), (), {}, {}, frozenset()))
    entries = {api.name: entry for api in apis if (entry := _entry(api)) is not None}
    bases = {api.name: base for api in apis if (base := _base(api)) is not None}
    inert = frozenset(api.name for api in apis if not api.escapes)
    names = tuple(api.name for api in apis)
    index.learn(index.Taught(tuple(apis), names, entries, bases, inert))


def _entry(api: Api) -> Entry | None:
    is_class = api.name.rpartition(".")[2][:1].isupper()
    if api.like:
        name = index.canonical(api.like)
        entry = index.find(name)
        if entry is None:
            return None
        isa = (
            name
            if not entry.isa or any(known.startswith(f"{name}.") for known in index.names())
            else entry.isa
        )
        does = entry.does
        if api.expects and isinstance(does, Loss):
            does = replace(does, wants=Scale(api.expects), from_logits="")
        return replace(entry, does=does, isa=isa)
    if api.expects:
        does = Loss(Scale(api.expects), "prediction", "target", applies="an activation")
        return Entry((), does, True, _OPERANDS) if is_class else Entry(_OPERANDS, does)
    if api.returns:
        given = Compute("") if api.returns == "tensor" else Give(Scale(api.returns))
        return Entry(("...",), given, True, ("...",)) if is_class else Entry(("...",), given)
    return None


def _base(api: Api) -> Base | None:
    """A class that is like one that users subclass may be subclassed, too."""
    name = index.canonical(api.like)
    base = index.base(name) if api.like and index.find(name) is None else None
    return Base(base.call, name) if base is not None else None
