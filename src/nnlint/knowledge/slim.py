"""TF-slim: `tf_slim`, `tensorflow.contrib.slim` and `tensorflow.contrib.layers`.

Its layers are functions, and most of them apply a ReLU unless told otherwise.
"""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Action,
    Activation,
    Compute,
    Constant,
    Entry,
    Framework,
    Keep,
    Layer,
    Loss,
    Metric,
    Minimize,
    Penalty,
    Repeat,
    Scale,
    Scope,
    Statistic,
    Target,
    Task,
    call,
)

__all__ = ["FRAMEWORK"]

_OPERATION = "tensorflow.Operation"
_CONV = "inputs num_outputs kernel_size stride padding data_format rate activation_fn normalizer_fn ..."
_TRANSPOSE = "inputs num_outputs kernel_size stride padding data_format activation_fn normalizer_fn ..."
_SEPARABLE = (
    "inputs num_outputs kernel_size depth_multiplier stride padding data_format rate activation_fn "
    "normalizer_fn ..."
)
_POOL = "inputs kernel_size stride padding data_format outputs_collections scope"
_BATCH_NORM = (
    "inputs decay center scale epsilon activation_fn param_initializers param_regularizers "
    "updates_collections is_training ..."
)


def _conv(params: str, rank: int) -> Entry:
    """A convolution with a built-in ReLU."""
    size = "num_outputs" if "num_outputs" in params.split() else ""
    does = Layer("conv", "inputs", out_size=size, rank=rank, activation="activation_fn")
    return call(params, does, activation_fn="relu")


def _dense(separator: str, activation: str | None) -> Entry:
    """A fully connected layer; the ready-made variants fix their activation by keyword."""
    does = Layer("dense", "inputs", out_size="num_outputs", activation="activation_fn")
    return call(
        f"inputs num_outputs {separator} activation_fn normalizer_fn ...", does, activation_fn=activation
    )


def _norm(params: str, flag: str = "", **defaults: object) -> Entry:
    """A normalisation without activation, unless it is given one."""
    does = Layer("norm", "inputs", activation="activation_fn", flag=flag)
    return Entry(tuple(params.split()), does, defaults={"activation_fn": None} | defaults)


def _pool(rank: int) -> Entry:
    return call(_POOL, Layer("pool", "inputs", rank=rank))


_LAYERS: dict[str, Entry] = {
    "avg_pool2d": _pool(2),
    "avg_pool3d": _pool(3),
    "batch_norm": _norm(_BATCH_NORM, "is_training", is_training=True),
    "bias_add": call("inputs activation_fn ...", Layer("other", "inputs", activation="activation_fn"),
                     activation_fn=None),
    "conv1d": _conv(_CONV, 1),
    "conv2d": _conv(_CONV, 2),
    "conv2d_in_plane": _conv("inputs kernel_size stride padding activation_fn normalizer_fn ...", 2),
    "conv2d_transpose": _conv(_TRANSPOSE, 2),
    "conv3d": _conv(_CONV, 3),
    "conv3d_transpose": _conv(_TRANSPOSE, 3),
    "dropout": call(
        "inputs keep_prob noise_shape is_training ...", Layer("dropout", "inputs", flag="is_training"),
        keep_prob=0.5, is_training=True,
    ),
    "elu": _dense("*", "elu"),
    "flatten": call("inputs outputs_collections scope", Layer("flatten", "inputs")),
    "fully_connected": _dense("", "relu"),
    "group_norm": _norm("inputs groups channels_axis reduction_axes center scale epsilon activation_fn ..."),
    "instance_norm": _norm("inputs center scale epsilon activation_fn ..."),
    "l1_l2_regularizer": call("scale_l1 scale_l2 scope", Penalty(("scale_l1", "scale_l2"))),
    "l1_regularizer": call("scale scope", Penalty(("scale",))),
    "l2_regularizer": call("scale scope", Penalty(("scale",))),
    "layer_norm": _norm("inputs center scale activation_fn ..."),
    "linear": _dense("*", None),
    "max_pool2d": _pool(2),
    "max_pool3d": _pool(3),
    "maxout": call("inputs num_units axis scope", Layer("pool", "inputs")),
    "model_variable": call("name shape dtype ...", Constant()),
    "one_hot_encoding": call("labels num_classes ...", Activation("one_hot", "labels")),
    "pool": call("inputs kernel_size pooling_type ...", Layer("pool", "inputs")),
    "relu": _dense("*", "relu"),
    "relu6": _dense("*", "relu6"),
    "repeat": call("inputs repetitions layer *args **kwargs", Repeat("repeat")),
    "scale_gradient": call("inputs gradient_multiplier", Keep("inputs")),
    "separable_conv2d": _conv(_SEPARABLE, 2),
    "softmax": call("logits scope", Activation("softmax", "logits")),
    "spatial_softmax": call("features temperature ...", Compute("features")),
    "stack": call("inputs layer stack_args **kwargs", Repeat("stack")),
    "unit_norm": call("inputs dim epsilon scope", Activation("normalize", "inputs")),
    "variable": call("name shape dtype ...", Constant()),
}  # fmt: skip


def _loss(params: str, wants: Scale, task: Task, applies: str = "", targets: Target = "") -> Entry:
    """A loss of `slim.losses`: the prediction comes first, unlike in `tf.losses`."""
    prediction, target, *_ = params.split()
    return call(params, Loss(wants, prediction, target, task, applies, targets, registers=True))


