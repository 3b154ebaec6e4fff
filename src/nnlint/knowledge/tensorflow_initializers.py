"""TensorFlow 1: how variables start."""

from __future__ import annotations

from nnlint.knowledge.spec import Entry, Initializer, build

__all__ = ["INITIALIZERS", "INITIALIZER_ALIASES", "INSTALLED_AS"]

_SHAPE = "shape dtype partition_info"
_NORMAL = Initializer("normal", "stddev", once=1.0)

INITIALIZERS: dict[str, Entry] = {
    "tensorflow.constant_initializer": build(
        "value dtype verify_shape",
        Initializer("constant", "value"),
        operands=f"{_SHAPE} verify_shape",
        value=0,
    ),
    "tensorflow.ones_initializer": build("dtype", Initializer("constant", fixed=1.0), operands=_SHAPE),
    # TensorFlow 2 lowered the default deviation from 1 to 0.05: it counts in graphs of TensorFlow 1 only.
    "tensorflow.random_normal_initializer": build("mean stddev seed dtype", _NORMAL, operands=_SHAPE),
    "tensorflow.random_uniform_initializer": build(
        "minval maxval seed dtype", Initializer("uniform", "maxval"), operands=_SHAPE
    ),
    "tensorflow.truncated_normal_initializer": build("mean stddev seed dtype", _NORMAL, operands=_SHAPE),
    "tensorflow.zeros_initializer": build("dtype", Initializer("constant"), operands=_SHAPE),
}

INITIALIZER_ALIASES: dict[str, str] = {
    f"tensorflow.initializers.{name}": f"tensorflow.{name}_initializer"
    for name in ("constant", "ones", "random_normal", "random_uniform", "truncated_normal", "zeros")
} | {
    f"tensorflow.{name}": f"keras.{name}"
    for name in (
        "initializers.glorot_normal", "initializers.glorot_uniform", "initializers.he_normal",
        "initializers.he_uniform", "initializers.identity", "initializers.lecun_normal",
        "initializers.lecun_uniform", "initializers.orthogonal", "initializers.variance_scaling",
    )
}  # fmt: skip

INSTALLED_AS: dict[str, str] = {
    name: name.replace("tensorflow.", "tensorflow.compat.v1.", 1) for name in INITIALIZERS
}
