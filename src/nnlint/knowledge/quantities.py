"""Functions whose very numbers matter: with them small regressions write out their data, model and loss."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PLAIN_DESCENT", "QUANTITIES", "Quantity"]


class Quantity(NamedTuple):
    """What a function calculates.

    does: an operator, or a word for it. "literal" is the same, where that is an array; "drawn" is random.
    params: its operands, of which "self" is the receiver; without them, what it is given by position.
    inert: parameters that change none of the numbers; any other one makes the result something else.
    """

    does: str
    params: tuple[str, ...] = ()
    inert: frozenset[str] = frozenset({"dtype", "name"})


_STARTS = frozenset({"bias_initializer", "kernel_initializer", "name"})
_TENSOR = frozenset({"device", "dtype", "pin_memory", "requires_grad"})
_MOMENTS = frozenset({"dtype", "maxval", "mean", "minval", "name", "seed", "stddev"})

_TABLE = {
    "numpy": {
        "arange": Quantity("range"),
        "array": Quantity("same", ("object",)),
        "asarray": Quantity("same", ("a",)),
        "linspace": Quantity("steps"),
        "ndarray.astype": Quantity("same", ("self",)),
        "ndarray.dot": Quantity("@", ("self", "other")),
        "ndarray.reshape": Quantity("reshape", ("self", "shape")),
        "dot": Quantity("@", ("a", "b")),
        "ones": Quantity("ones"),
        "random.rand": Quantity("drawn"),
        "random.randn": Quantity("drawn"),
        "reshape": Quantity("reshape", ("a", "shape")),
        "square": Quantity("square", ("x",)),
        "transpose": Quantity("transpose", ("a",)),
        "zeros": Quantity("zeros"),
    },
    "tensorflow": {
        "Variable": Quantity("variable", ("initial_value",)),
        "cast": Quantity("same", ("x",)),
        "constant": Quantity("same", ("value",)),
        "layers.dense": Quantity("dense", ("inputs", "units"), _STARTS),
        "losses.mean_squared_error": Quantity("mse", ("predictions", "labels")),
        "matmul": Quantity("@", ("a", "b")),
        "ones": Quantity("ones"),
        "pow": Quantity("**", ("x", "y")),
        "random.normal": Quantity("drawn", ("shape",), _MOMENTS),
        "random.uniform": Quantity("drawn", ("shape",), _MOMENTS),
        "reduce_mean": Quantity("mean", ("input_tensor",)),
        "reduce_sum": Quantity("sum", ("input_tensor",)),
        "reshape": Quantity("reshape", ("tensor", "shape")),
        "square": Quantity("square", ("x",)),
        "squared_difference": Quantity("mse terms", ("x", "y")),
        "transpose": Quantity("transpose", ("a",)),
        "zeros": Quantity("zeros"),
    },
    "torch": {
        "Tensor": Quantity("literal"),
        "Tensor.float": Quantity("same", ("self",)),
        "Tensor.mean": Quantity("mean", ("self",)),
        "Tensor.pow": Quantity("**", ("self", "exponent")),
        "Tensor.reshape": Quantity("reshape", ("self", "shape")),
        "Tensor.square": Quantity("square", ("self",)),
        "Tensor.sum": Quantity("sum", ("self",)),
        "Tensor.view": Quantity("reshape", ("self", "size")),
        "Tensor.unsqueeze": Quantity("unsqueeze", ("self", "dim")),
        "arange": Quantity("range"),
        "as_tensor": Quantity("same", ("data",), _TENSOR),
        "autograd.Variable": Quantity("same", ("data",)),
        "from_numpy": Quantity("same", ("ndarray",)),
        "linspace": Quantity("steps"),
        "matmul": Quantity("@", ("input", "other")),
        "mean": Quantity("mean", ("input",)),
        "mm": Quantity("@", ("input", "mat2")),
        "nn.Linear": Quantity("dense", ("input",)),
        "nn.MSELoss": Quantity("mse", ("input", "target")),
        "nn.functional.mse_loss": Quantity("mse", ("input", "target")),
        "ones": Quantity("ones", ("size",), _TENSOR),
        "pow": Quantity("**", ("input", "exponent")),
        "rand": Quantity("drawn", ("size",), _TENSOR),
        "randn": Quantity("drawn", ("size",), _TENSOR),
        "square": Quantity("square", ("input",)),
        "sum": Quantity("sum", ("input",)),
        "tensor": Quantity("same", ("data",), _TENSOR),
        "unsqueeze": Quantity("unsqueeze", ("input", "dim")),
        "zeros": Quantity("zeros", ("size",), _TENSOR),
    },
}

QUANTITIES: dict[str, Quantity] = {
    f"{package}.{name}": quantity for package, table in _TABLE.items() for name, quantity in table.items()
}

PLAIN_DESCENT = {
    "tensorflow.train.GradientDescentOptimizer": frozenset({"learning_rate", "name", "use_locking"}),
    "tensorflow.train.MomentumOptimizer": frozenset({"learning_rate", "momentum", "name", "use_locking"}),
    "torch.optim.SGD": frozenset({"lr", "momentum", "params"}),
}
"""Optimizers that take the gradient times the rate off the weights, perhaps with momentum; their options."""
