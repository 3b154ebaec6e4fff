"""Tensor functions of Keras: `keras.ops` (Keras 3) and `keras.backend` (until Keras 3)."""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Action,
    Activation,
    ClassIds,
    Compute,
    Constant,
    Detach,
    Effect,
    Entry,
    Keep,
    Layer,
    Loss,
    Scale,
    Statistic,
    Target,
    Task,
    call,
    computed,
)

__all__ = ["BACKEND", "OPS"]


def _statistic(function: str, params: str = "x axis keepdims") -> Entry:
    return call(params, Statistic(function, "x", "axis"))


def _act(function: str, params: str = "x") -> Entry:
    return call(params, Activation(function, "x"))


def _along(function: str, params: str = "x axis") -> Entry:
    """A normalisation along an axis, the last one by default."""
    return call(params, Activation(function, "x", "axis"), axis=-1)


def _entropy(params: str, task: Task, applies: str, targets: Target) -> Entry:
    """A cross-entropy of probabilities, or of logits once `from_logits` is true."""
    does = Loss(Scale.PROBABILITIES, "output", "target", task, applies, targets, "from_logits")
    return call(f"target output {params}", does, from_logits=False)


def _family(effect: Effect, params: str, names: str) -> dict[str, Entry]:
    """Functions that share parameters and effect."""
    return dict.fromkeys(names.split(), call(params, effect))


def _pointwise(names: str) -> dict[str, Entry]:
    """Element-wise functions of one tensor, each under its own name."""
    return {name: _act(name) for name in names.split()}


def _under(prefix: str, *tables: dict[str, Entry]) -> dict[str, Entry]:
    """The tables with their names completed, sorted."""
    joined = {f"{prefix}.{name}": entry for table in tables for name, entry in table.items()}
    return dict(sorted(joined.items()))


_ACTIVATIONS: dict[str, Entry] = {
    "celu": _act("celu", "x alpha"),
    "clip": _act("clamp", "x x_min x_max"),
    "elu": _act("elu", "x alpha"),
    "exp": _act("exp"),
    "gelu": _act("gelu", "x approximate"),
    "hard_sigmoid": _act("hard_sigmoid"),
    "hard_silu": _act("hard_swish"),
    "hard_swish": _act("hard_swish"),
    "hard_tanh": _act("hard_tanh"),
    "leaky_relu": _act("leaky_relu", "x negative_slope"),
    "log": _act("log"),
    "log_sigmoid": _act("log_sigmoid"),
    "log_softmax": _along("log_softmax"),
    "relu": _act("relu"),
    "relu6": _act("relu6"),
    "selu": _act("selu"),
    "sigmoid": _act("sigmoid"),
    "silu": _act("silu"),
    "softmax": _along("softmax"),
    "softplus": _act("softplus"),
    "softsign": _act("softsign"),
    "sparsemax": _along("sparsemax"),
    "swish": _act("silu"),
    "tanh": _act("tanh"),
}

_SHAPES: dict[str, Entry] = {
    "broadcast_to": call("x shape", Keep("x")),
    "cast": call("x dtype", Keep("x")),
    "concatenate": call("xs axis", Keep("xs")),
    "convert_to_numpy": call("x", Keep("x")),
    "convert_to_tensor": call("x dtype ...", Keep("x")),
    "copy": call("x", Keep("x")),
    "expand_dims": call("x axis", Keep("x")),
    "flip": call("x axis", Keep("x")),
    "matmul": call("x1 x2", Layer("dense", "x1")),
    "moveaxis": call("x source destination", Keep("x")),
    "ravel": call("x", Keep("x")),
    "repeat": call("x repeats axis", Keep("x")),
    "reshape": call("x newshape", Keep("x")),
    "roll": call("x shift axis", Keep("x")),
    "squeeze": call("x axis", Keep("x")),
    "stack": call("x axis", Keep("x")),
    "stop_gradient": call("variable", Detach("variable")),
    "swapaxes": call("x axis1 axis2", Keep("x")),
    "tile": call("x repeats", Keep("x")),
    "transpose": call("x axes", Keep("x")),
}

_NUMBERS: dict[str, Entry] = {
    "arange": call("start stop step dtype", Constant()),
    "argmax": call("x axis keepdims", ClassIds("x")),
    "argmin": call("x axis keepdims", ClassIds("x")),
    "average": call("x axis weights", Statistic("mean", "x", "axis")),
    "binary_crossentropy": _entropy("from_logits", "binary", "sigmoid", "binary"),
    "categorical_crossentropy": _entropy("from_logits axis", "multiclass", "softmax", "one-hot"),
    "max": _statistic("max", "x axis keepdims initial"),
    "mean": _statistic("mean"),
    "median": _statistic("median"),
    "min": _statistic("min", "x axis keepdims initial"),
    "one_hot": call("x num_classes axis ...", Activation("one_hot", "x")),
    "ones": call("shape dtype", Constant()),
    "ones_like": call("x dtype", Constant()),
    "percentile": _statistic("percentile", "x q axis ..."),
    "quantile": _statistic("percentile", "x q axis ..."),
    "round": call("x decimals", ClassIds("x")),
    "sparse_categorical_crossentropy": _entropy("from_logits axis", "multiclass", "softmax", "ids"),
    "std": _statistic("std"),
    "sum": _statistic("sum"),
    "top_k": call("x k sorted", Compute("x")),
    "var": _statistic("var"),
    "where": call("condition x1 x2", Compute("x1")),
    "zeros": call("shape dtype", Constant()),
    "zeros_like": call("x dtype", Constant()),
}

