"""What framework calls say about an experiment: that it trains, and where chance comes in."""

from __future__ import annotations

from nnlint.analysis.effects.configuring import chosen
from nnlint.analysis.effects.given import Given
from nnlint.analysis.experiment_events import Trained
from nnlint.analysis.provenance import HELD_OUT, role_of, word_role
from nnlint.analysis.values import Built, Constant, Tensor
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["TRIED", "tried"]

TRIED = frozenset({spec.Action, spec.Fit, spec.Keep, spec.Permute, spec.Split, spec.Train})
_LEARN = frozenset({"classifier", "regressor", "network"})
_SEEDS = ("random_state", "seed", "generator")


def tried(given: Given) -> None:
    """Note a call that trains, seeds, draws, or is told how long or how much at once."""
    effect, machine = given.entry.does, given.machine
    if isinstance(effect, spec.Action):
        if effect.name == "seed":
            machine.trial.seeds += 1
        elif effect.name == "fit":
            _trained(given)
    elif isinstance(effect, (spec.Train, spec.Fit)):
        if isinstance(effect, spec.Fit) and not _learns(given):
            return
        _trained(given)
        for param in ("epochs", "nb_epoch"):
            chosen(given, "epochs", param)
        chosen(given, "batch-size", "batch_size")
    elif isinstance(effect, spec.Keep):
        if effect.makes == "loader":
            if not _only_judges(given) and given.values.get("batch_size") != Constant(1):
                chosen(given, "batch-size", "batch_size")
            if given.values.get("shuffle") == Constant(True):
                _draws(given, "the order of the batches is random")
    elif not any(given.values.get(param) is not None for param in _SEEDS):
        _draws(given, f"{spell(given.node.func)} draws at random")


def _only_judges(given: Given) -> bool:
    """Whether a loader reads held-out data: how many at once changes no result."""
    data = given.operand(given.entry.params[0])
    if isinstance(data, Tensor) and data.data is not None and role_of(data.data) in HELD_OUT:
        return True
    return bool(given.node.args) and word_role(spell(given.node.args[0])) in HELD_OUT


def _learns(given: Given) -> bool:
    built = given.receiver
    effect = built.entry.does if isinstance(built, Built) else None
    return isinstance(effect, spec.Estimator) and effect.kind in _LEARN


def _trained(given: Given) -> None:
    machine = given.machine
    machine.trial.trained.append(Trained(given.place, spell(given.node.func), machine.root))


def _draws(given: Given, text: str) -> None:
    given.machine.trial.chances.setdefault(given.place, text)
