"""What applying a framework's name means: one frozen class for each kind of effect.

The fields that hold a parameter name ("operand", "axis", …) name a parameter of the entry they belong to;
``"self"`` is the receiver of a method.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from nnlint.knowledge.data_effects import (
    Estimator,
    EstimatorKind,
    Fit,
    FitTransform,
    Load,
    Predict,
    Score,
    Split,
    Transform,
)

__all__ = [
    "Action", "Activation", "Axis", "Bag", "ClassIds", "Compile", "Compute", "Constant", "Container",
    "Detach", "Effect", "Either", "Estimator", "EstimatorKind", "Fit", "FitTransform", "Give",
    "Initializer", "Keep", "Layer", "LayerKind", "Load", "Loss", "Make", "Merit", "Metric", "Minimize",
    "Model",
    "Optimizer", "Penalty", "Permute", "Predict", "Repeat", "Scale", "Scope", "Score", "Split",
    "Statistic", "Target", "Task", "Train", "Transform", "computed",
]  # fmt: skip


class Scale(Enum):
    """What the numbers of a tensor mean along its class axis."""

    UNKNOWN = "unknown"
    LOGITS = "logits"
    PROBABILITIES = "probabilities"
    LOG_PROBABILITIES = "log-probabilities"
    RECTIFIED = "rectified"
    BOUNDED = "bounded"
    """Squashed to a symmetric interval (tanh, softsign)."""
    UNIT = "unit interval"
    """Values in [0, 1] that are no probabilities (scaled pixels, hard clips)."""


Task: TypeAlias = Literal["", "binary", "multiclass", "multilabel", "regression", "sequence", "distribution"]
Target: TypeAlias = Literal["", "ids", "one-hot", "values", "binary", "distribution"]
Axis: TypeAlias = Literal["channels-first", "channels-last"]
LayerKind: TypeAlias = Literal[
    "dense", "conv", "norm", "dropout", "pool", "global-pool", "recurrent", "embedding", "attention",
    "flatten", "reshape", "pad", "upsample", "noise", "input", "merge", "bilinear", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """A network layer.

    in_size, out_size: the parameters that hold the sizes of the channel or feature axis.
    rank: number of spatial axes it works on (Conv2d: 2), 0 where it does not matter.
    activation: the parameter that names a built-in activation ("" when it has none).
    """

    kind: LayerKind
    operand: str = "input"
    in_size: str = ""
    out_size: str = ""
    rank: int = 0
    activation: str = ""
    flag: str = ""
    """The parameter of the application that switches training behaviour (`training`, `is_training`)."""


@dataclass(frozen=True, slots=True)
class Activation:
    """An element-wise or normalising non-linearity.

    function: canonical name: softmax, sigmoid, log_softmax, log_sigmoid, relu, tanh, gelu, …
    axis: the parameter that names the axis of a softmax.
    """

    function: str
    operand: str = "input"
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """The same meaning in another shape, order, place or type (view, permute, to, clone, numpy).

    makes: what comes out where that is a thing of its own ("loader", "parameter").
    """

    operand: str = "input"
    makes: str = ""


@dataclass(frozen=True, slots=True)
class Compute:
    """A known pure computation whose result has no meaning we follow (einsum, argsort, fft).

    operator: the operator it is another spelling of, its right side in `other`.
    draws: it draws classes by the scores it is given, of which minus infinity is one.
    """

    operand: str = "input"
    operator: str = ""
    other: str = ""
    draws: bool = False


OPERATORS = {
    "add": "+", "sub": "-", "subtract": "-", "mul": "*", "multiply": "*", "div": "/", "divide": "/",
    "truediv": "/", "true_divide": "/",
}  # fmt: skip
"""The operators that functions of these names spell in every framework."""


def computed(name: str, operand: str, other: str) -> Compute:
    """What a function of two operands does, an operator where its name is that of one."""
    operator = OPERATORS.get(name, "")
    return Compute(operand, operator, other) if operator else Compute(operand)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A reduction over the data: mean, std, var, min, max, median, sum, percentile. of: what is reduced."""

    function: str
    operand: str = "input"
    axis: str = ""
    of: Literal["", "squares"] = ""


@dataclass(frozen=True, slots=True)
class ClassIds:
    """Hard class decisions: argmax, round of probabilities, comparison."""

    operand: str = "input"


@dataclass(frozen=True, slots=True)
class Constant:
    """A tensor made from nothing of interest: zeros, ones, randn, arange, tensor([…]).

    starts: how its numbers come about, where that is known. size: the parameter without which it is no tensor
    but one item of what it draws from.
    """

    random: bool = False
    starts: Initializer | None = None
    size: str = ""


