"""PyTorch: the functions of `torch` and the layers of `torch.nn.functional`."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import (
    ClassIds,
    Compute,
    Constant,
    Detach,
    Effect,
    Entry,
    Keep,
    Layer,
    Permute,
    Statistic,
    call,
    computed,
)

__all__ = ["FUNCTIONS"]

_KEEP = {
    "adjoint": "input",
    "as_tensor": "data dtype device",
    "asarray": "obj ...",
    "atleast_1d": "*tensors",
    "atleast_2d": "*tensors",
    "atleast_3d": "*tensors",
    "broadcast_tensors": "*tensors",
    "broadcast_to": "input size",
    "cat": "tensors dim ...",
    "chunk": "input chunks dim",
    "clone": "input ...",
    "column_stack": "tensors ...",
    "concat": "tensors dim ...",
    "concatenate": "tensors dim ...",
    "diagonal": "input offset dim1 dim2",
    "dsplit": "input indices",
    "dstack": "tensors ...",
    "flatten": "input start_dim end_dim",
    "flip": "input dims",
    "fliplr": "input",
    "flipud": "input",
    "from_numpy": "ndarray",
    "gather": "input dim index ...",
    "hsplit": "input indices",
    "hstack": "tensors ...",
    "index_select": "input dim index ...",
    "masked_select": "input mask ...",
    "moveaxis": "input source destination",
    "movedim": "input source destination",
    "narrow": "input dim start length",
    "permute": "input dims",
    "ravel": "input",
    "repeat_interleave": "input repeats dim ...",
    "reshape": "input shape",
    "roll": "input shifts dims",
    "rot90": "input k dims",
    "row_stack": "tensors ...",
    "select": "input dim index",
    "split": "tensor split_size_or_sections dim",
    "squeeze": "input dim",
    "stack": "tensors dim ...",
    "swapaxes": "input axis0 axis1",
    "swapdims": "input dim0 dim1",
    "t": "input",
    "take": "input index ...",
    "take_along_dim": "input indices dim ...",
    "tensor": "data dtype device requires_grad pin_memory",
    "tensor_split": "input indices dim",
    "tile": "input dims",
    "transpose": "input dim0 dim1",
    "unbind": "input dim",
    "unflatten": "input dim sizes",
    "unsqueeze": "input dim",
    "vsplit": "input indices",
    "vstack": "tensors ...",
}
"""Functions that keep the meaning of their first argument."""

_COMPUTE = {
    "add": "input other ...",
    "addbmm": "input batch1 batch2 ...",
    "addcdiv": "input tensor1 tensor2 ...",
    "addcmul": "input tensor1 tensor2 ...",
    "addmm": "input mat1 mat2 ...",
    "addmv": "input mat vec ...",
    "argsort": "input dim descending ...",
    "atan2": "input other ...",
    "baddbmm": "input batch1 batch2 ...",
    "bernoulli": "input ...",
    "bincount": "input weights minlength",
    "block_diag": "*tensors",
    "bmm": "input mat2 ...",
    "bucketize": "input boundaries ...",
    "cartesian_prod": "*tensors",
    "cdist": "x1 x2 p compute_mode",
    "ceil": "input ...",
    "complex": "real imag ...",
    "conj": "input",
    "corrcoef": "input",
    "cosine_similarity": "x1 x2 dim eps",
    "cov": "input ...",
    "cross": "input other dim ...",
    "cummax": "input dim ...",
    "cummin": "input dim ...",
    "cumprod": "input dim ...",
    "cumsum": "input dim ...",
    "det": "input",
    "diag": "input diagonal ...",
    "diag_embed": "input offset dim1 dim2",
    "diff": "input n dim prepend append ...",
    "dist": "input other p",
    "div": "input other ...",
    "divide": "input other ...",
    "dot": "input tensor ...",
    "einsum": "*args",
    "fft.fft": "input n dim norm ...",
    "fft.fft2": "input s dim norm ...",
    "fft.ifft": "input n dim norm ...",
    "fft.ifft2": "input s dim norm ...",
    "fft.irfft": "input n dim norm ...",
    "fft.rfft": "input n dim norm ...",
    "floor": "input ...",
    "floor_divide": "input other ...",
    "fmod": "input other ...",
    "histc": "input bins min max ...",
    "index_add": "input dim index source ...",
    "index_copy": "input dim index source ...",
    "index_fill": "input dim index value",
    "index_put": "input indices values accumulate",
    "inner": "input other ...",
    "inverse": "input ...",
    "kron": "input other ...",
    "kthvalue": "input k dim keepdim ...",
    "lerp": "input end weight ...",
    "linalg.cholesky": "A ...",
    "linalg.det": "A ...",
    "linalg.eigh": "A UPLO ...",
    "linalg.inv": "A ...",
    "linalg.solve": "A B ...",
    "linalg.svd": "A full_matrices ...",
    "logaddexp": "input other ...",
    "logsumexp": "input dim keepdim ...",
    "masked_fill": "input mask value",
    "masked_scatter": "input mask source",
    "matmul": "input other ...",
    "maximum": "input other ...",
    "meshgrid": "*tensors indexing",
    "minimum": "input other ...",
    "mm": "input mat2 ...",
    "msort": "input ...",
    "mul": "input other ...",
    "multinomial": "input num_samples replacement ...",
    "multiply": "input other ...",
    "mv": "input vec ...",
    "nonzero": "input ...",
    "outer": "input vec2 ...",
    "pairwise_distance": "x1 x2 p eps keepdim",
    "remainder": "input other ...",
    "renorm": "input p dim maxnorm ...",
    "scatter": "input dim index src ...",
    "scatter_add": "input dim index src ...",
    "searchsorted": "sorted_sequence input ...",
    "sgn": "input ...",
    "sign": "input ...",
    "sort": "input dim descending ...",
    "special.entr": "input ...",
    "special.xlogy": "input other ...",
    "std_mean": "input dim unbiased keepdim",
    "stft": "input n_fft hop_length win_length window ...",
    "sub": "input other ...",
    "subtract": "input other ...",
    "tensordot": "a b dims out",
    "topk": "input k dim largest sorted ...",
    "trace": "input",
    "tril": "input diagonal ...",
    "triu": "input diagonal ...",
    "true_divide": "input other ...",
    "trunc": "input ...",
    "unique": "input sorted return_inverse return_counts dim",
    "var_mean": "input dim unbiased keepdim",
    "vdot": "input other ...",
    "where": "condition input other ...",
    "xlogy": "input other ...",
}
"""Pure computations whose result has no meaning of its own."""

_STATISTICS = {
    "amax": ("max", "input dim keepdim ..."),
    "amin": ("min", "input dim keepdim ..."),
    "count_nonzero": ("count", "input dim"),
    "linalg.matrix_norm": ("norm", "A ord dim keepdim ..."),
    "linalg.norm": ("norm", "input ord dim keepdim ..."),
    "linalg.vector_norm": ("norm", "x ord dim keepdim ..."),
    "max": ("max", "input dim keepdim ..."),
    "mean": ("mean", "input dim keepdim ..."),
    "median": ("median", "input dim keepdim ..."),
    "min": ("min", "input dim keepdim ..."),
    "mode": ("mode", "input dim keepdim ..."),
    "nanmean": ("mean", "input dim keepdim ..."),
    "nanmedian": ("median", "input dim keepdim ..."),
    "nanquantile": ("percentile", "input q dim keepdim ..."),
    "nansum": ("sum", "input dim keepdim ..."),
    "norm": ("norm", "input p dim keepdim ..."),
    "prod": ("prod", "input dim keepdim ..."),
    "quantile": ("percentile", "input q dim keepdim ..."),
    "std": ("std", "input dim unbiased keepdim ..."),
    "sum": ("sum", "input dim keepdim ..."),
    "var": ("var", "input dim unbiased keepdim ..."),
}
"""Reductions: canonical statistic and parameters."""

_DECISIONS = {
    "all": "input dim keepdim ...",
    "allclose": "input other rtol atol equal_nan",
    "any": "input dim keepdim ...",
    "argmax": "input dim keepdim ...",
    "argmin": "input dim keepdim ...",
    "eq": "input other ...",
    "equal": "input other",
    "ge": "input other ...",
    "greater": "input other ...",
    "greater_equal": "input other ...",
    "gt": "input other ...",
    "isclose": "input other rtol atol equal_nan",
    "isfinite": "input",
    "isin": "elements test_elements ...",
    "isinf": "input",
    "isnan": "input",
    "le": "input other ...",
    "less": "input other ...",
    "less_equal": "input other ...",
    "logical_and": "input other ...",
    "logical_not": "input ...",
    "logical_or": "input other ...",
    "logical_xor": "input other ...",
    "lt": "input other ...",
    "ne": "input other ...",
    "not_equal": "input other ...",
    "round": "input ...",
}
"""Hard decisions: the result carries no gradient."""

_CONSTANTS = {
    "arange": "start end step ...",
    "empty": "*size ...",
    "empty_like": "input ...",
    "eye": "n m ...",
    "full": "size fill_value ...",
    "full_like": "input fill_value ...",
    "hamming_window": "window_length ...",
    "hann_window": "window_length ...",
    "linspace": "start end steps ...",
    "logspace": "start end steps base ...",
    "ones": "*size ...",
    "ones_like": "input ...",
    "scalar_tensor": "s ...",
    "tril_indices": "row col offset ...",
    "triu_indices": "row col offset ...",
    "zeros": "*size ...",
    "zeros_like": "input ...",
}
_RANDOM = {
    "normal": "mean std ...",
    "rand": "*size ...",
    "rand_like": "input ...",
    "randint": "low high size ...",
    "randint_like": "input low high ...",
    "randn": "*size ...",
    "randn_like": "input ...",
}

_LAYERS: Mapping[str, tuple[str, Effect]] = {
    "adaptive_avg_pool1d": ("input output_size", Layer("pool", rank=1)),
    "adaptive_avg_pool2d": ("input output_size", Layer("pool", rank=2)),
    "adaptive_avg_pool3d": ("input output_size", Layer("pool", rank=3)),
    "adaptive_max_pool1d": ("input output_size return_indices", Layer("pool", rank=1)),
    "adaptive_max_pool2d": ("input output_size return_indices", Layer("pool", rank=2)),
    "adaptive_max_pool3d": ("input output_size return_indices", Layer("pool", rank=3)),
    "affine_grid": ("theta size align_corners", Compute("theta")),
    "avg_pool1d": ("input kernel_size stride padding ...", Layer("pool", rank=1)),
    "avg_pool2d": ("input kernel_size stride padding ...", Layer("pool", rank=2)),
    "avg_pool3d": ("input kernel_size stride padding ...", Layer("pool", rank=3)),
    "batch_norm": (
        "input running_mean running_var weight bias training ...",
        Layer("norm", flag="training"),
    ),
    "bilinear": ("input1 input2 weight bias", Layer("bilinear", "input1")),
    "channel_shuffle": ("input groups", Layer("reshape")),
    "conv1d": ("input weight bias stride padding dilation groups", Layer("conv", rank=1)),
    "conv2d": ("input weight bias stride padding dilation groups", Layer("conv", rank=2)),
    "conv3d": ("input weight bias stride padding dilation groups", Layer("conv", rank=3)),
    "conv_transpose1d": ("input weight bias stride padding ...", Layer("conv", rank=1)),
    "conv_transpose2d": ("input weight bias stride padding ...", Layer("conv", rank=2)),
    "conv_transpose3d": ("input weight bias stride padding ...", Layer("conv", rank=3)),
    "cosine_similarity": ("x1 x2 dim eps", Compute("x1")),
    "embedding": ("input weight padding_idx ...", Layer("embedding")),
    "embedding_bag": ("input weight offsets ...", Layer("embedding")),
    "fold": ("input output_size kernel_size ...", Layer("reshape")),
    "grid_sample": ("input grid mode padding_mode align_corners", Layer("upsample")),
    "group_norm": ("input num_groups weight bias eps", Layer("norm")),
    "instance_norm": ("input running_mean running_var weight bias ...", Layer("norm")),
    "interpolate": ("input size scale_factor mode align_corners ...", Layer("upsample")),
    "layer_norm": ("input normalized_shape weight bias eps", Layer("norm")),
    "linear": ("input weight bias", Layer("dense")),
    "local_response_norm": ("input size alpha beta k", Layer("norm")),
    "lp_pool1d": ("input norm_type kernel_size stride ceil_mode", Layer("pool", rank=1)),
    "lp_pool2d": ("input norm_type kernel_size stride ceil_mode", Layer("pool", rank=2)),
    "lp_pool3d": ("input norm_type kernel_size stride ceil_mode", Layer("pool", rank=3)),
    "max_pool1d": ("input kernel_size stride padding dilation ...", Layer("pool", rank=1)),
    "max_pool2d": ("input kernel_size stride padding dilation ...", Layer("pool", rank=2)),
    "max_pool3d": ("input kernel_size stride padding dilation ...", Layer("pool", rank=3)),
    "max_unpool1d": ("input indices kernel_size ...", Layer("upsample", rank=1)),
    "max_unpool2d": ("input indices kernel_size ...", Layer("upsample", rank=2)),
    "max_unpool3d": ("input indices kernel_size ...", Layer("upsample", rank=3)),
    "multi_head_attention_forward": ("query key value ...", Layer("attention", "query")),
    "pad": ("input pad mode value", Layer("pad")),
    "pairwise_distance": ("x1 x2 p eps keepdim", Compute("x1")),
    "pdist": ("input p", Compute()),
    "pixel_shuffle": ("input upscale_factor", Layer("upsample", rank=2)),
    "pixel_unshuffle": ("input downscale_factor", Layer("reshape", rank=2)),
    "rms_norm": ("input normalized_shape weight eps", Layer("norm")),
    "scaled_dot_product_attention": (
        "query key value attn_mask dropout_p is_causal ...",
        Layer("attention", "query"),
    ),
    "unfold": ("input kernel_size dilation padding stride", Layer("reshape")),
    "upsample": ("input size scale_factor mode align_corners", Layer("upsample")),
    "upsample_bilinear": ("input size scale_factor", Layer("upsample")),
    "upsample_nearest": ("input size scale_factor", Layer("upsample")),
}
"""Layers whose weights, if any, are arguments; those also in `torch` itself are aliased to here."""

_DROPOUT = {"dropout": True, "dropout1d": True, "dropout2d": True, "dropout3d": True, "alpha_dropout": False,
            "feature_alpha_dropout": False}  # fmt: skip
"""Functional dropout and whether it is on by default."""


def _tensor(params: str, does: Effect) -> Entry:
    """A function that gives a tensor."""
    return call(params, does, isa="torch.Tensor")


def _first(params: str) -> str:
    """The first parameter by name: the value these functions are about."""
    return params.split()[0].lstrip("*")


def _functions() -> Mapping[str, Entry]:
    """The functions of `torch`."""
    table: dict[str, Entry] = {
        "detach": _tensor("input", Detach("input")),
        "dropout": _tensor("input p train", Layer("dropout", flag="train")),
        "embedding": _tensor("weight indices ...", Layer("embedding", "indices")),
        "group_norm": _tensor("input num_groups weight bias eps ...", Layer("norm")),
        "layer_norm": _tensor("input normalized_shape weight bias eps ...", Layer("norm")),
        "randperm": _tensor("n ...", Permute("n")),
    }
    table |= {name: _tensor(params, Keep(_first(params))) for name, params in _KEEP.items()}
    table |= {name: _tensor(params, ClassIds(_first(params))) for name, params in _DECISIONS.items()}
    table |= {name: _tensor(params, Constant()) for name, params in _CONSTANTS.items()}
    table |= {name: _tensor(params, Constant(random=True)) for name, params in _RANDOM.items()}
    for name, params in _COMPUTE.items():
        operand = {"where": "input", "searchsorted": "input"}.get(name, _first(params))
        table[name] = _tensor(params, computed(name, operand, "other"))
    for name, (statistic, params) in _STATISTICS.items():
        table[name] = _tensor(params, Statistic(statistic, _first(params), axis="dim"))
    return {f"torch.{name}": entry for name, entry in table.items()}


def _layers() -> Mapping[str, Entry]:
    """The layers of `torch.nn.functional`."""
    table = {name: _tensor(params, does) for name, (params, does) in _LAYERS.items()}
    for name, training in _DROPOUT.items():
        does = Layer("dropout", flag="training")
        table[name] = call("input p training inplace", does, isa="torch.Tensor", p=0.5, training=training)
    return {f"torch.nn.functional.{name}": entry for name, entry in table.items()}


FUNCTIONS: Mapping[str, Entry] = dict(sorted({**_functions(), **_layers()}.items()))
