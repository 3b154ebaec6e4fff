"""Keras layers, as Keras 3 spells them; older spellings stand in `keras_old`."""

from __future__ import annotations

from dataclasses import replace

from nnlint.knowledge.spec import (
    Activation,
    Container,
    Effect,
    Entry,
    Fit,
    Keep,
    Layer,
    LayerKind,
    build,
    call,
)

__all__ = ["LAYERS", "layer", "plain"]

_LAYER = "keras.layers.Layer"
_ADAPT = call("data ...", Fit("data"))
_CONV = "filters kernel_size strides padding data_format dilation_rate groups activation use_bias ..."
_CONV1D_TRANSPOSE = (
    "filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias ..."
)
_CONV3D_TRANSPOSE = (
    "filters kernel_size strides padding data_format output_padding dilation_rate activation use_bias ..."
)
_DEPTHWISE = "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias ..."
_SEPARABLE = (
    "filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias ..."
)
_CONV_LSTM = (
    "filters kernel_size strides padding data_format dilation_rate activation recurrent_activation ..."
)
_CELL = "inputs states training"
_RNN = "sequences initial_state mask training"
_GATED = "units activation recurrent_activation use_bias ..."
_ATTEND = "inputs mask training return_attention_scores use_causal_mask"
_QUERY = (
    "query value key query_mask value_mask key_mask attention_mask return_attention_scores training "
    "use_causal_mask"
)
_POOL = "pool_size strides padding data_format name **kwargs"
_GLOBAL = "data_format keepdims **kwargs"


def layer(params: str, does: Effect, operands: str = "inputs", until: str = "", **defaults: object) -> Entry:
    """An entry for a Keras layer class: its objects are layers and are called with `operands`."""
    return build(params, does, operands=operands, isa=_LAYER, until=until, **defaults)


def _conv(params: str, rank: int) -> Entry:
    does = Layer("conv", "inputs", out_size="filters", rank=rank, activation="activation")
    return layer(params, does, activation=None)


def _depthwise(rank: int) -> Entry:
    return layer(_DEPTHWISE, Layer("conv", "inputs", rank=rank, activation="activation"), activation=None)


def _recurrent(params: str, operands: str = _RNN, size: str = "units", rank: int = 0) -> Entry:
    """A recurrent layer or cell: what it returns has gone through its `activation`, tanh by default."""
    does = Layer(
        "recurrent", operands.split()[0], out_size=size, rank=rank, activation="activation", flag="training"
    )
    return layer(params, does, operands, activation="tanh")


def _adapted(name: str, params: str, kind: LayerKind) -> Entry:
    """An entry for a layer that learns from data before the network does."""
    return replace(plain(params, kind), isa=f"keras.layers.{name}")


def plain(params: str, kind: LayerKind, rank: int = 0, operands: str = "inputs") -> Entry:
    """An entry for a layer without sizes and without an activation of its own."""
    first, *more = operands.split()
    flag = "training" if "training" in more else ""
    return layer(params, Layer(kind, first, rank=rank, flag=flag), operands)


def _dropout(params: str, rank: int = 0) -> Entry:
    return layer(params, Layer("dropout", "inputs", rank=rank, flag="training"), "inputs training")


def _wrapper(params: str, item: str, operands: str) -> Entry:
    return layer(params, Container("wrapper", item), operands)


def _merge(params: str = "inputs **kwargs") -> Entry:
    return call(params, Layer("merge", "inputs"))


