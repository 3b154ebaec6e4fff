"""The chains of layers behind tensors, where no framework call is involved."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import Chain
from nnlint.analysis.values import Place, Tensor, Unknown, Value

__all__ = ["any_of", "biased", "handed_out", "put"]


def put(machine: Machine, place: Place, chain: Chain | None) -> None:
    """Note what is behind the tensor made at a place."""
    chains = machine.settings.chains
    if chain is not None:
        chains[place] = chain
    elif place in chains:
        del chains[place]


def handed_out(machine: Machine, inner: Place | None, outer: Place) -> None:
    """A network gives out what its last layer gave: all that counts outside is dropout on it."""
    chain = machine.settings.chains.get(inner) if inner is not None else None
    if chain is not None and chain.dropout is None:
        chain = None
    if chain is not None:
        chain = chain._replace(start=None, softmax=None, saturating=(), kind=chain.kind)
    put(machine, outer, chain)


def biased(machine: Machine, op: str, left: Value, right: Value, place: Place) -> None:
    """A bias that is added to a product changes nothing about its chain."""
    if op != "+":
        return
    chains = machine.settings.chains
    for one, other in ((left, right), (right, left)):
        if isinstance(other, Tensor) and other.made == "variable" and isinstance(one, (Tensor, Unknown)):
            chain = chains.get(one.place) if one.place is not None else None
            put(machine, place, chain)
            return


def any_of(chains: list[Chain | None]) -> Chain | None:
    """What is behind a tensor that one of several dense layers made: only that, and the sizes they share."""
    links = [chain.link for chain in chains if chain is not None and chain.link is not None]
    if not links or len(links) != len(chains):
        return None
    first, last = links[0], chains[-1]
    wants = first.wants if all(link.wants == first.wants for link in links) else None
    gives = first.gives if all(link.gives == first.gives for link in links) else None
    biased = all(link.bias for link in links)
    assert last is not None
    return last._replace(
        units=None,
        bias=None,
        start=None,
        fed=None,
        link=first._replace(wants=wants, gives=gives, bias=biased),
    )
