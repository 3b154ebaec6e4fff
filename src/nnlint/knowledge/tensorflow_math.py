"""Plain TensorFlow functions: arithmetic, shapes, reductions, variables and data sets."""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Action,
    Activation,
    ClassIds,
    Compute,
    Constant,
    Detach,
    Effect,
    Entry,
    Initializer,
    Keep,
    Layer,
    Load,
    Metric,
    Permute,
    Statistic,
    call,
    computed,
)

__all__ = ["INSTALLED_AS", "MATH"]


_NORMAL = Constant(True, Initializer("normal", "stddev"))
_UNIFORM = Constant(True, Initializer("uniform", "maxval"))


def _family(effect: Effect, params: str, names: str) -> dict[str, Entry]:
    """Functions that share parameters and effect."""
    return dict.fromkeys(names.split(), call(params, effect))


def _reductions() -> dict[str, Entry]:
    functions = {
        "reduce_all": "all", "reduce_any": "any", "reduce_logsumexp": "logsumexp", "reduce_max": "max",
        "reduce_mean": "mean", "reduce_min": "min", "reduce_prod": "prod", "reduce_std": "std",
        "reduce_sum": "sum", "reduce_variance": "var",
    }  # fmt: skip
    return {
        name: call("input_tensor axis keepdims name ...", Statistic(function, "input_tensor", "axis"))
        for name, function in functions.items()
    }


_POINTWISE = "abs ceil cos erf exp expm1 floor log log1p log_sigmoid negative rsqrt sign sin sqrt square"
_OF_TWO = (
    "add div divide divide_no_nan floordiv maximum minimum mod multiply pow squared_difference subtract "
    "truediv xlogy"
)
_PLAIN: dict[str, Entry] = (
    {name: call("x name", Activation(name, "x")) for name in _POINTWISE.split()}
    | {
        name: call("x y name", computed(name, "x", "y"))
        for name in _OF_TWO.split()
    }
    | _family(ClassIds("x"), "x y name", "equal greater greater_equal less less_equal not_equal")
    | _family(Keep("x"), "x name", "to_double to_float to_int32 to_int64")
    | _family(Compute("x"), "x y name", "logical_and logical_or")
    | _reductions()
)  # fmt: skip

_SHAPES: dict[str, Entry] = {
    "boolean_mask": call("tensor mask ...", Keep("tensor")),
    "broadcast_to": call("input shape name", Keep("input")),
    "cast": call("x dtype name", Keep("x")),
    "concat": call("values axis name", Keep("values")),
    "convert_to_tensor": call("value dtype ...", Keep("value")),
    "ensure_shape": call("x shape name", Keep("x")),
    "expand_dims": call("input axis name ...", Keep("input")),
    "gather": call("params indices validate_indices ...", Keep("params")),
    "gather_nd": call("params indices ...", Keep("params")),
    "identity": call("input name", Keep("input")),
    "image.resize": call("images size method ...", Layer("upsample", "images", rank=2)),
    "image.resize_bilinear": call("images size ...", Layer("upsample", "images", rank=2)),
    "image.resize_images": call("images size method ...", Layer("upsample", "images", rank=2)),
    "image.resize_nearest_neighbor": call("images size ...", Layer("upsample", "images", rank=2)),
    "pad": call("tensor paddings mode ...", Layer("pad", "tensor")),
    "random.shuffle": call("value seed name", Permute("value")),
    "repeat": call("input repeats axis name", Keep("input")),
    "reshape": call("tensor shape name", Keep("tensor")),
    "reverse": call("tensor axis name", Keep("tensor")),
    "slice": call("input_ begin size name", Keep("input_")),
    "split": call("value num_or_size_splits axis num name", Keep("value")),
    "squeeze": call("input axis name ...", Keep("input")),
    "stack": call("values axis name", Keep("values")),
    "stop_gradient": call("input name", Detach("input")),
    "strided_slice": call("input_ begin end strides ...", Keep("input_")),
    "tile": call("input multiples name", Keep("input")),
    "transpose": call("a perm ...", Keep("a")),
    "unstack": call("value num axis name", Keep("value")),
}

