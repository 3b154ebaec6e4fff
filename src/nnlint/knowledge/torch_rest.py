"""PyTorch: operations without a meaning that rules follow, processes and devices, distributions."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Action, ClassIds, Compute, Constant, Detach, Effect, Entry, Keep, Make, call

__all__ = ["REST"]

_PURE_METHODS: Mapping[str, str] = {
    "": (
        "absolute angle arccosh arcsinh arctan arctanh argwhere bitwise_not coalesce deg2rad dequantize fix "
        "frac frexp i0 indices logdet matrix_exp msort positive rad2deg signbit slogdet"
    ),
    "...": (
        "addbmm addmv addr aminmax histogram qr svd to_sparse to_sparse_coo to_sparse_csr unique_consecutive"
    ),
    "callable": "apply_",
    "dim": "logcumsumexp",
    "mask": "sparse_mask",
    "n": "matrix_power",
    "other": (
        "arctan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign fmax "
        "fmin gcd hypot kron lcm ldexp logaddexp2 nextafter vdot"
    ),
    "rcond": "pinverse",
    "src ...": "diagonal_scatter select_scatter slice_scatter",
    "upper": "cholesky",
    "values": "heaviside",
    "vec2": "ger",
}
"""Methods of tensors by their parameters."""

_OVERWRITING_METHODS: Mapping[str, str] = {
    "": "bitwise_not_ deg2rad_ fix_ frac_ i0_ logical_not_ rad2deg_ sgn_ sign_ trunc_",
    "...": "baddbmm_ addbmm_ addmv_ addr_ cumprod_ scatter_reduce_ set_ resize_as_",
    "other": (
        "atan2_ bitwise_and_ bitwise_or_ bitwise_xor_ copysign_ eq_ floor_divide_ fmod_ ge_ gt_ ldexp_ le_ "
        "logical_and_ logical_or_ logical_xor_ lt_ ne_ true_divide_ xlogy_"
    ),
    "other ...": "divide_ multiply_ subtract_",
}
_RANDOM_METHODS: Mapping[str, str] = {
    "mean std ...": "log_normal_",
    "median sigma ...": "cauchy_",
    "p ...": "geometric_",
}
_FACTS: Mapping[str, str] = {
    "": (
        "is_coalesced is_conj is_inference is_neg is_nonzero is_shared is_signed storage storage_offset "
        "untyped_storage"
    ),
    "device": "is_pinned",
    "other": "is_same_size",
}

_FUNCTIONS: Mapping[str, str] = {
    "A": (
        "linalg.cholesky_ex linalg.cond linalg.diagonal linalg.eig linalg.eigvals linalg.eigvalsh "
        "linalg.inv_ex linalg.lstsq linalg.lu linalg.lu_factor_ex linalg.matrix_exp linalg.matrix_power "
        "linalg.matrix_rank linalg.pinv linalg.qr linalg.slogdet linalg.solve_triangular linalg.svdvals "
        "pca_lowrank svd_lowrank"
    ),
    "abs": "polar",
    "input": (
        "adaptive_max_pool1d addr aminmax angle arctan argwhere as_strided bitwise_and "
        "bitwise_not bitwise_or bitwise_xor cholesky cholesky_inverse cholesky_solve combinations copysign "
        "deg2rad diagflat diagonal_scatter fft.fftn fft.fftshift fft.ifftn fft.ifftshift fft.irfft2 "
        "fft.irfftn fft.rfft2 fft.rfftn float_power fmax fmin frac frexp ger gradient heaviside hypot i0 "
        "igamma imag isneginf isposinf istft ldexp linalg.cross logcumsumexp logdet matrix_exp matrix_power "
        "mvlgamma nextafter pinverse poisson positive rad2deg real resolve_conj rsub scatter_reduce "
        "select_scatter slice_scatter slogdet special.bessel_j0 special.digamma special.erf special.erfc "
        "special.erfinv special.expm1 special.gammaln special.i0 special.i0e special.log1p special.log_ndtr "
        "special.ndtr special.ndtri svd"
    ),
    "tensors": "linalg.multi_dot",
    "x": "linalg.vander linalg.vecdot",
    "y": "trapezoid trapz",
}
"""Functions by their first parameter."""

_DISTRIBUTIONS: Mapping[str, str] = {
    "base_distribution": "Independent TransformedDistribution",
    "concentration": "Dirichlet Gamma",
    "concentration1": "Beta",
    "df": "StudentT",
    "loc": "Cauchy Gumbel Laplace LogNormal LogisticNormal MultivariateNormal VonMises",
    "low": "Uniform",
    "mixture_distribution": "MixtureSameFamily",
    "probs": "Geometric OneHotCategorical",
    "rate": "Exponential Poisson",
    "scale": "HalfCauchy HalfNormal",
    "temperature": "RelaxedBernoulli RelaxedOneHotCategorical",
    "total_count": "Binomial Multinomial NegativeBinomial",
}

_CALLS: Mapping[str, tuple[str, Effect]] = {
    "Size": ("...", Make()),
    "autocast": ("device_type ...", Action("autocast", "")),
    "bitwise_left_shift": ("input other ...", Compute()),
    "cuda.Event": ("...", Make()),
    "cuda.Stream": ("device priority ...", Make()),
    "cuda.stream": ("stream", Constant()),
    "device": ("...", Make()),
    "distributed.all_gather": ("tensor_list tensor ...", Action("synchronize", "tensor")),
    "distributed.all_gather_into_tensor": (
        "output_tensor input_tensor ...", Action("synchronize", "input_tensor"),
    ),
    "distributed.all_gather_object": ("object_list obj ...", Action("synchronize", "obj")),
    "distributed.all_reduce": ("tensor op ...", Action("synchronize", "tensor")),
    "distributed.broadcast": ("tensor src ...", Action("synchronize", "tensor")),
    "distributed.broadcast_object_list": ("object_list src ...", Action("synchronize", "object_list")),
    "distributed.gather": ("tensor gather_list ...", Action("synchronize", "tensor")),
    "distributed.reduce": ("tensor dst ...", Action("synchronize", "tensor")),
    "distributed.reduce_scatter": ("output input_list ...", Action("synchronize", "output")),
    "distributed.scatter": ("tensor scatter_list ...", Action("synchronize", "tensor")),
    "frombuffer": ("buffer ...", Constant()),
    "initial_seed": ("", Make()),
    "is_complex": ("input", Make()),
    "is_floating_point": ("input", Make()),
    "is_nonzero": ("input", Make()),
    "isreal": ("input", ClassIds()),
    "nn.utils.convert_conv2d_weight_memory_format": ("module memory_format", Keep("module")),
    "nn.utils.fuse_conv_bn_eval": ("conv bn ...", Keep("conv")),
    "nn.utils.get_total_norm": ("tensors ...", Detach("tensors")),
    "seed": ("", Action("seed", "")),
    "unique_consecutive": ("...", Compute("")),
    "utils.data.StackDataset": ("...", Make()),
    "utils.data.default_convert": ("data", Keep("data")),
    "utils.data.get_worker_info": ("", Make()),
}  # fmt: skip


def _methods() -> Mapping[str, Entry]:
    groups = (
        (_PURE_METHODS, Compute("self")),
        (_OVERWRITING_METHODS, Compute("self")),
        (_RANDOM_METHODS, Constant(random=True)),
    )
    found = {
        name: call(params, does, isa="torch.Tensor")
        for table, does in groups
        for params, names in table.items()
        for name in names.split()
    }
    found |= {name: call(params, Constant()) for params, names in _FACTS.items() for name in names.split()}
    found["record_stream"] = call("s", Action("state"))
    found["register_post_accumulate_grad_hook"] = call("hook", Action("hook"))
    return {f"Tensor.{name}": entry for name, entry in found.items()}


def _functions() -> Mapping[str, Entry]:
    return {
        name: call(f"{param} ...", Compute(param))
        for param, names in _FUNCTIONS.items()
        for name in names.split()
    }


def _distributions() -> Mapping[str, Entry]:
    return {
        f"distributions.{name}": call(f"{param} ...", Compute(param))
        for param, names in _DISTRIBUTIONS.items()
        for name in names.split()
    }


REST: Mapping[str, Entry] = {
    f"torch.{name}": entry
    for name, entry in sorted(
        {
            **{name: call(*what) for name, what in _CALLS.items()},
            **_methods(),
            **_functions(),
            **_distributions(),
        }.items()
    )
}
