"""NN105: modules kept in a plain list, tuple or dict are no part of the network."""

from __future__ import annotations

from nnlint.analysis.repair import Collect, Repair
from nnlint.analysis.values import Place
from nnlint.analysis.wiring_events import BareModules
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_INSTEAD = {"list": "ModuleList", "tuple": "ModuleList", "dict": "ModuleDict"}


@rule("NN105", "unregistered-layers", fix="unsafe")
def check(bare: BareModules) -> Findings:
    """Report the first module of the container."""
    container = _INSTEAD[bare.kind]
    cls = Place(bare.cls.module.path, bare.cls.node.id)
    yield Finding(
        bare.place,
        f"`{bare.cls.name}` keeps this module in the plain {bare.kind} `self.{bare.attribute}`: "
        f"`parameters()`, `to()` and `state_dict()` miss it; use `nn.{container}`",
        repair=Repair(f"Use `{container}`", (Collect(cls, bare.attribute, container),)),
    )