_VALUES: dict[str, Entry] = {
    "add_n": call("inputs name", Compute("inputs")),
    "argmax": call("input axis ...", ClassIds("input")),
    "argmin": call("input axis ...", ClassIds("input")),
    "argsort": call("values axis direction stable name", Compute("values")),
    "clip_by_global_norm": call("t_list clip_norm use_norm name", Action("clip", "t_list")),
    "clip_by_norm": call("t clip_norm axes name", Action("clip", "t")),
    "clip_by_value": call("t clip_value_min clip_value_max name", Activation("clamp", "t")),
    "constant": call("value dtype shape name ...", Constant(starts=Initializer("constant", "value"))),
    "count_nonzero": call("input_tensor axis ...", Statistic("count", "input_tensor", "axis")),
    "cumsum": call("x axis exclusive reverse name", Compute("x")),
    "einsum": call("equation *inputs **kwargs", Compute("inputs")),
    "eye": call("num_rows num_columns ...", Constant()),
    "fill": call("dims value name ...", Constant(starts=Initializer("constant", "value"))),
    "function": call("func input_signature ...", Keep("func")),
    "get_variable": call("name shape dtype initializer ...", Constant()),
    "linspace": call("start stop num name axis", Constant()),
    "map_fn": call("fn elems dtype ...", Compute("elems")),
    "confusion_matrix": call("labels predictions ...", Metric("predictions", "labels", "labels")),
    "matmul": call("a b transpose_a transpose_b ...", Layer("dense", "a")),
    "norm": call("tensor ord axis ...", Statistic("norm", "tensor", "axis")),
    "numpy_function": call("func inp Tout stateful name", Compute("inp")),
    "one_hot": call("indices depth on_value off_value axis dtype name", Activation("one_hot", "indices")),
    "ones": call("shape dtype name ...", Constant(starts=Initializer("constant", fixed=1.0))),
    "ones_like": call("tensor dtype name ...", Constant()),
    "placeholder": call("dtype shape name", Constant()),
    "placeholder_with_default": call("input shape name", Keep("input")),
    "py_func": call("func inp Tout stateful name", Compute("inp")),
    "random.normal": call("shape mean stddev dtype seed name", _NORMAL, stddev=1.0),
    "random.set_seed": call("seed", Action("seed", "seed")),
    "random.truncated_normal": call("shape mean stddev dtype seed name", _NORMAL, stddev=1.0),
    "random.uniform": call("shape minval maxval dtype seed name", _UNIFORM),
    "range": call("start limit delta dtype name", Constant()),
    "round": call("x name", ClassIds("x")),
    "sequence_mask": call("lengths maxlen dtype name", Constant()),
    "set_random_seed": call("seed", Action("seed", "seed")),
    "tensordot": call("a b axes name", Layer("dense", "a")),
    "Variable": call("initial_value trainable ...", Constant(), isa="tensorflow.Variable"),
    "Variable.assign": call("value use_locking name read_value", Action("assign", "value")),
    "Variable.assign_add": call("delta use_locking name read_value", Action("assign", "delta")),
    "Variable.assign_sub": call("delta use_locking name read_value", Action("assign", "delta")),
    "Variable.read_value": call("", Keep("self")),
    "Variable.value": call("", Keep("self")),
    "where": call("condition x y name", Compute("x")),
    "zeros": call("shape dtype name ...", Constant(starts=Initializer("constant"))),
    "zeros_like": call("tensor dtype name ...", Constant()),
}

_SET = "tensorflow.data.Dataset"
_DATA: dict[str, Entry] = {
    "data.Dataset.batch": call("batch_size drop_remainder ...", Keep("self"), isa=_SET),
    "data.Dataset.cache": call("filename name", Keep("self"), isa=_SET),
    "data.Dataset.from_generator": call("generator ...", Compute("generator"), isa=_SET),
    "data.Dataset.from_tensor_slices": call("tensors name", Keep("tensors"), isa=_SET),
    "data.Dataset.map": call("map_func num_parallel_calls ...", Keep("self"), isa=_SET),
    "data.Dataset.prefetch": call("buffer_size name", Keep("self"), isa=_SET),
    "data.Dataset.repeat": call("count name", Keep("self"), isa=_SET),
    "data.Dataset.shuffle": call("buffer_size seed reshuffle_each_iteration name", Keep("self"), isa=_SET),
    "data.Dataset.skip": call("count name", Keep("self"), isa=_SET),
    "data.Dataset.take": call("count name", Keep("self"), isa=_SET),
    "data.TFRecordDataset": call("filenames compression_type ...", Load("dataset"), isa=_SET),
    "image.decode_jpeg": call("contents channels ...", Load("array", raw=True)),
    "image.decode_png": call("contents channels ...", Load("array", raw=True)),
}

MATH: dict[str, Entry] = {
    f"tensorflow.{name}": entry
    for table in (_PLAIN, _SHAPES, _VALUES, _DATA)
    for name, entry in table.items()
}

_IN_MATH = (
    "ceil confusion_matrix count_nonzero divide_no_nan erf expm1 floordiv log log1p log_sigmoid mod "
    "reduce_std reduce_variance rsqrt squared_difference xlogy"
)
_V1 = (
    "count_nonzero div get_variable image.resize_bilinear image.resize_images image.resize_nearest_neighbor "
    "ones_like placeholder placeholder_with_default py_func set_random_seed to_double to_float to_int32 "
    "to_int64 zeros_like"
)
INSTALLED_AS: dict[str, str] = {
    f"tensorflow.{name}": f"tensorflow.math.{name}" for name in _IN_MATH.split()
} | {f"tensorflow.{name}": f"tensorflow.compat.v1.{name}" for name in _V1.split()}
