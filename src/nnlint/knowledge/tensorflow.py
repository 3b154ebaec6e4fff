"""TensorFlow 1 and 2 without Keras; `tensorflow.compat.v1` names are filed as `tensorflow.…`."""

from __future__ import annotations

from nnlint.knowledge import (
    tensorflow_graph,
    tensorflow_initializers,
    tensorflow_math,
    tensorflow_nn,
    tensorflow_running,
    tensorflow_structures,
)
from nnlint.knowledge.keras_losses import LOSSES
from nnlint.knowledge.keras_metrics import METRICS
from nnlint.knowledge.spec import Base, Entry, Framework, Loss, Scale, call

__all__ = ["FRAMEWORK", "INSTALLED_AS"]

_SEQUENCE = Loss(Scale.LOGITS, "logits", "targets", "sequence", "softmax", "ids")
_CONTRIB: dict[str, Entry] = {
    "tensorflow.contrib.legacy_seq2seq.sequence_loss": call(
        "logits targets weights ...", _SEQUENCE, until="2.0"
    ),
    "tensorflow.contrib.legacy_seq2seq.sequence_loss_by_example": call(
        "logits targets weights ...", _SEQUENCE, until="2.0"
    ),
    "tensorflow.contrib.seq2seq.sequence_loss": call("logits targets weights ...", _SEQUENCE, until="2.0"),
}

_PLAIN = (
    "compat.v1 compat.v2 _api.v2 contrib.compiler linalg math python.framework.constant_op "
    "python.client.session python.framework.ops python.framework.sparse_tensor python.ops.array_ops "
    "python.ops.check_ops python.ops.clip_ops python.ops.control_flow_ops python.ops.gradients_impl "
    "python.ops.init_ops python.ops.logging_ops python.ops.math_ops python.ops.parsing_ops "
    "python.ops.random_ops python.ops.sparse_ops python.ops.standard_ops python.ops.state_ops "
    "python.ops.variable_scope python.ops.variables"
)
_NN_ONLY = "leaky_relu log_softmax relu relu6 sigmoid silu softmax softplus softsign tanh top_k l2_normalize"
_NN = {
    f"tensorflow.{module}{name}": f"tensorflow.nn.{name}"
    for module in ("", "math.")
    for name in _NN_ONLY.split()
}
_REST = {
    "tensorflow.arg_max": "tensorflow.argmax",
    "tensorflow.arg_min": "tensorflow.argmin",
    "tensorflow.concat_v2": "tensorflow.concat",
    "tensorflow.contrib.eager.Variable": "tensorflow.Variable",
    "tensorflow.contrib.nn": "tensorflow.nn",
    "tensorflow.contrib.rnn": "tensorflow.nn.rnn_cell",
    "tensorflow.contrib.rnn.static_bidirectional_rnn": "tensorflow.nn.static_bidirectional_rnn",
    "tensorflow.contrib.rnn.static_rnn": "tensorflow.nn.static_rnn",
    "tensorflow.initialize_local_variables": "tensorflow.local_variables_initializer",
    "tensorflow.lin_space": "tensorflow.linspace",
    "tensorflow.linalg.l2_normalize": "tensorflow.nn.l2_normalize",
    "tensorflow.mul": "tensorflow.multiply",
    "tensorflow.neg": "tensorflow.negative",
    "tensorflow.nn.lrn": "tensorflow.nn.local_response_normalization",
    "tensorflow.nn.rnn_cell.static_bidirectional_rnn": "tensorflow.nn.static_bidirectional_rnn",
    "tensorflow.nn.rnn_cell.static_rnn": "tensorflow.nn.static_rnn",
    "tensorflow.nn.swish": "tensorflow.nn.silu",
    "tensorflow.optimizers": "keras.optimizers",
    "tensorflow.pack": "tensorflow.stack",
    "tensorflow.python.ops.losses.losses": "tensorflow.losses",
    "tensorflow.python.ops.nn": "tensorflow.nn",
    "tensorflow.python.ops.nn_ops": "tensorflow.nn",
    "tensorflow.python.ops.rnn": "tensorflow.nn",
    "tensorflow.python.ops.rnn_cell": "tensorflow.nn.rnn_cell",
    "tensorflow.python.summary.summary": "tensorflow.summary",
    "tensorflow.python.layers.convolutional": "tensorflow.layers",
    "tensorflow.python.layers.core": "tensorflow.layers",
    "tensorflow.python.layers.normalization": "tensorflow.layers",
    "tensorflow.python.layers.pooling": "tensorflow.layers",
    "tensorflow.python.ops.metrics": "tensorflow.metrics",
    "tensorflow.python.training.input": "tensorflow.train",
    "tensorflow.python.training.saver": "tensorflow.train",
    "tensorflow.python.training.training": "tensorflow.train",
    "tensorflow.VariableV1": "tensorflow.Variable",
    "tensorflow.python.util.nest": "tensorflow.nest",
    "tensorflow.random_normal": "tensorflow.random.normal",
    "tensorflow.random_shuffle": "tensorflow.random.shuffle",
    "tensorflow.random_uniform": "tensorflow.random.uniform",
    "tensorflow.sub": "tensorflow.subtract",
    "tensorflow.truncated_normal": "tensorflow.random.truncated_normal",
    "tensorflow.unpack": "tensorflow.unstack",
}
_LAYERS = (
    "AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization Conv1D Conv2D Conv2DTranspose "
    "Conv3D Conv3DTranspose Dense Dropout Flatten MaxPooling1D MaxPooling2D MaxPooling3D SeparableConv1D "
    "SeparableConv2D"
)
# In TensorFlow 2 `tf.losses` and `tf.metrics` are those of Keras; where both have a name, they agree on it.
_KERAS = {f"tensorflow.layers.{name}": f"keras.layers.{name}" for name in _LAYERS.split()} | {
    name.replace("keras.", "tensorflow.", 1): name
    for name in (*LOSSES, *METRICS)
    if name.count(".") == 2 and name.replace("keras.", "tensorflow.", 1) not in tensorflow_graph.GRAPH
}
_ENTRIES = (
    tensorflow_nn.NN
    | tensorflow_math.MATH
    | tensorflow_graph.GRAPH
    | tensorflow_initializers.INITIALIZERS
    | tensorflow_running.RUNNING
    | tensorflow_structures.STRUCTURES
    | _CONTRIB
)

