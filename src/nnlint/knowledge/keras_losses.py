"""Keras activations and losses: the loss functions `(y_true, y_pred)` and the classes around them."""

from __future__ import annotations

from dataclasses import replace

from nnlint.knowledge.spec import Activation, Compute, Entry, Keep, Loss, Scale, Target, Task, build, call

__all__ = ["ACTIVATIONS", "LOSSES"]

_TRUTH_FIRST = "y_true y_pred sample_weight"


def _act(function: str, params: str = "x") -> Entry:
    return call(params, Activation(function, "x"))


def _along(function: str) -> Entry:
    """A normalisation along an axis, the last one by default."""
    return call("x axis", Activation(function, "x", "axis"), axis=-1)


ACTIVATIONS: dict[str, Entry] = {
    "keras.activations.celu": _act("celu", "x alpha"),
    "keras.activations.elu": _act("elu", "x alpha"),
    "keras.activations.exponential": _act("exp"),
    "keras.activations.gelu": _act("gelu", "x approximate"),
    "keras.activations.glu": call("x axis", Compute("x")),
    "keras.activations.hard_shrink": _act("hard_shrink", "x threshold"),
    "keras.activations.hard_sigmoid": _act("hard_sigmoid"),
    "keras.activations.hard_silu": _act("hard_swish"),
    "keras.activations.hard_swish": _act("hard_swish"),
    "keras.activations.hard_tanh": _act("hard_tanh"),
    "keras.activations.leaky_relu": _act("leaky_relu", "x negative_slope"),
    "keras.activations.linear": call("x", Keep("x")),
    "keras.activations.log_sigmoid": _act("log_sigmoid"),
    "keras.activations.log_softmax": _along("log_softmax"),
    "keras.activations.mish": _act("mish"),
    "keras.activations.relu": call(
        "x negative_slope max_value threshold", Activation("relu", "x"), negative_slope=0.0
    ),
    "keras.activations.relu6": _act("relu6"),
    "keras.activations.selu": _act("selu"),
    "keras.activations.sigmoid": _act("sigmoid"),
    "keras.activations.silu": _act("silu"),
    "keras.activations.soft_shrink": _act("soft_shrink", "x threshold"),
    "keras.activations.softmax": _along("softmax"),
    "keras.activations.softplus": _act("softplus"),
    "keras.activations.softsign": _act("softsign"),
    "keras.activations.sparse_plus": _act("sparse_plus"),
    "keras.activations.sparse_sigmoid": _act("sparse_sigmoid"),
    "keras.activations.sparsemax": _along("sparsemax"),
    "keras.activations.squareplus": _act("squareplus", "x b"),
    "keras.activations.tanh": _act("tanh"),
    "keras.activations.tanh_shrink": _act("tanh_shrink"),
    "keras.activations.threshold": _act("threshold", "x threshold default_value"),
}


def _loss(params: str, wants: Scale, task: Task = "", applies: str = "", targets: Target = "") -> Entry:
    """A loss class; where it has `from_logits`, it applies its activation only when that is true."""
    switch = "from_logits" if "from_logits" in params.split() else ""
    does = Loss(wants, "y_pred", "y_true", task, applies, targets, switch, "reduction")
    made = build(params, does, operands=_TRUTH_FIRST, isa="keras.losses.Loss")
    return replace(made, defaults={switch: False}) if switch else made


def _loss_fn(params: str, wants: Scale, task: Task = "", applies: str = "", targets: Target = "") -> Entry:
    """A loss function: one number per sample, so it has no reduction to choose."""
    switch = "from_logits" if "from_logits" in params.split() else ""
    made = call(f"y_true y_pred {params}", Loss(wants, "y_pred", "y_true", task, applies, targets, switch))
    return replace(made, defaults={switch: False}) if switch else made


_PROBABLE, _ANY = Scale.PROBABILITIES, Scale.UNKNOWN
_FOCAL = "alpha gamma from_logits label_smoothing axis"
_VALUES: tuple[Scale, Task, str, Target] = (_ANY, "regression", "", "values")

