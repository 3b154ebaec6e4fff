"""PyTorch: activations, as layer classes, as functions and as tensor methods."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Activation, Entry, build, call

__all__ = ["ACTIVATIONS"]

_F = "torch.nn.functional."
_CLASSES = {
    "CELU": ("celu", "alpha inplace"),
    "ELU": ("elu", "alpha inplace"),
    "GELU": ("gelu", "approximate"),
    "Hardshrink": ("hard_shrink", "lambd"),
    "Hardsigmoid": ("hard_sigmoid", "inplace"),
    "Hardswish": ("hard_swish", "inplace"),
    "LeakyReLU": ("leaky_relu", "negative_slope inplace"),
    "LogSigmoid": ("log_sigmoid", "*args **kwargs"),
    "Mish": ("mish", "inplace"),
    "PReLU": ("prelu", "num_parameters init device dtype"),
    "RReLU": ("rrelu", "lower upper inplace"),
    "ReLU": ("relu", "inplace"),
    "ReLU6": ("relu6", "inplace"),
    "SELU": ("selu", "inplace"),
    "SiLU": ("silu", "inplace"),
    "Sigmoid": ("sigmoid", "*args **kwargs"),
    "Softplus": ("softplus", "beta threshold"),
    "Softshrink": ("soft_shrink", "lambd"),
    "Softsign": ("softsign", "*args **kwargs"),
    "Tanh": ("tanh", "*args **kwargs"),
    "Tanhshrink": ("tanh_shrink", "*args **kwargs"),
    "Threshold": ("threshold", "threshold value inplace"),
}
"""Element-wise classes of `torch.nn`: canonical function and constructor parameters."""

_FUNCTIONS = {
    "celu": ("celu", "input alpha inplace"),
    "elu": ("elu", "input alpha inplace"),
    "gelu": ("gelu", "input approximate"),
    "hardshrink": ("hard_shrink", "input lambd ..."),
    "hardsigmoid": ("hard_sigmoid", "input inplace"),
    "hardswish": ("hard_swish", "input inplace"),
    "hardtanh": ("hard_tanh", "input min_val max_val inplace"),
    "leaky_relu": ("leaky_relu", "input negative_slope inplace"),
    "logsigmoid": ("log_sigmoid", "input"),
    "mish": ("mish", "input inplace"),
    "normalize": ("normalize", "input p dim eps out"),
    "one_hot": ("one_hot", "tensor num_classes"),
    "prelu": ("prelu", "input weight"),
    "relu": ("relu", "input inplace"),
    "relu6": ("relu6", "input inplace"),
    "rrelu": ("rrelu", "input lower upper training inplace"),
    "selu": ("selu", "input inplace"),
    "sigmoid": ("sigmoid", "input"),
    "silu": ("silu", "input inplace"),
    "softplus": ("softplus", "input beta threshold"),
    "softshrink": ("soft_shrink", "input lambd"),
    "softsign": ("softsign", "input"),
    "tanh": ("tanh", "input"),
    "tanhshrink": ("tanh_shrink", "input"),
    "threshold": ("threshold", "input threshold value inplace"),
}
"""Element-wise functions of `torch.nn.functional`: canonical function and parameters."""

_POINTWISE = {
    "abs": "abs",
    "acos": "acos",
    "acosh": "acosh",
    "asin": "asin",
    "asinh": "asinh",
    "atan": "atan",
    "atanh": "atanh",
    "cos": "cos",
    "cosh": "cosh",
    "digamma": "digamma",
    "erf": "erf",
    "erfc": "erfc",
    "erfinv": "erfinv",
    "exp": "exp",
    "exp2": "exp2",
    "expm1": "expm1",
    "lgamma": "lgamma",
    "log": "log",
    "log10": "log10",
    "log1p": "log1p",
    "log2": "log2",
    "logit": "logit",
    "neg": "neg",
    "negative": "neg",
    "reciprocal": "reciprocal",
    "relu": "relu",
    "rsqrt": "rsqrt",
    "sigmoid": "sigmoid",
    "sin": "sin",
    "sinc": "sinc",
    "sinh": "sinh",
    "sqrt": "sqrt",
    "square": "square",
    "tan": "tan",
    "tanh": "tanh",
}
"""Pointwise maths that exist as `torch.f(x)`, `x.f()` and `x.f_()`: canonical function."""

_BOUNDED = {
    "clamp": "clamp",
    "clamp_max": "clamp",
    "clamp_min": "clamp",
    "clip": "clamp",
    "nan_to_num": "nan_to_num",
}
_BOUNDS = {
    "clamp": "min max",
    "clamp_max": "max",
    "clamp_min": "min",
    "clip": "min max",
    "nan_to_num": "nan posinf neginf",
}


def _along(function: str, operand: str = "input") -> Activation:
    """An activation along one axis."""
    return Activation(function, operand, axis="dim")


def _axis_entries() -> Mapping[str, Entry]:
    """Softmax and its relatives, wherever PyTorch spells them."""
    table: dict[str, Entry] = {}
    for name, cls in (("log_softmax", "LogSoftmax"), ("softmax", "Softmax"), ("softmin", "Softmin")):
        table[f"torch.nn.{cls}"] = build("dim", _along(name), isa="torch.nn.Module", dim=None)
        table[f"{_F}{name}"] = call("input dim ...", _along(name), dim=None)
    for name in ("log_softmax", "softmax"):
        table[f"torch.{name}"] = call("input dim dtype ...", _along(name))
        table[f"torch.Tensor.{name}"] = call("dim dtype", _along(name, "self"))
        table[f"torch.special.{name}"] = call("input dim ...", _along(name))
    return table | {
        "torch.nn.GLU": build("dim", _along("glu"), isa="torch.nn.Module", dim=-1),
        "torch.nn.Softmax2d": build("*args **kwargs", Activation("softmax"), isa="torch.nn.Module"),
        f"{_F}glu": call("input dim", _along("glu"), dim=-1),
        f"{_F}gumbel_softmax": call(
            "logits tau hard eps dim", _along("softmax", "logits"), hard=False, dim=-1
        ),
    }


def _hard_tanh() -> Entry:
    """Its four bounds are what later rules read, so they are all named."""
    params = "min_val max_val inplace min_value max_value"
    return build(params, Activation("hard_tanh"), isa="torch.nn.Module", min_val=-1.0, max_val=1.0)


def _pointwise() -> Mapping[str, Entry]:
    """The function, method and in-place method of each piece of pointwise maths."""
    table: dict[str, Entry] = {}
    for name, function in _POINTWISE.items():
        extra = "eps" if name == "logit" else ""
        tail = "" if name == "relu" else "..."
        table[f"torch.{name}"] = call(f"input {extra} {tail}", Activation(function))
        for spelled in (name, f"{name}_"):
            table[f"torch.Tensor.{spelled}"] = call(extra, Activation(function, "self"))
    for name, function in _BOUNDED.items():
        table[f"torch.{name}"] = call(f"input {_BOUNDS[name]} ...", Activation(function))
        for spelled in (name, f"{name}_"):
            table[f"torch.Tensor.{spelled}"] = call(_BOUNDS[name], Activation(function, "self"))
    for spelled in ("pow", "pow_"):
        table[f"torch.Tensor.{spelled}"] = call("exponent", Activation("pow", "self"))
    return table


def _functional() -> Mapping[str, Entry]:
    """`torch.nn.functional`, where the operand is `input` but for `one_hot`."""
    return {
        f"{_F}{name}": call(params, Activation(function, params.split()[0]))
        for name, (function, params) in _FUNCTIONS.items()
    }


def _in_place() -> Mapping[str, Entry]:
    """The functions that overwrite their argument."""
    return {
        f"{_F}elu_": call("input alpha", Activation("elu")),
        f"{_F}leaky_relu_": call("input negative_slope", Activation("leaky_relu")),
        f"{_F}relu_": call("input", Activation("relu")),
        "torch.relu_": call("input", Activation("relu")),
        "torch.sigmoid_": call("input", Activation("sigmoid")),
        "torch.tanh_": call("input", Activation("tanh")),
    }


def _single() -> Mapping[str, Entry]:
    """Functions outside the regular families."""
    return {
        "torch.celu": call("input alpha", Activation("celu")),
        "torch.hardshrink": call("input lambd ...", Activation("hard_shrink")),
        "torch.nn.Hardtanh": _hard_tanh(),
        "torch.pow": call("input exponent ...", Activation("pow")),
        "torch.prelu": call("input weight", Activation("prelu")),
        "torch.rrelu": call("input lower upper training ...", Activation("rrelu")),
        "torch.selu": call("input", Activation("selu")),
        "torch.special.expit": call("input ...", Activation("sigmoid")),
        "torch.special.logit": call("input eps ...", Activation("logit")),
        "torch.threshold": call("input threshold value ...", Activation("threshold")),
        "torch.Tensor.hardshrink": call("lambd", Activation("hard_shrink", "self")),
        "torch.Tensor.prelu": call("weight", Activation("prelu", "self")),
    }


def _classes() -> Mapping[str, Entry]:
    """The classes of `torch.nn`."""
    return {
        f"torch.nn.{name}": build(params, Activation(function), isa="torch.nn.Module")
        for name, (function, params) in _CLASSES.items()
    }


_GROUPS = (_axis_entries, _classes, _functional, _in_place, _pointwise, _single)

ACTIVATIONS: Mapping[str, Entry] = dict(
    sorted((name, entry) for group in _GROUPS for name, entry in group().items())
)
