"""PyTorch: the methods and attributes of `torch.Tensor`, the receiver being the operand."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import (
    Action,
    ClassIds,
    Compute,
    Constant,
    Detach,
    Effect,
    Entry,
    Keep,
    Minimize,
    Statistic,
    call,
    computed,
)

__all__ = ["TENSOR"]

_KEEP = {
    "H": "",
    "T": "",
    "adjoint": "",
    "as_strided": "size stride storage_offset",
    "bfloat16": "",
    "broadcast_to": "*size",
    "chunk": "chunks dim",
    "clone": "...",
    "contiguous": "memory_format",
    "cpu": "memory_format",
    "cuda": "device non_blocking memory_format",
    "diagonal": "offset dim1 dim2",
    "double": "",
    "dsplit": "*indices",
    "expand": "*size ...",
    "expand_as": "other",
    "flatten": "start_dim end_dim",
    "flip": "*dims",
    "fliplr": "",
    "flipud": "",
    "float": "",
    "gather": "dim index ...",
    "half": "",
    "hsplit": "*indices",
    "index_select": "dim index",
    "mH": "",
    "mT": "",
    "masked_select": "mask",
    "moveaxis": "source destination",
    "movedim": "source destination",
    "narrow": "dim start length",
    "permute": "*dims",
    "pin_memory": "device",
    "ravel": "",
    "repeat": "*repeats",
    "repeat_interleave": "repeats dim ...",
    "reshape": "*shape",
    "reshape_as": "other",
    "resize": "*sizes",
    "resize_as": "tensor",
    "resolve_conj": "",
    "resolve_neg": "",
    "roll": "shifts dims",
    "rot90": "k dims",
    "select": "dim index",
    "split": "split_size dim",
    "split_with_sizes": "split_sizes dim",
    "squeeze": "dim",
    "swapaxes": "axis0 axis1",
    "swapdims": "dim0 dim1",
    "t": "",
    "take": "index",
    "take_along_dim": "indices dim",
    "tensor_split": "indices dim",
    "tile": "*dims",
    "to": "device dtype non_blocking copy ...",
    "to_dense": "dtype ...",
    "transpose": "dim0 dim1",
    "type": "dtype non_blocking",
    "type_as": "other",
    "unbind": "dim",
    "unflatten": "dim sizes",
    "unfold": "dimension size step",
    "unsqueeze": "dim",
    "view": "*size",
    "view_as": "other",
    "vsplit": "*indices",
}
"""The same values in another shape, order, place or floating type."""

_KEEP_IN_PLACE = {
    "requires_grad_": "mode",
    "share_memory_": "",
    "squeeze_": "dim",
    "t_": "",
    "transpose_": "dim0 dim1",
    "unsqueeze_": "dim",
}
"""The same tensor afterwards, changed in shape or bookkeeping only."""

_DETACH = {"data": "", "detach": "", "detach_": "", "item": "", "numpy": "...", "tolist": ""}
"""The same values, without a gradient path."""

_COMPUTE = {
    "add": "other ...",
    "addcdiv": "tensor1 tensor2 ...",
    "addcmul": "tensor1 tensor2 ...",
    "addmm": "mat1 mat2 ...",
    "argsort": "dim descending ...",
    "atan2": "other",
    "baddbmm": "batch1 batch2 ...",
    "bernoulli": "...",
    "bincount": "weights minlength",
    "bmm": "mat2",
    "bool": "",
    "byte": "",
    "ceil": "",
    "char": "",
    "conj": "",
    "corrcoef": "",
    "cov": "...",
    "cross": "other dim",
    "cummax": "dim",
    "cummin": "dim",
    "cumprod": "dim ...",
    "cumsum": "dim ...",
    "det": "",
    "diag": "diagonal",
    "diag_embed": "offset dim1 dim2",
    "diff": "n dim prepend append",
    "dist": "other p",
    "div": "other ...",
    "divide": "other ...",
    "dot": "tensor",
    "floor": "",
    "floor_divide": "other ...",
    "fmod": "other",
    "grad": "",
    "histc": "bins min max",
    "imag": "",
    "index_add": "dim index source ...",
    "index_copy": "dim index source",
    "index_fill": "dim index value",
    "index_put": "indices values accumulate",
    "inner": "other",
    "int": "",
    "inverse": "",
    "kthvalue": "k dim keepdim",
    "lerp": "end weight",
    "logaddexp": "other",
    "logsumexp": "dim keepdim",
    "long": "",
    "masked_fill": "mask value",
    "masked_scatter": "mask source",
    "matmul": "other",
    "maximum": "other",
    "minimum": "other",
    "mm": "mat2",
    "mul": "other ...",
    "multinomial": "num_samples replacement ...",
    "multiply": "other",
    "mv": "vec",
    "nonzero": "...",
    "outer": "vec2",
    "real": "",
    "remainder": "other",
    "renorm": "p dim maxnorm",
    "scatter": "dim index src ...",
    "scatter_add": "dim index src",
    "scatter_reduce": "dim index src reduce ...",
    "sgn": "",
    "short": "",
    "sign": "",
    "sort": "dim descending ...",
    "sub": "other ...",
    "subtract": "other ...",
    "sum_to_size": "*size",
    "topk": "k dim largest sorted",
    "trace": "",
    "tril": "diagonal",
    "triu": "diagonal",
    "true_divide": "other ...",
    "trunc": "",
    "unique": "sorted return_inverse return_counts dim",
    "where": "condition other",
    "xlogy": "other",
}
"""Pure computations; a cast to integers cuts values off, so it keeps no meaning."""

_OVERWRITE = {
    "add_": "other ...",
    "addcdiv_": "tensor1 tensor2 ...",
    "addcmul_": "tensor1 tensor2 ...",
    "addmm_": "mat1 mat2 ...",
    "ceil_": "",
    "copy_": "other non_blocking",
    "cumsum_": "dim ...",
    "div_": "other ...",
    "fill_": "value",
    "fill_diagonal_": "fill_value wrap",
    "floor_": "",
    "index_add_": "dim index source ...",
    "index_copy_": "dim index source",
    "index_fill_": "dim index value",
    "index_put_": "indices values accumulate",
    "lerp_": "end weight",
    "masked_fill_": "mask value",
    "masked_scatter_": "mask source",
    "mul_": "other ...",
    "remainder_": "other",
    "renorm_": "p dim maxnorm",
    "resize_": "size ...",
    "scatter_": "dim index src ...",
    "scatter_add_": "dim index src",
    "sub_": "other ...",
    "tril_": "diagonal",
    "triu_": "diagonal",
    "zero_": "",
}
"""In-place arithmetic: the receiver means something else afterwards."""

_RANDOM_IN_PLACE = {
    "bernoulli_": "p ...",
    "exponential_": "lambd ...",
    "normal_": "mean std ...",
    "random_": "from_ to ...",
    "uniform_": "from_ to ...",
}

_STATISTICS = {
    "amax": ("max", "dim keepdim"),
    "amin": ("min", "dim keepdim"),
    "count_nonzero": ("count", "dim"),
    "max": ("max", "dim keepdim"),
    "mean": ("mean", "dim keepdim ..."),
    "median": ("median", "dim keepdim"),
    "min": ("min", "dim keepdim"),
    "mode": ("mode", "dim keepdim"),
    "nanmean": ("mean", "dim keepdim ..."),
    "nanmedian": ("median", "dim keepdim"),
    "nanquantile": ("percentile", "q dim keepdim ..."),
    "nansum": ("sum", "dim keepdim ..."),
    "norm": ("norm", "p dim keepdim dtype"),
    "prod": ("prod", "dim keepdim ..."),
    "quantile": ("percentile", "q dim keepdim ..."),
    "std": ("std", "dim unbiased keepdim"),
    "sum": ("sum", "dim keepdim ..."),
    "var": ("var", "dim unbiased keepdim"),
}

_DECISIONS = {
    "all": "dim keepdim",
    "allclose": "other rtol atol equal_nan",
    "any": "dim keepdim",
    "argmax": "dim keepdim",
    "argmin": "dim keepdim",
    "eq": "other",
    "equal": "other",
    "ge": "other",
    "greater": "other",
    "greater_equal": "other",
    "gt": "other",
    "isclose": "other rtol atol equal_nan",
    "isfinite": "",
    "isinf": "",
    "isnan": "",
    "le": "other",
    "less": "other",
    "less_equal": "other",
    "logical_and": "other",
    "logical_not": "",
    "logical_or": "other",
    "logical_xor": "other",
    "lt": "other",
    "ne": "other",
    "not_equal": "other",
    "round": "...",
    "round_": "...",
}

_CONSTANTS = {
    "data_ptr": "",
    "device": "",
    "dim": "",
    "dtype": "",
    "element_size": "",
    "get_device": "",
    "grad_fn": "",
    "is_complex": "",
    "is_contiguous": "memory_format",
    "is_cuda": "",
    "is_floating_point": "",
    "is_leaf": "",
    "ndim": "",
    "ndimension": "",
    "nelement": "",
    "new_empty": "*size ...",
    "new_full": "size fill_value ...",
    "new_ones": "*size ...",
    "new_tensor": "data ...",
    "new_zeros": "*size ...",
    "numel": "",
    "requires_grad": "",
    "shape": "",
    "size": "dim",
    "stride": "dim",
}
"""Facts about the tensor, and fresh tensors of its type."""

_ACTIONS = {
    "register_hook": ("hook", Action("hook")),
    "retain_grad": ("", Action("gradients")),
}


_NO_TENSOR = frozenset(
    {*_ACTIONS, *_CONSTANTS, "backward", "item", "numpy", "tolist"}
    - {name for name in _CONSTANTS if name.startswith("new_")}
)
"""What gives something else than a tensor."""


def _methods() -> Mapping[str, tuple[str, Effect]]:
    """Parameters and effect of every method and attribute."""
    table: dict[str, tuple[str, Effect]] = dict(_ACTIONS)
    table["backward"] = "gradient retain_graph create_graph inputs", Minimize("self")
    for names, does in (
        (_KEEP, Keep("self")),
        (_KEEP_IN_PLACE, Keep("self")),
        (_DETACH, Detach("self")),
        (_COMPUTE, Compute("self")),
        (_OVERWRITE, Compute("self")),
        (_RANDOM_IN_PLACE, Constant(random=True)),
        (_DECISIONS, ClassIds("self")),
        (_CONSTANTS, Constant()),
    ):
        table |= {name: (params, does) for name, params in names.items()}
    for each in (_COMPUTE, _OVERWRITE):
        table |= {
            name: (params, computed(name.rstrip("_"), "self", "other")) for name, params in each.items()
        }
    table |= {
        name: (params, Statistic(statistic, "self", axis="dim" if "dim" in params else ""))
        for name, (statistic, params) in _STATISTICS.items()
    }
    return table


TENSOR: Mapping[str, Entry] = {
    f"torch.Tensor.{name}": call(params, does, isa="" if name in _NO_TENSOR else "torch.Tensor")
    for name, (params, does) in sorted(_methods().items())
}
