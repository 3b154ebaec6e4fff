"""TensorFlow 1 training graphs: `tf.layers`, `tf.losses`, `tf.metrics`, optimizers and sessions."""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Action,
    Compute,
    Detach,
    Entry,
    Keep,
    Layer,
    Loss,
    Metric,
    Minimize,
    Optimizer,
    Scale,
    Statistic,
    Target,
    Task,
    call,
)

__all__ = ["GRAPH", "INSTALLED_AS"]

_OPTIMIZER = "tensorflow.train.Optimizer"
_OPERATION = "tensorflow.Operation"
_LEGACY = "tensorflow.python.keras.legacy_tf_layers"
_CONV = "inputs filters kernel_size strides padding data_format dilation_rate activation use_bias ..."
_TRANSPOSE = "inputs filters kernel_size strides padding data_format activation use_bias ..."
_SEPARABLE = (
    "inputs filters kernel_size strides padding data_format dilation_rate depth_multiplier activation ..."
)
_NORM = (
    "inputs axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer "
    "moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint "
    "training ..."
)


def _conv(params: str, rank: int) -> Entry:
    does = Layer("conv", "inputs", out_size="filters", rank=rank, activation="activation")
    return call(params, does, activation=None)


def _pool(rank: int) -> Entry:
    return call("inputs pool_size strides padding data_format name", Layer("pool", "inputs", rank=rank))


_LAYERS: dict[str, Entry] = {
    "average_pooling1d": _pool(1),
    "average_pooling2d": _pool(2),
    "average_pooling3d": _pool(3),
    "batch_normalization": call(
        _NORM, Layer("norm", "inputs", flag="training"), until="2.16", training=False
    ),
    "conv1d": _conv(_CONV, 1),
    "conv2d": _conv(_CONV, 2),
    "conv2d_transpose": _conv(_TRANSPOSE, 2),
    "conv3d": _conv(_CONV, 3),
    "conv3d_transpose": _conv(_TRANSPOSE, 3),
    "dense": call(
        "inputs units activation use_bias ...",
        Layer("dense", "inputs", out_size="units", activation="activation"),
        activation=None,
    ),
    "dropout": call(
        "inputs rate noise_shape seed training name", Layer("dropout", "inputs", flag="training"),
        rate=0.5, training=False,
    ),
    "flatten": call("inputs name data_format", Layer("flatten", "inputs")),
    "max_pooling1d": _pool(1),
    "max_pooling2d": _pool(2),
    "max_pooling3d": _pool(3),
    "separable_conv1d": _conv(_SEPARABLE, 1),
    "separable_conv2d": _conv(_SEPARABLE, 2),
}  # fmt: skip


def _loss(
    params: str, wants: Scale, prediction: str, task: Task, applies: str = "", targets: Target = ""
) -> Entry:
    reduction = "" if params.endswith("loss_collection") else "reduction"
    target = params.split()[0]
    does = Loss(wants, prediction, target, task, applies, targets, reduction=reduction, registers=True)
    return call(params, does)


_END = "weights scope loss_collection reduction"
_SMOOTH = "weights label_smoothing scope loss_collection reduction"
_LOSSES: dict[str, Entry] = {
    "absolute_difference": _loss(
        f"labels predictions {_END}", Scale.UNKNOWN, "predictions", "regression", "", "values"
    ),
    "add_loss": call("loss loss_collection", Action("register", "loss")),
    "compute_weighted_loss": call(f"losses {_END}", Statistic("mean", "losses")),
    "cosine_distance": _loss(
        f"labels predictions axis {_END} ...", Scale.UNKNOWN, "predictions", ""
    ),
    "get_total_loss": call("add_regularization_losses name scope", Compute("")),
    "hinge_loss": _loss(f"labels logits {_END}", Scale.LOGITS, "logits", "binary", "", "binary"),
    "huber_loss": _loss(
        "labels predictions weights delta scope loss_collection reduction",
        Scale.UNKNOWN, "predictions", "regression", "", "values",
    ),
    "log_loss": _loss(
        "labels predictions weights epsilon scope loss_collection reduction",
        Scale.PROBABILITIES, "predictions", "binary", "", "binary",
    ),
    "mean_pairwise_squared_error": _loss(
        "labels predictions weights scope loss_collection",
        Scale.UNKNOWN, "predictions", "regression", "", "values",
    ),
    "mean_squared_error": _loss(
        f"labels predictions {_END}", Scale.UNKNOWN, "predictions", "regression", "", "values"
    ),
    "sigmoid_cross_entropy": _loss(
        f"multi_class_labels logits {_SMOOTH}", Scale.LOGITS, "logits", "binary", "sigmoid", "binary"
    ),
    "softmax_cross_entropy": _loss(
        f"onehot_labels logits {_SMOOTH}", Scale.LOGITS, "logits", "multiclass", "softmax", "one-hot"
    ),
    "sparse_softmax_cross_entropy": _loss(
        f"labels logits {_END}", Scale.LOGITS, "logits", "multiclass", "softmax", "ids"
    ),
}  # fmt: skip