@dataclass(frozen=True, slots=True)
class Initializer:
    """How weights start. kind: "constant" (all alike), "normal" or "uniform".

    value: the parameter that holds the constant, the standard deviation or the upper bound; "" where it is
    always `fixed`.
    """

    kind: Literal["constant", "normal", "uniform"]
    value: str = ""
    fixed: float = 0.0
    operand: str = ""
    """The weights it is applied to in place."""
    once: float | None = None
    """What a variable of TensorFlow 1 gets where nothing is given."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """A term that pulls weights to zero. factors: the parameters that say how strongly."""

    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Permute:
    """Puts the rows of data, or numbers, in a random order: in place, or as a new array.

    several: all positional arguments, in the same order.
    """

    operand: str = "x"
    in_place: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Detach:
    """The same values, cut off from the gradient graph."""

    operand: str = "self"


@dataclass(frozen=True, slots=True)
class Loss:
    """A training loss of a prediction against a target.

    wants: the scale the prediction must have. applies: the activation the loss computes itself
    ("softmax", "sigmoid", ""). from_logits: a boolean parameter that, when true, turns `wants` to
    logits and makes the loss apply its activation.
    targets: what the target must be. reduction: the parameter that chooses mean, sum or none.
    registers: its value is added to the total loss without being read again.
    either_order: early releases took the prediction first, so positions alone do not tell which is which.
    """

    wants: Scale
    prediction: str
    target: str
    task: Task = ""
    applies: str = ""
    targets: Target = ""
    from_logits: str = ""
    reduction: str = ""
    registers: bool = False
    either_order: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A score of predictions against the truth. wants: "labels" (hard classes), "scores" or "values"."""

    prediction: str
    target: str
    wants: Literal["labels", "scores", "values", ""] = ""
    task: Task = ""
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Merit:
    """A differentiable score of a prediction: better the larger it is (a similarity, a likelihood)."""

    operand: str = "input"


@dataclass(frozen=True, slots=True)
class Container:
    """Holds layers. kind: "sequential" applies them in order; "wrapper" applies the one it wraps."""

    kind: Literal["sequential", "list", "dict", "wrapper"]
    items: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A Keras functional model made from its input and output tensors."""

    inputs: str = "inputs"
    outputs: str = "outputs"


@dataclass(frozen=True, slots=True)
class Optimizer:
    """Updates parameters. `params` may be "" where they come with the gradients (Keras, TF1)."""

    params: str = ""
    lr: str = "lr"
    maximize: str = ""


@dataclass(frozen=True, slots=True)
class Minimize:
    """A call that takes a loss and updates (or differentiates) to make it smaller."""

    loss: str = "self"


@dataclass(frozen=True, slots=True)
class Compile:
    """Keras `compile`: which loss, optimizer and metrics a model will train with."""

    loss: str = "loss"
    optimizer: str = "optimizer"
    metrics: str = "metrics"


@dataclass(frozen=True, slots=True)
class Train:
    """Keras `fit` and its relatives."""

    x: str = "x"
    y: str = "y"
    validation: str = "validation_data"


@dataclass(frozen=True, slots=True)
class Action:
    """A call that matters for the order of training, without a value of interest.

    name: step, zero_grad, backward, train, eval, no_grad, enable_grad, scheduler_step, unscale, update,
    clip, register, seed, log, save, apply (Keras apply_gradients), gradients, run, initialize, freeze.
    """

    name: str
    operand: str = "self"


@dataclass(frozen=True, slots=True)
class Bag:
    """An object whose attributes are the keywords it is made with, and the entries of dicts given to it.

    open: it has more entries than are known (a configuration of the framework's own).
    """

    open: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """Makes an object with methods of its own (a session, a saver, an accelerator); nothing else happens."""


@dataclass(frozen=True, slots=True)
class Give:
    """A model or function of which only the scale of its result is known."""

    scale: Scale


@dataclass(frozen=True, slots=True)
class Either:
    """Calls one of two functions that are parameters, without arguments, and gives its result."""

    then: str
    orelse: str


@dataclass(frozen=True, slots=True)
class Scope:
    """`slim.arg_scope`: sets defaults for the calls inside."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`slim.repeat` and `slim.stack`: apply one layer function several times."""

    kind: Literal["repeat", "stack"]


Effect: TypeAlias = (
    Layer | Activation | Keep | Compute | Statistic | ClassIds | Constant | Permute | Detach | Loss | Metric
    | Merit | Container | Model | Optimizer | Minimize | Compile | Train | Action | Bag | Either | Give | Make
    | Scope | Repeat
    | Estimator | Initializer | Penalty | Fit | Transform | FitTransform | Predict | Score | Split | Load
)  # fmt: skip
