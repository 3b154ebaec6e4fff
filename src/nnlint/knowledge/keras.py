"""Keras of every release: `keras`, `tensorflow.keras`, `tf_keras` and their older homes."""

from __future__ import annotations

from nnlint.knowledge.keras_aliases import ALIASES
from nnlint.knowledge.keras_callbacks import CALLBACKS
from nnlint.knowledge.keras_images import IMAGES
from nnlint.knowledge.keras_initializers import INITIALIZER_ALIASES, INITIALIZERS
from nnlint.knowledge.keras_layers import LAYERS
from nnlint.knowledge.keras_losses import ACTIVATIONS, LOSSES
from nnlint.knowledge.keras_metrics import METRICS
from nnlint.knowledge.keras_models import APPLICATIONS, DATASETS, MODELS, OPTIMIZERS, UTILITIES
from nnlint.knowledge.keras_old import OLD
from nnlint.knowledge.keras_ops import BACKEND, OPS
from nnlint.knowledge.keras_rest import IMAGE_OPERATIONS, REST
from nnlint.knowledge.keras_strings import STRINGS
from nnlint.knowledge.spec import Base, Entry, Framework

__all__ = ["FRAMEWORK", "INSTALLED_AS"]

_TABLES = (
    ACTIVATIONS, APPLICATIONS, BACKEND, CALLBACKS, DATASETS, IMAGES, INITIALIZERS, LAYERS, LOSSES, METRICS,
    MODELS, OLD,
    OPS, OPTIMIZERS, REST, UTILITIES,
)  # fmt: skip
_ENTRIES: dict[str, Entry] = {name: entry for table in _TABLES for name, entry in table.items()}

INSTALLED_AS: dict[str, str] = {
    "keras.metrics.accuracy": "keras.src.metrics.accuracy_metrics.accuracy",
    **{f"keras.ops.{name}": f"keras.ops.image.{name}" for name in IMAGE_OPERATIONS.split()},
} | {name: name.replace("keras.", "keras._tf_keras.keras.", 1) for name in BACKEND}
"""Where the installed package keeps what an entry describes, where that is not under its own name: the
old backend, which Keras 3 has only under `tensorflow.keras`, and the metric behind the name "accuracy"."""

FRAMEWORK = Framework(
    name="keras",
    roots=("keras", "keras_core", "tf_keras"),
    aliases=dict(sorted((ALIASES | INITIALIZER_ALIASES).items())),
    entries=dict(sorted(_ENTRIES.items())),
    strings=STRINGS,
    bases={
        "keras.Model": Base("call", "keras.layers.Layer"),
        "keras.Sequential": Base("call", "keras.Model"),
        "keras.layers.Discretization": Base("call", "keras.layers.Layer"),
        "keras.layers.IntegerLookup": Base("call", "keras.layers.Layer"),
        "keras.layers.Layer": Base("call"),
        "keras.layers.Normalization": Base("call", "keras.layers.Layer"),
        "keras.layers.StringLookup": Base("call", "keras.layers.Layer"),
        "keras.layers.TextVectorization": Base("call", "keras.layers.Layer"),
        "keras.losses.Loss": Base("call"),
        "keras.metrics.Metric": Base("update_state"),
        "keras.optimizers.Optimizer": Base(""),
    },
    inert=(
        "keras.Model.summary",
        "keras.Model.to_json",
        "keras.backend.clear_session",
        "keras.backend.int_shape",
        "keras.backend.ndim",
        "keras.backend.shape",
        "keras.utils.clear_session",
        "keras.utils.model_to_dot",
        "keras.utils.plot_model",
    ),
)
