"""NN403: functional dropout whose training switch is left on: it drops at test time too."""

from __future__ import annotations

import re

from nnlint.analysis.repair import Keyword, Repair
from nnlint.analysis.training_events import Dropout
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_GUARD = re.compile(r"train|eval|test|mode|phase|infer|predict|sampl|\bmc|monte|bayes|deterministic", re.I)

_KEPT = {
    "made": "is made anew on every call, always in training mode: make it in `__init__`, so that `eval()` "
    "reaches it",
    "list": "is kept in a plain list or dict, where `eval()` does not reach it: use `nn.ModuleList`",
    "global": "is no part of the network, so that `eval()` does not reach it: make it in `__init__`",
}


@rule("NN403", "dropout-always-on", fix="safe")
def check(dropout: Dropout) -> Findings:
    """Report dropout that `eval()` does not turn off."""
    if not dropout.network or not dropout.switch or any(_GUARD.search(test) for test in dropout.tests):
        return
    if dropout.switch in _KEPT:
        yield Finding(dropout.place, f"`{dropout.name}` {_KEPT[dropout.switch]}")
        return
    if dropout.switch.endswith("()"):
        flag = dropout.switch.removesuffix("()")
        said = f"drops at test time too: `{flag}=self.train` is a method, which is always true"
    elif dropout.switch == "rate":
        yield Finding(
            dropout.place, f"`{dropout.name}` drops at test time too: do it where `training` is true"
        )
        return
    elif dropout.switch == "dropout_p":
        said = "drops at test time too: `dropout_p` is applied whatever the mode"
    elif dropout.given:
        said = f"drops at test time too: `{dropout.switch}=True` is fixed"
    else:
        said = f"drops at test time too: `{dropout.switch}` is on unless it is given"
    switch = dropout.switch.removesuffix("()")
    fix = "0.0 unless self.training" if switch == "dropout_p" else f"{switch}=self.training"
    yield Finding(dropout.place, f"`{dropout.name}` {said}; pass {fix}", repair=_repair(dropout))


def _repair(dropout: Dropout) -> Repair | None:
    """Let the network's own mode decide, where the call stands in one of its methods."""
    switch = dropout.switch.removesuffix("()")
    if switch != "training" or not dropout.owned:
        return None
    keyword = Keyword(dropout.place, switch, "self.training")
    return Repair("Pass `training=self.training`", (keyword,), safe=True)