_LOSSES: dict[str, Entry] = {
    "absolute_difference": _loss(
        "predictions labels weights scope", Scale.UNKNOWN, "regression", "", "values"
    ),
    "add_loss": call("loss loss_collection", Action("register", "loss")),
    "compute_weighted_loss": call("losses weights scope", Statistic("mean", "losses")),
    "cosine_distance": _loss("predictions labels axis weights scope dim", Scale.UNKNOWN, ""),
    "get_total_loss": call("add_regularization_losses name", Compute("")),
    "hinge_loss": _loss("logits labels scope", Scale.LOGITS, "binary", "", "binary"),
    "log_loss": _loss(
        "predictions labels weights epsilon scope", Scale.PROBABILITIES, "binary", "", "binary"
    ),
    "mean_pairwise_squared_error": _loss(
        "predictions labels weights scope", Scale.UNKNOWN, "regression", "", "values"
    ),
    "mean_squared_error": _loss(
        "predictions labels weights scope", Scale.UNKNOWN, "regression", "", "values"
    ),
    "sigmoid_cross_entropy": _loss(
        "logits multi_class_labels weights label_smoothing scope", Scale.LOGITS, "binary", "sigmoid", "binary"
    ),
    "softmax_cross_entropy": _loss(
        "logits onehot_labels weights label_smoothing scope", Scale.LOGITS, "multiclass", "softmax", "one-hot"
    ),
    "sparse_softmax_cross_entropy": _loss(
        "logits labels weights scope", Scale.LOGITS, "multiclass", "softmax", "ids"
    ),
}  # fmt: skip

_CLASSES = Metric("predictions", "labels", "labels", "multiclass")
_BINARY = Metric("predictions", "labels", "labels", "binary")
_DISTANCE = Metric("predictions", "labels", "values", "regression", True)
_METRICS: dict[str, Entry] = {
    name: call("predictions labels ...", does)
    for name, does in {
        "accuracy": _CLASSES,
        "streaming_accuracy": _CLASSES,
        "streaming_auc": Metric("predictions", "labels", "scores", "binary"),
        "streaming_mean_absolute_error": _DISTANCE,
        "streaming_mean_iou": _CLASSES,
        "streaming_mean_squared_error": _DISTANCE,
        "streaming_precision": _BINARY,
        "streaming_recall": _BINARY,
        "streaming_root_mean_squared_error": _DISTANCE,
    }.items()
} | {"streaming_mean": call("values weights ...", Statistic("mean", "values"))}

_TRAINING: dict[str, Entry] = {
    "arg_scope": call("list_ops_or_scope **kwargs", Scope()),
    "learning.create_train_op": call("total_loss optimizer ...", Minimize("total_loss"), isa=_OPERATION),
    "learning.train": call("train_op logdir ...", Action("run", "train_op")),
    "optimize_loss": call("loss global_step learning_rate optimizer ...", Minimize("loss"), isa=_OPERATION),
    "learning.multiply_gradients": call("grads_and_vars gradient_multipliers", Keep("grads_and_vars")),
    "training.create_train_op": call("total_loss optimizer ...", Minimize("total_loss"), isa=_OPERATION),
    "utils.collect_named_outputs": call("collections alias outputs", Keep("outputs")),
}

_ENTRIES: dict[str, Entry] = {
    f"tf_slim.{prefix}{name}": entry
    for prefix, table in {"": _LAYERS | _TRAINING, "losses.": _LOSSES, "metrics.": _METRICS}.items()
    for name, entry in table.items()
}

_SAME = {
    "convolution": "conv2d",
    "convolution1d": "conv1d",
    "convolution2d": "conv2d",
    "convolution2d_in_plane": "conv2d_in_plane",
    "convolution2d_transpose": "conv2d_transpose",
    "convolution3d": "conv3d",
    "convolution3d_transpose": "conv3d_transpose",
    "separable_convolution2d": "separable_conv2d",
}
_MODULES = {
    "tensorflow.contrib.framework": "tf_slim",
    "tensorflow.contrib.framework.python.ops.arg_scope.arg_scope": "tf_slim.arg_scope",
    "tensorflow.contrib.layers": "tf_slim",
    "tensorflow.contrib.layers.python.layers": "tf_slim",
    "tensorflow.contrib.layers.python.layers.layers": "tf_slim",
    "tensorflow.contrib.losses": "tf_slim.losses",
    "tensorflow.contrib.metrics": "tf_slim.metrics",
    "tensorflow.contrib.slim": "tf_slim",
    "tensorflow.contrib.training": "tf_slim.training",
    "tf_slim.layers": "tf_slim",
    "tf_slim.layers.layers": "tf_slim",
    "tf_slim.ops": "tf_slim",
    "tf_slim.ops.arg_scope.arg_scope": "tf_slim.arg_scope",
}

FRAMEWORK = Framework(
    name="slim",
    roots=("tf_slim",),
    aliases=dict(
        sorted((_MODULES | {f"tf_slim.{old}": f"tf_slim.{new}" for old, new in _SAME.items()}).items())
    ),
    entries=dict(sorted(_ENTRIES.items())),
    inert=("tf_slim.summaries", "tf_slim.summarize_tensor", "tf_slim.summarize_tensors"),
)
