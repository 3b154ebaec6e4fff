"""Keras: how weights start, and the penalties that keep them small."""

from __future__ import annotations

from nnlint.knowledge.spec import Entry, Initializer, Penalty, build

__all__ = ["INITIALIZERS", "INITIALIZER_ALIASES", "INITIALIZER_NAMES"]

_SHAPE = "shape dtype"
_CONSTANT = Initializer("constant", "value")
_NORMAL = Initializer("normal", "stddev")


def _regularizer(params: str) -> Entry:
    return build(f"{params}", Penalty(tuple(params.split())), operands="x")


INITIALIZERS: dict[str, Entry] = {
    "keras.initializers.Constant": build("value", _CONSTANT, operands=_SHAPE, value=0.0),
    "keras.initializers.Ones": build("...", Initializer("constant", fixed=1.0), operands=_SHAPE),
    "keras.initializers.RandomNormal": build("mean stddev seed", _NORMAL, operands=_SHAPE, stddev=0.05),
    "keras.initializers.RandomUniform": build(
        "minval maxval seed", Initializer("uniform", "maxval"), operands=_SHAPE, maxval=0.05
    ),
    "keras.initializers.TruncatedNormal": build("mean stddev seed", _NORMAL, operands=_SHAPE, stddev=0.05),
    "keras.initializers.Zeros": build("...", Initializer("constant"), operands=_SHAPE),
    "keras.regularizers.L1": _regularizer("l1"),
    "keras.regularizers.L1L2": _regularizer("l1 l2"),
    "keras.regularizers.L2": _regularizer("l2"),
}

INITIALIZER_ALIASES: dict[str, str] = {
    "keras.initializers.constant": "keras.initializers.Constant",
    "keras.initializers.glorot_normal": "keras.initializers.GlorotNormal",
    "keras.initializers.glorot_uniform": "keras.initializers.GlorotUniform",
    "keras.initializers.he_normal": "keras.initializers.HeNormal",
    "keras.initializers.he_uniform": "keras.initializers.HeUniform",
    "keras.initializers.identity": "keras.initializers.Identity",
    "keras.initializers.lecun_normal": "keras.initializers.LecunNormal",
    "keras.initializers.lecun_uniform": "keras.initializers.LecunUniform",
    "keras.initializers.one": "keras.initializers.Ones",
    "keras.initializers.ones": "keras.initializers.Ones",
    "keras.initializers.orthogonal": "keras.initializers.Orthogonal",
    "keras.initializers.random_normal": "keras.initializers.RandomNormal",
    "keras.initializers.random_uniform": "keras.initializers.RandomUniform",
    "keras.initializers.truncated_normal": "keras.initializers.TruncatedNormal",
    "keras.initializers.variance_scaling": "keras.initializers.VarianceScaling",
    "keras.initializers.zero": "keras.initializers.Zeros",
    "keras.initializers.zeros": "keras.initializers.Zeros",
    "keras.regularizers.l1": "keras.regularizers.L1",
    "keras.regularizers.l1_l2": "keras.regularizers.L1L2",
    "keras.regularizers.l1l2": "keras.regularizers.L1L2",
    "keras.regularizers.l2": "keras.regularizers.L2",
}

INITIALIZER_NAMES: dict[str, str] = {
    name: target
    for alias, target in INITIALIZER_ALIASES.items()
    if ".initializers." in alias
    for name in (alias.rpartition(".")[2], target.rpartition(".")[2])
}
"""The strings that stand for an initializer."""
