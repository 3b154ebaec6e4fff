"""TFLearn: layer functions over TensorFlow 1 graphs. No release installs beside TensorFlow 2."""

from __future__ import annotations

from nnlint.knowledge.spec import Constant, Entry, Framework, Keep, Layer, call

__all__ = ["FRAMEWORK"]

_ENTRIES: dict[str, Entry] = {
    "tflearn.avg_pool_2d": call("incoming kernel_size ...", Layer("pool", "incoming", rank=2)),
    "tflearn.batch_normalization": call("incoming ...", Layer("norm", "incoming")),
    "tflearn.conv_1d": call(
        "incoming nb_filter filter_size strides padding activation ...",
        Layer("conv", "incoming", out_size="nb_filter", rank=1, activation="activation"),
        activation="linear",
    ),
    "tflearn.conv_2d": call(
        "incoming nb_filter filter_size strides padding activation ...",
        Layer("conv", "incoming", out_size="nb_filter", rank=2, activation="activation"),
        activation="linear",
    ),
    "tflearn.dropout": call("incoming keep_prob ...", Layer("dropout", "incoming")),
    "tflearn.embedding": call("incoming input_dim output_dim ...", Layer("embedding", "incoming")),
    "tflearn.flatten": call("incoming name", Layer("flatten", "incoming")),
    "tflearn.fully_connected": call(
        "incoming n_units activation ...",
        Layer("dense", "incoming", out_size="n_units", activation="activation"),
        activation="linear",
    ),
    "tflearn.global_avg_pool": call("incoming name", Layer("global-pool", "incoming")),
    "tflearn.input_data": call("shape placeholder ...", Constant()),
    "tflearn.local_response_normalization": call("incoming ...", Layer("norm", "incoming")),
    "tflearn.lstm": call("incoming n_units ...", Layer("recurrent", "incoming", out_size="n_units")),
    "tflearn.max_pool_2d": call("incoming kernel_size ...", Layer("pool", "incoming", rank=2)),
    "tflearn.reshape": call("incoming new_shape name", Keep("incoming")),
}

FRAMEWORK = Framework(
    "tflearn",
    roots=("tflearn",),
    aliases={
        "tflearn.layers.conv": "tflearn",
        "tflearn.layers.core": "tflearn",
        "tflearn.layers.normalization": "tflearn",
        "tflearn.layers.recurrent": "tflearn",
    },
    entries=_ENTRIES,
)