_OF_TWO = "add divide maximum minimum mod multiply power subtract logaddexp"

OPS: dict[str, Entry] = _under(
    "keras.ops",
    _ACTIVATIONS,
    _SHAPES,
    _NUMBERS,
    _pointwise("abs cos exp2 expm1 log10 log1p log2 negative rsqrt sign sin sqrt square"),
    {name: call("x1 x2", computed(name, "x1", "x2")) for name in _OF_TWO.split()},
    _family(ClassIds("x1"), "x1 x2", "equal greater greater_equal less less_equal not_equal"),
)

_OLD_ACTIVATIONS: dict[str, Entry] = {
    "clip": _act("clamp", "x min_value max_value"),
    "elu": _act("elu", "x alpha"),
    "exp": _act("exp"),
    "hard_sigmoid": _act("hard_sigmoid"),
    "log": _act("log"),
    "relu": call("x alpha max_value threshold", Activation("relu", "x"), alpha=0.0),
    "sigmoid": _act("sigmoid"),
    "softmax": _along("softmax"),
    "softplus": _act("softplus"),
    "softsign": _act("softsign"),
    "tanh": _act("tanh"),
}

_OLD_SHAPES: dict[str, Entry] = {
    "batch_flatten": call("x", Layer("flatten", "x")),
    "bias_add": call("x bias data_format", Keep("x")),
    "cast": call("x dtype", Keep("x")),
    "cast_to_floatx": call("x", Keep("x")),
    "concatenate": call("tensors axis", Keep("tensors")),
    "dot": call("x y", Layer("dense", "x")),
    "dropout": call("x level noise_shape seed", Layer("dropout", "x")),
    "expand_dims": call("x axis", Keep("x")),
    "flatten": call("x", Keep("x")),
    "gather": call("reference indices", Keep("reference")),
    "get_value": call("x", Keep("x")),
    "permute_dimensions": call("x pattern", Keep("x")),
    "repeat": call("x n", Keep("x")),
    "repeat_elements": call("x rep axis", Keep("x")),
    "reshape": call("x shape", Keep("x")),
    "reverse": call("x axes", Keep("x")),
    "squeeze": call("x axis", Keep("x")),
    "stack": call("x axis", Keep("x")),
    "stop_gradient": call("variables", Detach("variables")),
    "tile": call("x n", Keep("x")),
    "transpose": call("x", Keep("x")),
}

_OLD_NUMBERS: dict[str, Entry] = {
    "argmax": call("x axis", ClassIds("x")),
    "argmin": call("x axis", ClassIds("x")),
    "binary_crossentropy": _entropy("from_logits", "binary", "sigmoid", "binary"),
    "categorical_crossentropy": _entropy("from_logits axis", "multiclass", "softmax", "one-hot"),
    "constant": call("value dtype shape name", Constant()),
    "gradients": call("loss variables", Action("gradients", "loss")),
    "l2_normalize": call("x axis", Compute("x")),
    "max": _statistic("max"),
    "mean": _statistic("mean"),
    "min": _statistic("min"),
    "one_hot": call("indices num_classes", Activation("one_hot", "indices")),
    "ones": call("shape dtype name", Constant()),
    "ones_like": call("x dtype name", Constant()),
    "pow": call("x a", Compute("x")),
    "prod": _statistic("prod"),
    "random_normal": call("shape mean stddev dtype seed", Constant(random=True)),
    "random_uniform": call("shape minval maxval dtype seed", Constant(random=True)),
    "round": call("x", ClassIds("x")),
    "sparse_categorical_crossentropy": _entropy(
        "from_logits axis ignore_class", "multiclass", "softmax", "ids"
    ),
    "std": _statistic("std"),
    "sum": _statistic("sum"),
    "switch": call("condition then_expression else_expression", Compute("then_expression")),
    "truncated_normal": call("shape mean stddev dtype seed", Constant(random=True)),
    "var": _statistic("var"),
    "zeros": call("shape dtype name", Constant()),
    "zeros_like": call("x dtype name", Constant()),
}

BACKEND: dict[str, Entry] = _under(
    "keras.backend",
    _OLD_ACTIVATIONS,
    _OLD_SHAPES,
    _OLD_NUMBERS,
    _pointwise("abs cos sign sin sqrt square"),
    _family(Compute("x"), "x y", "maximum minimum"),
    _family(ClassIds("x"), "x y", "equal greater greater_equal less less_equal not_equal"),
)