INSTALLED_AS: dict[str, str] = dict(
    tensorflow_nn.INSTALLED_AS
    | tensorflow_math.INSTALLED_AS
    | tensorflow_graph.INSTALLED_AS
    | tensorflow_initializers.INSTALLED_AS
    | tensorflow_running.INSTALLED_AS
    | tensorflow_structures.INSTALLED_AS
)
"""Where the installed package keeps what an entry describes: most of TensorFlow 1 lives on in
`tensorflow.compat.v1`, its `tf.layers` and recurrent cells in `tensorflow.python.keras`."""

FRAMEWORK = Framework(
    name="tensorflow",
    roots=("tensorflow",),
    aliases=dict(
        sorted(
            (
                {f"tensorflow.{name}": "tensorflow" for name in _PLAIN.split()}
                | _NN
                | _REST
                | _KERAS
                | tensorflow_initializers.INITIALIZER_ALIASES
            ).items()
        )
    ),
    entries=dict(sorted(_ENTRIES.items())),
    bases={
        "tensorflow.Module": Base("__call__"),
        "tensorflow.data.Dataset": Base(""),
        "tensorflow.nn.rnn_cell.RNNCell": Base("call"),
        "tensorflow.train.Optimizer": Base(""),
    },
    inert=(
        "tensorflow.Assert",
        "tensorflow.Print",
        "tensorflow.app",
        "tensorflow.config",
        "tensorflow.debugging",
        "tensorflow.flags",
        "tensorflow.gfile",
        "tensorflow.histogram_summary",
        "tensorflow.image_summary",
        "tensorflow.io.gfile",
        "tensorflow.logging",
        "tensorflow.merge_all_summaries",
        "tensorflow.merge_summary",
        "tensorflow.print",
        "tensorflow.python.platform",
        "tensorflow.scalar_summary",
        "tensorflow.summary",
    ),
)
