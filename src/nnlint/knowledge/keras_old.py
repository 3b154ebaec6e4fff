"""Keras names of the past: layers spelt the Keras 1 way and layers that Keras 3 dropped."""

from __future__ import annotations

from nnlint.knowledge.keras_layers import layer
from nnlint.knowledge.spec import Activation, Entry, Estimator, Fit, Layer, Make, Transform, build, call

__all__ = ["OLD"]

_END = "activation weights border_mode ..."


def _conv(sizes: str, rank: int) -> Entry:
    """A Keras 1 convolution: the kernel size comes as one parameter per axis."""
    does = Layer("conv", "inputs", out_size="nb_filter", rank=rank, activation="activation")
    return layer(f"nb_filter {sizes} init {_END}", does, until="2.0", activation=None)


def _dense(params: str) -> Entry:
    does = Layer("dense", "inputs", out_size="output_dim", activation="activation")
    return layer(params, does, until="2.0", activation=None)


def _local(rank: int) -> Entry:
    does = Layer("conv", "inputs", out_size="filters", rank=rank, activation="activation")
    params = "filters kernel_size strides padding data_format activation use_bias ..."
    return layer(params, does, until="3.0", activation=None)


def _cudnn() -> Entry:
    return layer(
        "units ...",
        Layer("recurrent", "inputs", out_size="units", flag="training"),
        "inputs mask training initial_state",
        until="3.0",
    )


_TEXT = "keras.preprocessing.text.Tokenizer"
_WORDS: dict[str, Entry] = {
    _TEXT: build("num_words ...", Estimator("encoder", adds=True), operands="", isa=_TEXT, until="3.0"),
    f"{_TEXT}.fit_on_texts": call("texts", Fit("texts"), until="3.0"),
    f"{_TEXT}.fit_on_sequences": call("sequences", Fit("sequences"), until="3.0"),
    f"{_TEXT}.index_word": call("", Make(), until="3.0"),
    f"{_TEXT}.sequences_to_matrix": call("sequences mode", Transform("sequences"), until="3.0"),
    f"{_TEXT}.sequences_to_texts": call("sequences", Make(), until="3.0"),
    f"{_TEXT}.texts_to_matrix": call("texts mode", Transform("texts"), until="3.0"),
    f"{_TEXT}.texts_to_sequences": call("texts", Transform("texts"), until="3.0"),
    f"{_TEXT}.to_json": call("**kwargs", Make(), until="3.0"),
    f"{_TEXT}.word_counts": call("", Make(), until="3.0"),
    f"{_TEXT}.word_index": call("", Make(), until="3.0"),
}
"""Numbers the words of the texts it is fitted on."""

OLD: dict[str, Entry] = {
    "keras.layers.AtrousConvolution1D": _conv("filter_length", 1),
    "keras.layers.AtrousConvolution2D": _conv("nb_row nb_col", 2),
    "keras.layers.Convolution1D": _conv("filter_length", 1),
    "keras.layers.Convolution2D": _conv("nb_row nb_col", 2),
    "keras.layers.Convolution3D": _conv("kernel_dim1 kernel_dim2 kernel_dim3", 3),
    "keras.layers.CuDNNGRU": _cudnn(),
    "keras.layers.CuDNNLSTM": _cudnn(),
    "keras.layers.Deconvolution2D": layer(
        "nb_filter nb_row nb_col output_shape init activation ...",
        Layer("conv", "inputs", out_size="nb_filter", rank=2, activation="activation"),
        until="2.0",
        activation=None,
    ),
    "keras.layers.Highway": layer(
        "init activation weights ...",
        Layer("dense", "inputs", activation="activation"),
        until="2.0",
        activation=None,
    ),
    "keras.layers.LocallyConnected1D": _local(1),
    "keras.layers.LocallyConnected2D": _local(2),
    "keras.layers.MaxoutDense": layer(
        "output_dim nb_feature init ...", Layer("dense", "inputs", out_size="output_dim"), until="2.0"
    ),
    "keras.layers.Merge": layer("layers mode concat_axis ...", Layer("merge", "inputs"), until="2.0"),
    "keras.layers.ParametricSoftplus": layer(
        "alpha_init beta_init ...", Activation("softplus", "inputs"), until="2.0"
    ),
    "keras.layers.SReLU": layer("t_left_init a_left_init ...", Activation("srelu", "inputs"), until="2.0"),
    "keras.layers.SeparableConvolution2D": _conv("nb_row nb_col", 2),
    "keras.layers.ThresholdedReLU": layer("theta", Activation("threshold", "inputs"), until="3.0"),
    "keras.layers.TimeDistributedDense": _dense("output_dim init activation weights ..."),
    "keras.layers.merge": call("inputs mode concat_axis ...", Layer("merge", "inputs"), until="2.0"),
    **_WORDS,
}
