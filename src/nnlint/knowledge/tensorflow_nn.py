"""`tensorflow.nn`: activations, layers as functions, and the losses that take logits.

Releases 1 and 2 share most leading parameters; where they differ, the entry follows TensorFlow 1 (now
`tensorflow.compat.v1`), whose functions also take the parameters of TensorFlow 2 by name.
"""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Activation,
    Compute,
    Entry,
    Keep,
    Layer,
    Loss,
    Metric,
    Scale,
    Statistic,
    Target,
    Task,
    build,
    call,
)

__all__ = ["INSTALLED_AS", "NN"]

_CELLS = "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl"
_CELL = "tensorflow.nn.rnn_cell.RNNCell"


def _act(function: str, params: str = "features name") -> Entry:
    return call(params, Activation(function, params.split()[0]))


def _along(function: str) -> Entry:
    """A normalisation along an axis; None stands for the last one."""
    return call("logits axis name ...", Activation(function, "logits", "axis"), axis=None)


def _conv(params: str, rank: int) -> Entry:
    return call(params, Layer("conv", params.split()[0], rank=rank))


def _pool(params: str, rank: int) -> Entry:
    return call(params, Layer("pool", params.split()[0], rank=rank))


def _loss(params: str, task: Task, applies: str, targets: Target) -> Entry:
    # Before TensorFlow 1.0 these took (logits, labels), then keywords only, since 2.0 (labels, logits).
    return call(params, Loss(Scale.LOGITS, "logits", "labels", task, applies, targets, either_order=True))


def _cell(params: str) -> Entry:
    """A TensorFlow 1 recurrent cell: its output has gone through tanh, or the activation it is given."""
    names = params.split()
    activation = "activation" if "activation" in names else ""
    does = Layer("recurrent", "inputs", out_size="num_units", activation=activation)
    return build(params, does, operands="inputs state scope ...", isa=_CELL)


def _wrapped(params: str) -> Entry:
    """A cell around one or several others."""
    return build(params, Layer("recurrent", "inputs"), operands="inputs state scope ...", isa=_CELL)


