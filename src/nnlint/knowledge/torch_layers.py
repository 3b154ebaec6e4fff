"""PyTorch: the layer classes of `torch.nn`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nnlint.knowledge.spec import Effect, Entry, Keep, Layer, LayerKind, build

__all__ = ["LAYERS"]

_PLACE = "device dtype"
_CONV = f"kernel_size stride padding dilation groups bias padding_mode {_PLACE}"
_TRANSPOSED = f"kernel_size stride padding output_padding groups bias dilation padding_mode {_PLACE}"
_BATCH = f"eps momentum affine track_running_stats {_PLACE} ..."
_AVERAGE = "kernel_size stride padding ceil_mode count_include_pad"
_MAXIMUM = "kernel_size stride padding dilation return_indices ceil_mode"
_RNN = "num_layers bias batch_first dropout bidirectional"
_RANKS = (1, 2, 3)


def _module(params: str, does: Effect, operands: str = "input", **defaults: object) -> Entry:
    """A class of modules: calling an object of it runs its `forward`."""
    entry = build(params, does, operands=operands, isa="torch.nn.Module")
    return replace(entry, defaults=defaults)


def _sized(kind: LayerKind, names: tuple[str, str], rank: int = 0, operand: str = "input") -> Layer:
    """A layer whose channel sizes are the two named parameters."""
    return Layer(kind, operand, in_size=names[0], out_size=names[1], rank=rank)


def _convolutions() -> Mapping[str, Entry]:
    """Convolutions and their transposes, with the lazy variants that learn the input size."""
    table: dict[str, Entry] = {}
    for rank in _RANKS:
        both = _sized("conv", ("in_channels", "out_channels"), rank)
        lazy = _sized("conv", ("", "out_channels"), rank)
        table[f"Conv{rank}d"] = _module(f"in_channels out_channels {_CONV}", both, bias=True)
        table[f"LazyConv{rank}d"] = _module(f"out_channels {_CONV}", lazy, bias=True)
        for name, sizes, does in (("", "in_channels out_channels", both), ("Lazy", "out_channels", lazy)):
            table[f"{name}ConvTranspose{rank}d"] = _module(
                f"{sizes} {_TRANSPOSED}", does, "input output_size", bias=True
            )
    return table


def _norms() -> Mapping[str, Entry]:
    """Normalisation: the batch and instance kinds by rank, the others without one."""
    table: dict[str, Entry] = {}
    for rank in _RANKS:
        for kind in ("Batch", "Instance"):
            known, lazy = _sized("norm", ("num_features", ""), rank), Layer("norm", rank=rank)
            on = kind == "Batch"
            table[f"{kind}Norm{rank}d"] = _module(
                f"num_features {_BATCH}", known, affine=on, track_running_stats=on
            )
            table[f"Lazy{kind}Norm{rank}d"] = _module(_BATCH, lazy)
    return table | {
        "CrossMapLRN2d": _module("size alpha beta k", Layer("norm", rank=2)),
        "GroupNorm": _module(
            f"num_groups num_channels eps affine {_PLACE} ...", _sized("norm", ("num_channels", ""))
        ),
        "LayerNorm": _module(f"normalized_shape eps elementwise_affine bias {_PLACE}", Layer("norm")),
        "LocalResponseNorm": _module("size alpha beta k", Layer("norm")),
        "RMSNorm": _module(f"normalized_shape eps elementwise_affine {_PLACE}", Layer("norm", "x"), "x"),
        "SyncBatchNorm": _module(
            "num_features eps momentum affine track_running_stats process_group ...",
            _sized("norm", ("num_features", "")),
        ),
    }


def _pools() -> Mapping[str, Entry]:
    """Pooling. The adaptive kinds are global exactly where their `output_size` is 1."""
    table: dict[str, Entry] = {}
    for rank in _RANKS:
        pool = Layer("pool", rank=rank)
        average = _AVERAGE if rank == 1 else f"{_AVERAGE} divisor_override"
        table[f"AdaptiveAvgPool{rank}d"] = _module("output_size", pool)
        table[f"AdaptiveMaxPool{rank}d"] = _module("output_size return_indices", pool)
        table[f"AvgPool{rank}d"] = _module(average, pool)
        table[f"LPPool{rank}d"] = _module("norm_type kernel_size stride ceil_mode", pool)
        table[f"MaxPool{rank}d"] = _module(_MAXIMUM, pool, return_indices=False)
        table[f"MaxUnpool{rank}d"] = _module(
            "kernel_size stride padding", Layer("upsample", rank=rank), "input indices output_size"
        )
    for rank in (2, 3):
        table[f"FractionalMaxPool{rank}d"] = _module(
            "kernel_size output_size output_ratio return_indices ...", Layer("pool", rank=rank)
        )
    return table


def _dropouts() -> Mapping[str, Entry]:
    """Dropout of single values, of whole channels, and the self-normalising kinds."""
    names = ("AlphaDropout", "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "FeatureAlphaDropout")
    return {name: _module("p inplace", Layer("dropout"), p=0.5) for name in names}


def _recurrent() -> Mapping[str, Entry]:
    """Recurrent networks (output and state come back as a pair) and their single-step cells."""
    does = _sized("recurrent", ("input_size", "hidden_size"))
    cell = f"input_size hidden_size bias {_PLACE}"
    options: dict[str, object] = {"batch_first": False, "bidirectional": False}
    return {
        "GRU": _module(f"input_size hidden_size {_RNN} {_PLACE}", does, "input hx", **options),
        "GRUCell": _module(cell, does, "input hx"),
        "LSTM": _module(f"input_size hidden_size {_RNN} proj_size {_PLACE}", does, "input hx", **options),
        "LSTMCell": _module(cell, does, "input hx"),
        "RNN": _module(
            "input_size hidden_size num_layers nonlinearity bias batch_first dropout bidirectional ...",
            does, "input hx", nonlinearity="tanh", **options,
        ),
        "RNNCell": _module(
            "input_size hidden_size bias nonlinearity ...", does, "input hx", nonlinearity="tanh"
        ),
    }  # fmt: skip


def _attention() -> Mapping[str, Entry]:
    """Attention and the Transformer blocks (their output has the size of their query)."""
    block = "d_model nhead dim_feedforward dropout activation layer_norm_eps batch_first ..."
    source, target = Layer("attention", "src"), Layer("attention", "tgt")
    block_of_source = _sized("attention", ("d_model", "d_model"), operand="src")
    block_of_target = _sized("attention", ("d_model", "d_model"), operand="tgt")
    decoded = "tgt memory tgt_mask memory_mask tgt_key_padding_mask memory_key_padding_mask ..."
    options: dict[str, object] = {"activation": "relu", "batch_first": False}
    return {
        "MultiheadAttention": _module(
            "embed_dim num_heads dropout bias add_bias_kv add_zero_attn kdim vdim batch_first ...",
            _sized("attention", ("embed_dim", "embed_dim"), operand="query"),
            "query key value key_padding_mask need_weights attn_mask average_attn_weights is_causal",
            batch_first=False,
        ),
        "Transformer": _module(
            "d_model nhead num_encoder_layers num_decoder_layers dim_feedforward dropout activation ...",
            block_of_target, "src tgt src_mask tgt_mask memory_mask ...", activation="relu",
        ),
        "TransformerDecoder": _module("decoder_layer num_layers norm", target, decoded),
        "TransformerDecoderLayer": _module(block, block_of_target, decoded, **options),
        "TransformerEncoder": _module(
            "encoder_layer num_layers norm ...", source, "src mask src_key_padding_mask is_causal"
        ),
        "TransformerEncoderLayer": _module(
            block, block_of_source, "src src_mask src_key_padding_mask is_causal", **options
        ),
    }  # fmt: skip


def _shapes() -> Mapping[str, Entry]:
    """Layers without parameters that move, pad or resample values."""
    table: dict[str, Entry] = {}
    for rank in _RANKS:
        for name in ("CircularPad", "ReflectionPad", "ReplicationPad", "ZeroPad"):
            table[f"{name}{rank}d"] = _module("padding", Layer("pad", rank=rank))
        table[f"ConstantPad{rank}d"] = _module("padding value", Layer("pad", rank=rank))
    return table | {
        "ChannelShuffle": _module("groups", Layer("reshape")),
        "Flatten": _module("start_dim end_dim", Layer("flatten"), start_dim=1, end_dim=-1),
        "Fold": _module("output_size kernel_size dilation padding stride", Layer("reshape")),
        "Identity": _module("*args **kwargs", Keep()),
        "PixelShuffle": _module("upscale_factor", Layer("upsample", rank=2)),
        "PixelUnshuffle": _module("downscale_factor", Layer("reshape", rank=2)),
        "Unflatten": _module("dim unflattened_size", Layer("reshape")),
        "Unfold": _module("kernel_size dilation padding stride", Layer("reshape", rank=2)),
        "Upsample": _module("size scale_factor mode align_corners ...", Layer("upsample")),
        "UpsamplingBilinear2d": _module("size scale_factor", Layer("upsample", rank=2)),
        "UpsamplingNearest2d": _module("size scale_factor", Layer("upsample", rank=2)),
    }


def _dense() -> Mapping[str, Entry]:
    """Fully connected layers, embeddings and pairwise similarities."""
    embedding = "num_embeddings embedding_dim"
    return {
        "AdaptiveLogSoftmaxWithLoss": _module(
            f"in_features n_classes cutoffs div_value head_bias {_PLACE}",
            _sized("other", ("in_features", ""), operand="input_"), "input_ target_",
        ),
        "Bilinear": _module(
            f"in1_features in2_features out_features bias {_PLACE}",
            _sized("bilinear", ("in1_features", "out_features"), operand="input1"), "input1 input2",
            bias=True,
        ),
        "CosineSimilarity": _module("dim eps", Layer("merge", "x1"), "x1 x2"),
        "Embedding": _module(
            f"{embedding} padding_idx max_norm norm_type scale_grad_by_freq sparse ...",
            _sized("embedding", ("num_embeddings", "embedding_dim")),
        ),
        "EmbeddingBag": _module(
            f"{embedding} max_norm norm_type scale_grad_by_freq mode ...",
            _sized("embedding", ("num_embeddings", "embedding_dim")), "input offsets per_sample_weights",
        ),
        "LazyLinear": _module(
            f"out_features bias {_PLACE}", _sized("dense", ("", "out_features")), bias=True
        ),
        "Linear": _module(
            f"in_features out_features bias {_PLACE}",
            _sized("dense", ("in_features", "out_features")), bias=True,
        ),
        "PairwiseDistance": _module("p eps keepdim", Layer("merge", "x1"), "x1 x2"),
    }  # fmt: skip


_GROUPS = (_attention, _convolutions, _dense, _dropouts, _norms, _pools, _recurrent, _shapes)

LAYERS: Mapping[str, Entry] = {
    f"torch.nn.{name}": entry
    for name, entry in sorted((name, entry) for group in _GROUPS for name, entry in group().items())
}