LAYERS: dict[str, Entry] = {
    "keras.Input": call("shape batch_size dtype ...", Layer("input", "")),
    "keras.layers.Activation": layer(
        "activation **kwargs", Layer("other", "inputs", activation="activation")
    ),
    "keras.layers.ActivityRegularization": layer("l1 l2 **kwargs", Keep("inputs")),
    "keras.layers.AdaptiveAveragePooling1D": plain("output_size data_format **kwargs", "pool", 1),
    "keras.layers.AdaptiveAveragePooling2D": plain("output_size data_format **kwargs", "pool", 2),
    "keras.layers.AdaptiveAveragePooling3D": plain("output_size data_format **kwargs", "pool", 3),
    "keras.layers.AdaptiveMaxPooling1D": plain("output_size data_format **kwargs", "pool", 1),
    "keras.layers.AdaptiveMaxPooling2D": plain("output_size data_format **kwargs", "pool", 2),
    "keras.layers.AdaptiveMaxPooling3D": plain("output_size data_format **kwargs", "pool", 3),
    "keras.layers.Add": plain("**kwargs", "merge"),
    "keras.layers.AdditiveAttention": plain("use_scale dropout **kwargs", "attention", 0, _ATTEND),
    "keras.layers.AlphaDropout": _dropout("rate noise_shape seed **kwargs"),
    "keras.layers.Attention": plain("use_scale score_mode dropout seed **kwargs", "attention", 0, _ATTEND),
    "keras.layers.Average": plain("**kwargs", "merge"),
    "keras.layers.AveragePooling1D": plain(_POOL, "pool", 1),
    "keras.layers.AveragePooling2D": plain(_POOL, "pool", 2),
    "keras.layers.AveragePooling3D": plain(_POOL, "pool", 3),
    "keras.layers.BatchNormalization": plain(
        "axis momentum epsilon center scale ...", "norm", 0, "inputs training mask"
    ),
    "keras.layers.Bidirectional": _wrapper("layer merge_mode weights backward_layer **kwargs", "layer", _RNN),
    "keras.layers.CategoryEncoding": plain(
        "num_tokens output_mode sparse **kwargs", "other", 0, "inputs count_weights"
    ),
    "keras.layers.Concatenate": plain("axis **kwargs", "merge"),
    "keras.layers.Conv1D": _conv(_CONV, 1),
    "keras.layers.Conv1DTranspose": _conv(_CONV1D_TRANSPOSE, 1),
    "keras.layers.Conv2D": _conv(_CONV, 2),
    "keras.layers.Conv2DTranspose": _conv(_CONV1D_TRANSPOSE, 2),
    "keras.layers.Conv3D": _conv(_CONV, 3),
    "keras.layers.Conv3DTranspose": _conv(_CONV3D_TRANSPOSE, 3),
    "keras.layers.ConvLSTM1D": _recurrent(_CONV_LSTM, size="filters", rank=1),
    "keras.layers.ConvLSTM2D": _recurrent(_CONV_LSTM, size="filters", rank=2),
    "keras.layers.ConvLSTM3D": _recurrent(_CONV_LSTM, size="filters", rank=3),
    "keras.layers.Cropping1D": plain("cropping **kwargs", "pad", 1),
    "keras.layers.Cropping2D": plain("cropping data_format **kwargs", "pad", 2),
    "keras.layers.Cropping3D": plain("cropping data_format **kwargs", "pad", 3),
    "keras.layers.Dense": layer(
        "units activation use_bias kernel_initializer bias_initializer kernel_regularizer ...",
        Layer("dense", "inputs", out_size="units", activation="activation"),
        "inputs training",
        activation=None,
    ),
    "keras.layers.DepthwiseConv1D": _depthwise(1),
    "keras.layers.DepthwiseConv2D": _depthwise(2),
    "keras.layers.Discretization": _adapted("Discretization", "bin_boundaries num_bins epsilon ...", "other"),
    "keras.layers.Discretization.adapt": _ADAPT,
    "keras.layers.Dot": plain("axes normalize **kwargs", "bilinear"),
    "keras.layers.Dropout": _dropout("rate noise_shape seed **kwargs"),
    "keras.layers.ELU": layer("alpha **kwargs", Activation("elu", "inputs")),
    "keras.layers.EinsumDense": layer(
        "equation output_shape activation bias_axes ...",
        Layer("dense", "inputs", activation="activation"),
        "inputs training",
        activation=None,
    ),
    "keras.layers.Embedding": layer(
        "input_dim output_dim embeddings_initializer ...",
        Layer("embedding", "inputs", in_size="input_dim", out_size="output_dim"),
    ),
    "keras.layers.Flatten": plain("data_format **kwargs", "flatten"),
    "keras.layers.GRU": _recurrent(_GATED),
    "keras.layers.GRUCell": _recurrent(_GATED, _CELL),
    "keras.layers.GaussianDropout": _dropout("rate seed **kwargs"),
    "keras.layers.GaussianNoise": plain("stddev seed **kwargs", "noise", 0, "inputs training"),
    "keras.layers.GlobalAveragePooling1D": plain(_GLOBAL, "global-pool", 1, "inputs mask"),
    "keras.layers.GlobalAveragePooling2D": plain(_GLOBAL, "global-pool", 2),
    "keras.layers.GlobalAveragePooling3D": plain(_GLOBAL, "global-pool", 3),
    "keras.layers.GlobalMaxPooling1D": plain(_GLOBAL, "global-pool", 1),
    "keras.layers.GlobalMaxPooling2D": plain(_GLOBAL, "global-pool", 2),
    "keras.layers.GlobalMaxPooling3D": plain(_GLOBAL, "global-pool", 3),
    "keras.layers.GroupNormalization": plain("groups axis epsilon ...", "norm"),
    "keras.layers.GroupQueryAttention": plain(
        "head_dim num_query_heads num_key_value_heads dropout ...", "attention", 0, _QUERY
    ),
    "keras.layers.Hashing": plain("num_bins mask_value salt output_mode sparse **kwargs", "other"),
    "keras.layers.Identity": layer("**kwargs", Keep("inputs")),
    "keras.layers.InputLayer": layer("shape batch_size dtype ...", Layer("input", ""), ""),
    "keras.layers.IntegerLookup": _adapted("IntegerLookup", "max_tokens num_oov_indices ...", "other"),
    "keras.layers.IntegerLookup.adapt": _ADAPT,
    "keras.layers.LSTM": _recurrent(_GATED),
    "keras.layers.LSTMCell": _recurrent(_GATED, _CELL),
    "keras.layers.Lambda": _wrapper(
        "function output_shape mask arguments **kwargs", "function", "inputs mask training"
    ),
    "keras.layers.LayerNormalization": plain("axis epsilon center scale ...", "norm"),
    "keras.layers.LeakyReLU": layer(
        "negative_slope **kwargs", Activation("leaky_relu", "inputs"), negative_slope=0.3
    ),
    "keras.layers.Masking": layer("mask_value **kwargs", Keep("inputs")),
    "keras.layers.MaxPooling1D": plain(_POOL, "pool", 1),
    "keras.layers.MaxPooling2D": plain(_POOL, "pool", 2),
    "keras.layers.MaxPooling3D": plain(_POOL, "pool", 3),
    "keras.layers.Maximum": plain("**kwargs", "merge"),
    "keras.layers.Minimum": plain("**kwargs", "merge"),
    "keras.layers.MultiHeadAttention": plain(
        "num_heads key_dim value_dim dropout use_bias ...", "attention", 0, _QUERY
    ),
    "keras.layers.Multiply": plain("**kwargs", "merge"),
    "keras.layers.Normalization": _adapted("Normalization", "axis mean variance invert **kwargs", "norm"),
    "keras.layers.Normalization.adapt": _ADAPT,
    "keras.layers.PReLU": layer("alpha_initializer alpha_regularizer ...", Activation("prelu", "inputs")),
    "keras.layers.Permute": plain("dims **kwargs", "reshape"),
    "keras.layers.RMSNormalization": plain("axis epsilon **kwargs", "norm", 0, "x"),
    "keras.layers.RNN": _wrapper("cell return_sequences return_state ...", "cell", _RNN),
    "keras.layers.ReLU": layer(
        "max_value negative_slope threshold **kwargs", Activation("relu", "inputs"), negative_slope=0.0
    ),
    "keras.layers.RepeatVector": plain("n **kwargs", "reshape"),
    "keras.layers.Rescaling": plain("scale offset **kwargs", "other"),
    "keras.layers.Reshape": plain("target_shape **kwargs", "reshape"),
    "keras.layers.ReversibleEmbedding": layer(
        "input_dim output_dim tie_weights ...",
        Layer("embedding", "inputs", in_size="input_dim", out_size="output_dim"),
        "inputs reverse",
    ),
    "keras.layers.SeparableConv1D": _conv(_SEPARABLE, 1),
    "keras.layers.SeparableConv2D": _conv(_SEPARABLE, 2),
    "keras.layers.SimpleRNN": _recurrent("units activation use_bias ..."),
    "keras.layers.SimpleRNNCell": _recurrent("units activation use_bias ...", "sequence states training"),
    "keras.layers.Softmax": layer(
        "axis **kwargs", Activation("softmax", "inputs", "axis"), "inputs mask", axis=-1
    ),
    "keras.layers.SpatialDropout1D": _dropout("rate seed name dtype", 1),
    "keras.layers.SpatialDropout2D": _dropout("rate data_format seed name dtype", 2),
    "keras.layers.SpatialDropout3D": _dropout("rate data_format seed name dtype", 3),
    "keras.layers.SpectralNormalization": _wrapper(
        "layer power_iterations **kwargs", "layer", "inputs training"
    ),
    "keras.layers.StackedRNNCells": layer(
        "cells **kwargs", Container("sequential", "cells"), "inputs states training ..."
    ),
    "keras.layers.StringLookup": _adapted("StringLookup", "max_tokens num_oov_indices ...", "other"),
    "keras.layers.StringLookup.adapt": _ADAPT,
    "keras.layers.Subtract": plain("**kwargs", "merge"),
    "keras.layers.TextVectorization": _adapted(
        "TextVectorization", "max_tokens standardize split ...", "other"
    ),
    "keras.layers.TextVectorization.adapt": _ADAPT,
    "keras.layers.TimeDistributed": _wrapper("layer **kwargs", "layer", "inputs training mask"),
    "keras.layers.UnitNormalization": plain("axis **kwargs", "norm"),
    "keras.layers.UpSampling1D": plain("size **kwargs", "upsample", 1),
    "keras.layers.UpSampling2D": plain("size data_format interpolation **kwargs", "upsample", 2),
    "keras.layers.UpSampling3D": plain("size data_format **kwargs", "upsample", 3),
    "keras.layers.Wrapper": _wrapper("layer **kwargs", "layer", "*args **kwargs"),
    "keras.layers.ZeroPadding1D": plain("padding data_format **kwargs", "pad", 1),
    "keras.layers.ZeroPadding2D": plain("padding data_format **kwargs", "pad", 2),
    "keras.layers.ZeroPadding3D": plain("padding data_format **kwargs", "pad", 3),
    "keras.layers.add": _merge(),
    "keras.layers.average": _merge(),
    "keras.layers.concatenate": _merge("inputs axis **kwargs"),
    "keras.layers.dot": call("inputs axes **kwargs", Layer("bilinear", "inputs")),
    "keras.layers.maximum": _merge(),
    "keras.layers.minimum": _merge(),
    "keras.layers.multiply": _merge(),
    "keras.layers.subtract": _merge(),
}