NN: dict[str, Entry] = {
    "tensorflow.nn.atrous_conv2d": _conv("value filters rate padding name", 2),
    "tensorflow.nn.avg_pool": _pool("value ksize strides padding data_format name input", 2),
    "tensorflow.nn.avg_pool1d": _pool("input ksize strides padding data_format name", 1),
    "tensorflow.nn.avg_pool2d": _pool("value ksize strides padding data_format name input", 2),
    "tensorflow.nn.avg_pool3d": _pool("input ksize strides padding data_format name", 3),
    "tensorflow.nn.batch_normalization": call(
        "x mean variance offset scale variance_epsilon name", Layer("norm", "x")
    ),
    "tensorflow.nn.bias_add": call("value bias data_format name", Keep("value")),
    "tensorflow.nn.bidirectional_dynamic_rnn": call(
        "cell_fw cell_bw inputs sequence_length ...", Layer("recurrent", "inputs")
    ),
    "tensorflow.nn.compute_average_loss": call(
        "per_example_loss sample_weight global_batch_size", Statistic("mean", "per_example_loss")
    ),
    "tensorflow.nn.conv1d": _conv(
        "value filters stride padding use_cudnn_on_gpu data_format name input ...", 1
    ),
    "tensorflow.nn.conv2d": _conv(
        "input filter strides padding use_cudnn_on_gpu data_format dilations name filters", 2
    ),
    "tensorflow.nn.conv2d_transpose": _conv("value filter output_shape strides padding data_format ...", 2),
    "tensorflow.nn.conv3d": _conv("input filter strides padding data_format dilations name filters", 3),
    "tensorflow.nn.conv3d_transpose": _conv("value filter output_shape strides padding data_format ...", 3),
    "tensorflow.nn.convolution": call("input filter padding strides ...", Layer("conv", "input")),
    "tensorflow.nn.crelu": _act("crelu", "features name axis"),
    "tensorflow.nn.ctc_loss": call(
        "labels inputs sequence_length preprocess_collapse_repeated ctc_merge_repeated "
        "ignore_longer_outputs_than_inputs time_major logits",
        Loss(Scale.LOGITS, "inputs", "labels", "sequence", "softmax", "ids"),
    ),
    "tensorflow.nn.depthwise_conv2d": _conv("input filter strides padding ...", 2),
    "tensorflow.nn.dropout": call("x keep_prob noise_shape seed name rate", Layer("dropout", "x")),
    "tensorflow.nn.dynamic_rnn": call("cell inputs sequence_length ...", Layer("recurrent", "inputs")),
    "tensorflow.nn.elu": _act("elu"),
    "tensorflow.nn.embedding_lookup": call("params ids ...", Layer("embedding", "ids")),
    "tensorflow.nn.fused_batch_norm": call(
        "x scale offset mean variance epsilon data_format is_training name ...",
        Layer("norm", "x", flag="is_training"),
        is_training=True,
    ),
    "tensorflow.nn.gelu": _act("gelu", "features approximate name"),
    "tensorflow.nn.in_top_k": call(
        "predictions targets k name", Metric("predictions", "targets", "scores", "multiclass")
    ),
    "tensorflow.nn.l2_loss": call("t name", Statistic("sum", "t", of="squares")),
    "tensorflow.nn.l2_normalize": call("x axis epsilon name dim", Activation("normalize", "x")),
    "tensorflow.nn.leaky_relu": _act("leaky_relu", "features alpha name"),
    "tensorflow.nn.local_response_normalization": call(
        "input depth_radius bias alpha beta name", Layer("norm", "input")
    ),
    "tensorflow.nn.log_poisson_loss": call(
        "targets log_input compute_full_loss name",
        Loss(Scale.UNKNOWN, "log_input", "targets", "regression", "exp", "values"),
    ),
    "tensorflow.nn.log_softmax": _along("log_softmax"),
    "tensorflow.nn.max_pool": _pool("value ksize strides padding data_format name input", 2),
    "tensorflow.nn.max_pool1d": _pool("input ksize strides padding data_format name", 1),
    "tensorflow.nn.max_pool2d": _pool("input ksize strides padding data_format name", 2),
    "tensorflow.nn.max_pool3d": _pool("input ksize strides padding data_format name", 3),
    "tensorflow.nn.moments": call("x axes shift ...", Compute("x")),
    "tensorflow.nn.nce_loss": call(
        "weights biases labels inputs num_sampled num_classes ...",
        Loss(Scale.UNKNOWN, "inputs", "labels", "multiclass", "sigmoid", "ids", either_order=True),
    ),
    "tensorflow.nn.relu": _act("relu"),
    "tensorflow.nn.relu6": _act("relu6"),
    "tensorflow.nn.relu_layer": _act("relu", "x weights biases name"),
    "tensorflow.nn.rnn_cell.BasicLSTMCell": _cell("num_units forget_bias state_is_tuple activation ..."),
    "tensorflow.nn.rnn_cell.BasicRNNCell": _cell("num_units activation ..."),
    "tensorflow.nn.rnn_cell.DropoutWrapper": _wrapped("*args **kwargs"),
    "tensorflow.nn.rnn_cell.GRUCell": _cell("num_units activation ..."),
    "tensorflow.nn.rnn_cell.LSTMCell": _cell("num_units use_peepholes cell_clip ..."),
    "tensorflow.nn.rnn_cell.MultiRNNCell": _wrapped("cells state_is_tuple"),
    "tensorflow.nn.rnn_cell.ResidualWrapper": _wrapped("*args **kwargs"),
    "tensorflow.nn.sampled_softmax_loss": call(
        "weights biases labels inputs num_sampled num_classes ...",
        Loss(Scale.UNKNOWN, "inputs", "labels", "multiclass", "softmax", "ids", either_order=True),
    ),
    "tensorflow.nn.selu": _act("selu"),
    "tensorflow.nn.separable_conv2d": _conv("input depthwise_filter pointwise_filter strides padding ...", 2),
    "tensorflow.nn.sigmoid": _act("sigmoid", "x name"),
    "tensorflow.nn.sigmoid_cross_entropy_with_logits": _loss(
        "labels logits name", "binary", "sigmoid", "binary"
    ),
    "tensorflow.nn.silu": _act("silu", "features beta"),
    "tensorflow.nn.softmax": _along("softmax"),
    "tensorflow.nn.softmax_cross_entropy_with_logits": _loss(
        "labels logits ...", "multiclass", "softmax", "one-hot"
    ),
    "tensorflow.nn.softmax_cross_entropy_with_logits_v2": _loss(
        "labels logits axis name dim", "multiclass", "softmax", "one-hot"
    ),
    "tensorflow.nn.softplus": _act("softplus"),
    "tensorflow.nn.softsign": _act("softsign"),
    "tensorflow.nn.sparse_softmax_cross_entropy_with_logits": _loss(
        "labels logits name", "multiclass", "softmax", "ids"
    ),
    "tensorflow.nn.static_bidirectional_rnn": call(
        "cell_fw cell_bw inputs ...", Layer("recurrent", "inputs")
    ),
    "tensorflow.nn.static_rnn": call("cell inputs initial_state ...", Layer("recurrent", "inputs")),
    "tensorflow.nn.tanh": _act("tanh", "x name"),
    "tensorflow.nn.top_k": call("input k sorted ...", Compute("input")),
    "tensorflow.nn.weighted_cross_entropy_with_logits": _loss(
        "labels logits pos_weight name ...", "binary", "sigmoid", "binary"
    ),
    "tensorflow.nn.xw_plus_b": call("x weights biases name", Layer("dense", "x")),
    "tensorflow.nn.zero_fraction": call("value name", Statistic("mean", "value")),
}

_V1 = (
    "avg_pool avg_pool2d bidirectional_dynamic_rnn conv1d conv2d conv2d_transpose conv3d conv3d_transpose "
    "convolution crelu ctc_loss dropout dynamic_rnn fused_batch_norm in_top_k max_pool relu_layer "
    "softmax_cross_entropy_with_logits_v2 static_bidirectional_rnn static_rnn xw_plus_b"
)
INSTALLED_AS: dict[str, str] = {
    f"tensorflow.nn.{name}": f"tensorflow.compat.v1.nn.{name}" for name in _V1.split()
} | {name: name.replace("tensorflow.nn.rnn_cell", _CELLS) for name in NN if ".rnn_cell." in name}
INSTALLED_AS[_CELL] = f"{_CELLS}.RNNCell"
