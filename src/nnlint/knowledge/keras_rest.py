"""Keras: operations without a meaning that rules follow, and what surrounds a model."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import (
    Action,
    Bag,
    ClassIds,
    Compute,
    Constant,
    Either,
    Entry,
    Keep,
    Layer,
    Make,
    Statistic,
    call,
)

__all__ = ["IMAGE_OPERATIONS", "REST"]

IMAGE_OPERATIONS = (
    "affine_transform crop_images elastic_transform extract_patches gaussian_blur hsv_to_rgb pad_images "
    "perspective_transform resize rgb_to_grayscale rgb_to_hsv"
)
"""Operations that Keras keeps in a module of their own."""


_OPS: Mapping[str, str] = {
    "a": "diff lstsq solve solve_triangular",
    "abs_": "polar",
    "data": "segment_max segment_min segment_prod segment_sum",
    "images": (
        "affine_transform elastic_transform extract_patches gaussian_blur hsv_to_rgb perspective_transform "
        "rgb_to_grayscale rgb_to_hsv"
    ),
    "index": "switch",
    "indices": "scatter",
    "inputs": "ctc_decode scatter_update slice_update",
    "sorted_sequence": "searchsorted",
    "query": "dot_product_attention",
    "subscripts": "einsum",
    "tensor": "rearrange",
    "x": (
        "absolute angle arccos arccosh arcsin arcsinh arctan arctanh argpartition argsort array "
        "array_split bincount bitwise_and bitwise_invert bitwise_left_shift bitwise_not bitwise_or "
        "bitwise_right_shift bitwise_xor cbrt cdist ceil cholesky cholesky_inverse conj conjugate "
        "corrcoef cosh count_nonzero cumprod cumsum deg2rad depth_to_space det diag diagflat diagonal "
        "digitize dsplit eig eigh erf erfc erfinv extract_sequences fabs fft fft2 floor fold "
        "histogram i0 ifft2 imag inv irfft istft left_shift logdet logsumexp lu_factor matrix_rank "
        "meshgrid moments nan_to_num nanargmax nanargmin nancumprod nancumsum nanpercentile nanprod "
        "nanquantile nonzero norm normalize pinv ptp qr rad2deg real reciprocal rfft right_shift "
        "rms_normalization signbit sinc sinh slogdet sort space_to_depth stft svd take_along_axis tan "
        "trace tril triu trunc unfold unique vander"
    ),
    "x1": (
        "append arctan2 correlate cross divide_no_nan dot floor_divide fmax fmin fmod gcd heaviside "
        "hypot inner kron lcm ldexp logaddexp2 nextafter outer tensordot true_divide vdot"
    ),
    "y": "trapezoid",
}
"""The first parameter of each operation, and the operations that have it."""

_KEPT: Mapping[str, str] = {
    "array": "rot90",
    "images": "crop_images pad_images resize",
    "inputs": "slice",
    "x": "fliplr flipud hsplit pad saturate_cast split take unstack view vsplit",
    "xs": "dstack hstack vstack",
}
_DECIDED = "all allclose any isclose isfinite isin isinf isnan logical_and logical_not logical_or logical_xor"
_REDUCED: Mapping[str, str] = {
    "amax": "max",
    "amin": "min",
    "nanmax": "max",
    "nanmean": "mean",
    "nanmin": "min",
    "nanmedian": "median",
    "nanstd": "std",
    "nansum": "sum",
    "nanvar": "var",
    "prod": "prod",
}
_POOLS = "average_pool max_pool"

_CONFIG = call("", Bag(open=True))

_MODEL: Mapping[str, Entry] = {
    "Model.build": call("input_shape", Action("state")),
    "Model.count_params": call("", Make()),
    "Model.export": call("filepath ...", Action("save")),
    "Model.get_config": _CONFIG,
    "Model.get_layer": call("name index", Compute("self")),
    "Model.make_predict_function": call("force", Action("state")),
    "Model.make_train_function": call("force", Action("state")),
    "Model.reset_metrics": call("", Action("state")),
    "Model.summary": call("line_length ...", Action("log")),
    "Model.to_json": call("**kwargs", Make()),
    "layers.Layer.build": call("input_shape", Action("state")),
    "layers.Layer.count_params": call("", Make()),
    "layers.Layer.compute_mask": call("inputs previous_mask", Compute("inputs")),
    "layers.Layer.compute_output_shape": call("*args **kwargs", Make()),
    "layers.Layer.compute_output_spec": call("*args **kwargs", Make()),
    "layers.Layer.get_config": _CONFIG,
    "layers.StringLookup.get_vocabulary": call("include_special_tokens", Make()),
    "layers.TextVectorization.get_vocabulary": call("include_special_tokens", Make()),
}

_OBJECTS: Mapping[str, Entry] = {
    "callbacks.BackupAndRestore": call("backup_dir ...", Make()),
    "callbacks.CSVLogger": call("filename ...", Make()),
    "callbacks.History": call("", Make()),
    "callbacks.LambdaCallback": call("on_epoch_begin on_epoch_end ...", Make()),
    "callbacks.ProgbarLogger": call("", Make()),
    "callbacks.TensorBoard": call("log_dir ...", Make()),
    "callbacks.TerminateOnNaN": call("...", Make()),
    "constraints.MaxNorm": call("max_value axis", Make()),
    "constraints.MinMaxNorm": call("min_value max_value ...", Make()),
    "constraints.NonNeg": call("", Make()),
    "constraints.UnitNorm": call("axis", Make()),
    "initializers.GlorotNormal": call("seed ...", Make()),
    "initializers.GlorotUniform": call("seed ...", Make()),
    "initializers.HeNormal": call("seed ...", Make()),
    "initializers.HeUniform": call("seed ...", Make()),
    "initializers.Identity": call("gain", Make()),
    "initializers.LecunNormal": call("seed ...", Make()),
    "initializers.LecunUniform": call("seed ...", Make()),
    "initializers.Orthogonal": call("gain seed", Make()),
    "initializers.VarianceScaling": call("scale mode distribution seed ...", Make()),
    "layers.InputSpec": call("dtype shape ...", Make()),
    "optimizers.schedules.CosineDecay": call("initial_learning_rate decay_steps ...", Make()),
    "optimizers.schedules.CosineDecayRestarts": call("initial_learning_rate first_decay_steps ...", Make()),
    "optimizers.schedules.ExponentialDecay": call("initial_learning_rate decay_steps decay_rate ...", Make()),
    "optimizers.schedules.InverseTimeDecay": call("initial_learning_rate decay_steps decay_rate ...", Make()),
    "optimizers.schedules.PiecewiseConstantDecay": call("boundaries values name", Make()),
    "optimizers.schedules.PolynomialDecay": call("initial_learning_rate decay_steps ...", Make()),
    "random.SeedGenerator": call("seed ...", Make()),
    "utils.Progbar": call("target ...", Make()),
}

_CALLS: Mapping[str, Entry] = {
    "applications.imagenet_utils.decode_predictions": call("preds top", Compute("preds")),
    "backend.epsilon": call("", Make()),
    "backend.floatx": call("", Make()),
    "backend.get_uid": call("prefix", Make()),
    "backend.image_data_format": call("", Make()),
    "backend.is_keras_tensor": call("x", Make()),
    "backend.set_epsilon": call("value", Action("state", "value")),
    "backend.set_floatx": call("value", Action("state", "value")),
    "backend.set_image_data_format": call("data_format", Action("state", "data_format")),
    "activations.get": call("identifier", Make()),
    "constraints.get": call("identifier", Make()),
    "initializers.get": call("identifier", Make()),
    "initializers.serialize": call("initializer ...", Make()),
    "layers.serialize": call("layer", Make()),
    "losses.Loss.get_config": _CONFIG,
    "metrics.Metric.get_config": _CONFIG,
    "models.save_model": call("model filepath ...", Action("save", "model")),
    "ops.cond": call("pred true_fn false_fn", Either("true_fn", "false_fn")),
    "ops.dtype": call("x", Make()),
    "ops.empty": call("shape dtype", Constant()),
    "ops.eye": call("N M k dtype", Constant()),
    "ops.fori_loop": call("lower upper body_fun init_val", Compute("init_val")),
    "ops.full": call("shape fill_value dtype", Constant()),
    "ops.full_like": call("x fill_value ...", Constant()),
    "ops.is_tensor": call("x", Make()),
    "ops.linspace": call("start stop num ...", Constant()),
    "ops.map": call("f xs", Compute("xs")),
    "ops.ndim": call("x", Make()),
    "ops.shape": call("x", Compute("x")),
    "ops.size": call("x", Compute("x")),
    "ops.while_loop": call("cond body loop_vars ...", Compute("loop_vars")),
    "ops.scan": call("f init xs ...", Compute("xs")),
    "optimizers.Optimizer.get_config": _CONFIG,
    "random.beta": call("shape alpha beta ...", Constant(random=True)),
    "random.binomial": call("shape counts probabilities ...", Constant(random=True)),
    "random.categorical": call("logits num_samples ...", Compute("logits", draws=True)),
    "random.gamma": call("shape alpha ...", Constant(random=True)),
    "random.randint": call("shape minval maxval ...", Constant(random=True)),
    "random.truncated_normal": call("shape mean stddev ...", Constant(random=True)),
    "regularizers.get": call("identifier", Make()),
    "saving.serialize_keras_object": call("obj", Make()),
    "tree.assert_same_structure": call("a b ...", Make()),
    "tree.flatten": call("structure", Compute("structure")),
    "tree.map_structure": call("func *structures ...", Compute("structures")),
    "tree.is_nested": call("structure", Make()),
    "tree.pack_sequence_as": call("structure flat_sequence", Compute("flat_sequence")),
    "utils.array_to_img": call("x ...", Keep("x")),
    "utils.custom_object_scope": call("custom_objects", Make()),
    "utils.get_file": call("fname origin ...", Make()),
    "utils.bounding_boxes.compute_iou": call("boxes1 boxes2 ...", Compute("boxes1")),
    "utils.bounding_boxes.convert_format": call("boxes source target ...", Compute("boxes")),
    "utils.pack_x_y_sample_weight": call("x y sample_weight", Compute("x")),
    "utils.plot_model": call("model to_file ...", Action("save", "model")),
    "utils.register_keras_serializable": call("package name", Make()),
    "utils.save_img": call("path x ...", Action("save", "x")),
    "utils.timeseries_dataset_from_array": call("data targets ...", Compute("data")),
}


def _operations() -> dict[str, Entry]:
    """The entries of `keras.ops`, from the tables above."""
    found = {
        name: call("*x ..." if name == "meshgrid" else f"{param} ...", Compute(param))
        for param, names in _OPS.items()
        for name in names.split()
    }
    found |= {
        name: call(f"{param} ...", Keep(param)) for param, names in _KEPT.items() for name in names.split()
    }
    found |= {name: call("...", ClassIds("")) for name in _DECIDED.split()}
    found |= {name: call("x axis ...", Statistic(what, "x", "axis")) for name, what in _REDUCED.items()}
    found |= {name: call("inputs pool_size ...", Layer("pool", "inputs")) for name in _POOLS.split()}
    return {f"ops.{name}": entry for name, entry in found.items()}


REST: dict[str, Entry] = {
    f"keras.{name}": entry
    for name, entry in sorted({**_MODEL, **_OBJECTS, **_CALLS, **_operations()}.items())
}