_SCORES = Metric("predictions", "labels", "scores", "binary")
_CLASSES = Metric("predictions", "labels", "labels", "multiclass")
_DISTANCE = Metric("predictions", "labels", "values", "regression", True)
_METRICS: dict[str, Entry] = {
    name: call("labels predictions ...", does)
    for name, does in {
        "accuracy": _CLASSES,
        "auc": _SCORES,
        "mean_absolute_error": _DISTANCE,
        "mean_iou": _CLASSES,
        "mean_per_class_accuracy": _CLASSES,
        "mean_squared_error": _DISTANCE,
        "precision": Metric("predictions", "labels", "labels", "binary"),
        "recall": Metric("predictions", "labels", "labels", "binary"),
        "root_mean_squared_error": _DISTANCE,
        "sensitivity_at_specificity": _SCORES,
    }.items()
} | {"mean": call("values weights ...", Statistic("mean", "values"))}


def _optimizer(params: str) -> Entry:
    return call(f"learning_rate {params} ...", Optimizer(lr="learning_rate"), isa=_OPTIMIZER)


_TRAIN: dict[str, Entry] = {
    "AdadeltaOptimizer": _optimizer("rho epsilon"),
    "AdagradDAOptimizer": _optimizer("global_step"),
    "AdagradOptimizer": _optimizer("initial_accumulator_value"),
    "AdamOptimizer": _optimizer("beta1 beta2 epsilon"),
    "FtrlOptimizer": _optimizer("learning_rate_power initial_accumulator_value"),
    "GradientDescentOptimizer": _optimizer("use_locking name"),
    "MomentumOptimizer": _optimizer("momentum use_locking"),
    "Optimizer.apply_gradients": call("grads_and_vars global_step ...", Action("apply"), isa=_OPERATION),
    "Optimizer.compute_gradients": call("loss var_list ...", Action("gradients", "loss")),
    "Optimizer.minimize": call("loss global_step var_list ...", Minimize("loss"), isa=_OPERATION),
    "ProximalAdagradOptimizer": _optimizer("initial_accumulator_value"),
    "ProximalGradientDescentOptimizer": _optimizer("l1_regularization_strength"),
    "RMSPropOptimizer": _optimizer("decay momentum epsilon"),
    "Saver": call("var_list ...", Action("session", ""), isa="tensorflow.train.Saver"),
    "Saver.restore": call("sess save_path", Action("initialize", "sess")),
    "Saver.save": call("sess save_path global_step ...", Action("save")),
    "SyncReplicasOptimizer": call("opt replicas_to_aggregate ...", Keep("opt"), isa=_OPTIMIZER),
}

_RUNNING: dict[str, Entry] = {
    "GradientTape": call(
        "persistent watch_accessed_variables", Action("enable_grad"), isa="tensorflow.GradientTape"
    ),
    "GradientTape.gradient": call("target sources ...", Action("gradients", "target")),
    "GradientTape.jacobian": call("target sources ...", Action("gradients", "target")),
    "InteractiveSession": call("target graph config", Action("session", ""), isa="tensorflow.Session"),
    "Operation.run": call("feed_dict session", Action("run", "self")),
    "Session": call("target graph config", Action("session", ""), isa="tensorflow.Session"),
    "Session.run": call("fetches feed_dict options run_metadata", Action("run", "fetches")),
    "Tensor.eval": call("feed_dict session", Action("run", "self")),
    "Tensor.numpy": call("", Detach("self")),
    "global_variables_initializer": call("", Action("initialize", ""), isa=_OPERATION),
    "gradients": call("ys xs grad_ys name ...", Action("gradients", "ys")),
    "group": call("*inputs **kwargs", Action("group", "inputs")),
    "initialize_all_variables": call("", Action("initialize", ""), isa=_OPERATION),
    "initialize_variables": call("var_list name", Action("initialize", "var_list"), isa=_OPERATION),
    "local_variables_initializer": call("", Action("initialize", ""), isa=_OPERATION),
    "variables_initializer": call("var_list name", Action("initialize", "var_list"), isa=_OPERATION),
}

GRAPH: dict[str, Entry] = {
    f"tensorflow.{prefix}{name}": entry
    for prefix, table in {
        "": _RUNNING, "layers.": _LAYERS, "losses.": _LOSSES, "metrics.": _METRICS, "train.": _TRAIN,
    }.items()
    for name, entry in table.items()
}  # fmt: skip

_HOMES = {"conv": "convolutional", "separable_conv": "convolutional"} | dict.fromkeys(
    ("average_pooling", "max_pooling"), "pooling"
)


def _home(name: str) -> str:
    """The module of the installed package that still holds a function of `tf.layers`."""
    return next((module for start, module in _HOMES.items() if name.startswith(start)), "core")


_V1 = (
    "InteractiveSession Session Session.run global_variables_initializer initialize_all_variables "
    "initialize_variables local_variables_initializer variables_initializer"
)
INSTALLED_AS: dict[str, str] = (
    {f"tensorflow.layers.{name}": f"{_LEGACY}.{_home(name)}.{name}" for name in _LAYERS}
    | {
        name: name.replace("tensorflow", "tensorflow.compat.v1", 1)
        for name in GRAPH
        if name.split(".")[1] in ("losses", "metrics", "train")
        or name.removeprefix("tensorflow.") in _V1.split()
    }
    | {"tensorflow.train.Optimizer": "tensorflow.compat.v1.train.Optimizer"}
    | {"tensorflow.Tensor.numpy": "tensorflow.python.framework.ops._EagerTensorBase.numpy"}
)