LOSSES: dict[str, Entry] = {
    "keras.losses.BinaryCrossentropy": _loss(
        "from_logits label_smoothing axis reduction name dtype", _PROBABLE, "binary", "sigmoid", "binary"
    ),
    "keras.losses.BinaryFocalCrossentropy": _loss(
        f"apply_class_balancing {_FOCAL} reduction name dtype", _PROBABLE, "binary", "sigmoid", "binary"
    ),
    "keras.losses.CTC": _loss("reduction name dtype", Scale.LOGITS, "sequence", "softmax", "ids"),
    "keras.losses.CategoricalCrossentropy": _loss(
        "from_logits label_smoothing axis reduction name dtype", _PROBABLE, "multiclass", "softmax", "one-hot"
    ),
    "keras.losses.CategoricalFocalCrossentropy": _loss(
        f"{_FOCAL} reduction name dtype", _PROBABLE, "multiclass", "softmax", "one-hot"
    ),
    "keras.losses.CategoricalGeneralizedCrossEntropy": _loss(
        "q reduction name dtype", _PROBABLE, "multiclass", "", "ids"
    ),
    "keras.losses.CategoricalHinge": _loss("reduction name dtype", _ANY, "multiclass", "", "one-hot"),
    "keras.losses.Circle": _loss("gamma margin remove_diagonal reduction ...", _ANY),
    "keras.losses.CosineSimilarity": _loss("axis reduction name dtype", _ANY),
    "keras.losses.Dice": _loss("reduction name axis dtype", _PROBABLE),
    "keras.losses.Hinge": _loss("reduction name dtype", _ANY, "binary"),
    "keras.losses.Huber": _loss("delta reduction name dtype", *_VALUES),
    "keras.losses.KLDivergence": _loss("reduction name dtype", _PROBABLE, "distribution", "", "distribution"),
    "keras.losses.LogCosh": _loss("reduction name dtype", *_VALUES),
    "keras.losses.MeanAbsoluteError": _loss("reduction name dtype", *_VALUES),
    "keras.losses.MeanAbsolutePercentageError": _loss("reduction name dtype", *_VALUES),
    "keras.losses.MeanSquaredError": _loss("reduction name dtype", *_VALUES),
    "keras.losses.MeanSquaredLogarithmicError": _loss("reduction name dtype", *_VALUES),
    "keras.losses.Poisson": _loss("reduction name dtype", *_VALUES),
    "keras.losses.SparseCategoricalCrossentropy": _loss(
        "from_logits ignore_class reduction axis name dtype", _PROBABLE, "multiclass", "softmax", "ids"
    ),
    "keras.losses.SquaredHinge": _loss("reduction name dtype", _ANY, "binary"),
    "keras.losses.Tversky": _loss("alpha beta reduction name axis dtype", _PROBABLE),
    "keras.losses.binary_crossentropy": _loss_fn(
        "from_logits label_smoothing axis", _PROBABLE, "binary", "sigmoid", "binary"
    ),
    "keras.losses.binary_focal_crossentropy": _loss_fn(
        f"apply_class_balancing {_FOCAL}", _PROBABLE, "binary", "sigmoid", "binary"
    ),
    "keras.losses.categorical_crossentropy": _loss_fn(
        "from_logits label_smoothing axis", _PROBABLE, "multiclass", "softmax", "one-hot"
    ),
    "keras.losses.categorical_focal_crossentropy": _loss_fn(
        _FOCAL, _PROBABLE, "multiclass", "softmax", "one-hot"
    ),
    "keras.losses.categorical_generalized_cross_entropy": _loss_fn("q", _PROBABLE, "multiclass", "", "ids"),
    "keras.losses.categorical_hinge": _loss_fn("", _ANY, "multiclass", "", "one-hot"),
    "keras.losses.circle": _loss_fn("ref_labels ref_embeddings ...", _ANY),
    "keras.losses.cosine_similarity": _loss_fn("axis", _ANY),
    "keras.losses.ctc": _loss_fn("", Scale.LOGITS, "sequence", "softmax", "ids"),
    "keras.losses.dice": _loss_fn("axis", _PROBABLE),
    "keras.losses.hinge": _loss_fn("", _ANY, "binary"),
    "keras.losses.huber": _loss_fn("delta", *_VALUES),
    "keras.losses.kl_divergence": _loss_fn("", _PROBABLE, "distribution", "", "distribution"),
    "keras.losses.log_cosh": _loss_fn("", *_VALUES),
    "keras.losses.mean_absolute_error": _loss_fn("", *_VALUES),
    "keras.losses.mean_absolute_percentage_error": _loss_fn("", *_VALUES),
    "keras.losses.mean_squared_error": _loss_fn("", *_VALUES),
    "keras.losses.mean_squared_logarithmic_error": _loss_fn("", *_VALUES),
    "keras.losses.poisson": _loss_fn("", *_VALUES),
    "keras.losses.sparse_categorical_crossentropy": _loss_fn(
        "from_logits ignore_class axis", _PROBABLE, "multiclass", "softmax", "ids"
    ),
    "keras.losses.squared_hinge": _loss_fn("", _ANY, "binary"),
    "keras.losses.tversky": _loss_fn("alpha beta axis", _PROBABLE),
}
