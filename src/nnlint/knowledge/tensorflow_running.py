"""TensorFlow: what surrounds a model (scopes, collections, savers, queues), and plain operations."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import (
    Action,
    Compute,
    Constant,
    Detach,
    Either,
    Entry,
    Keep,
    Layer,
    Load,
    Make,
    call,
)

__all__ = ["INSTALLED_AS", "RUNNING"]

_SET = "tensorflow.data.Dataset"
_GRAPH = "tensorflow.Graph"
_SCOPE = "tensorflow.VariableScope"
_SHAPE = "tensorflow.TensorShape"

_COMPUTE: Mapping[str, str] = {
    "*args": "meshgrid",
    "a": "cross igamma image.psnr",
    "arr": "bincount",
    "boxes": "image.non_max_suppression",
    "checkpoint_dir": "train.get_checkpoint_state train.latest_checkpoint",
    "contents": "image.decode_and_crop_jpeg image.decode_image image.extract_jpeg_shape",
    "counts": "nn.normalize_moments",
    "data": "dynamic_partition segment_mean segment_sum unsorted_segment_sum",
    "diagonal": "diag matrix_diag",
    "filename": "io.read_file read_file",
    "fn": "foldl foldr scan vectorized_map",
    "func": "py_function",
    "graph": "train.create_global_step train.get_global_step train.get_or_create_global_step",
    "hypothesis": "edit_distance",
    "image": (
        "image.adjust_brightness image.adjust_hue image.adjust_saturation "
        "image.convert_image_dtype image.crop_and_resize "
        "image.image_gradients image.per_image_standardization image.random_brightness "
        "image.random_contrast image.random_hue image.random_saturation"
    ),
    "image_size": "image.sample_distorted_bounding_box",
    "images": (
        "extract_image_patches image.adjust_contrast image.draw_bounding_boxes image.extract_patches "
        "image.grayscale_to_rgb image.rgb_to_grayscale image.total_variation"
    ),
    "img1": "image.ssim",
    "indices": "dynamic_stitch scatter_nd",
    "input": (
        "bitcast decode_base64 diag_part imag matrix_band_part matrix_determinant matrix_diag_part "
        "matrix_inverse nn.max_pool_with_argmax rank real roll shape shape_n size strings.split"
    ),
    "input_bytes": "decode_raw io.decode_raw",
    "input_tensor": "signal.rfft",
    "inputs": "nn.ctc_beam_search_decoder nn.ctc_greedy_decoder strings.join",
    "learning_rate": (
        "train.cosine_decay train.exponential_decay train.inverse_time_decay train.natural_exp_decay "
        "train.polynomial_decay"
    ),
    "matrix": "matrix_solve",
    "real": "complex",
    "records": "decode_csv",
    "scalar": "scalar_mul",
    "scope": "losses.get_losses losses.get_regularization_loss losses.get_regularization_losses",
    "serialized": "io.parse_example io.parse_single_example parse_example parse_single_example",
    "shape": "random.gamma random_gamma",
    "shape_x": "broadcast_dynamic_shape broadcast_static_shape",
    "signal": "signal.frame",
    "signals": "signal.stft",
    "params": "batch_gather",
    "sorted_sequence": "searchsorted",
    "source": "string_split",
    "sp_a": "sparse.sparse_dense_matmul sparse_tensor_dense_matmul",
    "sp_input": "sparse.to_dense sparse_tensor_to_dense",
    "sparse_indices": "sparse_to_dense",
    "stfts": "signal.inverse_stft",
    "string_tensor": "train.string_input_producer",
    "t": "clip_by_average_norm",
    "t_list": "global_norm",
    "tensor": "self_adjoint_eig svd tensor_scatter_nd_add tensor_scatter_nd_update",
    "tensors_list": "train.batch_join train.shuffle_batch_join",
    "tensor_list": "train.slice_input_producer",
    "tensors": "train.batch train.shuffle_batch",
    "value": "nn.fractional_max_pool",
    "values": "histogram_fixed_width",
    "x": (
        "atanh acos acosh asin asinh atan cosh cumprod digamma erfc invert_permutation is_finite is_inf "
        "is_nan lbeta lgamma logical_not logical_xor nn.sufficient_statistics nn.weighted_moments "
        "realdiv reciprocal rint setdiff1d sinh tan trace train.piecewise_constant truncatediv unique "
        "unique_with_counts"
    ),
    "y": "atan2",
    "ys": "hessians",
}
"""The first parameter of each, which carries the data, and the functions that have it."""

_KEEP: Mapping[str, str] = {
    "image": (
        "image.central_crop image.crop_to_bounding_box image.flip_left_right image.flip_up_down "
        "image.pad_to_bounding_box image.random_flip_left_right image.random_flip_up_down "
        "image.resize_image_with_crop_or_pad image.resize_with_crop_or_pad image.resize_with_pad "
        "image.rot90 image.transpose"
    ),
    "input": (
        "depth_to_space nn.depth_to_space nn.space_to_depth reverse_sequence space_to_batch space_to_depth"
    ),
    "pylist": "ragged.constant",
    "tensors": "tuple",
    "value": "image.random_crop random_crop",
}
"""The same for those that keep the meaning of their operand."""

_OBJECTS: Mapping[str, Entry] = {
    "ConfigProto": call("...", Make()),
    "GPUOptions": call("...", Make()),
    "Graph": call("", Make(), isa=_GRAPH),
    "Graph.as_default": call("", Keep("self")),
    "Graph.as_graph_def": call("from_version ...", Make()),
    "Graph.finalize": call("", Action("state")),
    "Graph.get_collection": call("name scope", Compute("name")),
    "Graph.get_name_scope": call("", Make()),
    "Graph.get_operation_by_name": call("name", Compute("name")),
    "Graph.get_operations": call("", Compute("self")),
    "Graph.get_tensor_by_name": call("name", Compute("name")),
    "GraphDef": call("...", Make(), isa="tensorflow.GraphDef"),
    "GraphDef.ParseFromString": call("", Action("load")),
    "Session.as_default": call("", Keep("self")),
    "Session.close": call("", Action("state")),
    "Tensor.get_shape": call("", Make(), isa=_SHAPE),
    "Tensor.set_shape": call("shape", Action("state")),
    "TensorShape": call("dims", Make(), isa=_SHAPE),
    "TensorShape.as_list": call("", Make()),
    "TensorShape.assert_is_compatible_with": call("other", Make()),
    "TensorShape.assert_has_rank": call("rank", Make()),
    "TensorShape.is_fully_defined": call("", Make()),
    "TensorShape.num_elements": call("", Make()),
    "TensorShape.with_rank": call("rank", Keep("self")),
    "VariableScope.global_variables": call("", Compute("self")),
    "VariableScope.reuse_variables": call("", Action("state")),
    "VariableScope.set_custom_getter": call("custom_getter", Action("state")),
    "VariableScope.set_initializer": call("initializer", Action("state")),
    "VariableScope.trainable_variables": call("", Compute("self")),
    "get_default_graph": call("", Make(), isa=_GRAPH),
    "get_variable_scope": call("", Make(), isa=_SCOPE),
    "train.Checkpoint": call("root **kwargs", Make(), isa="tensorflow.train.Checkpoint"),
    "train.Checkpoint.restore": call("save_path ...", Action("load")),
    "train.Checkpoint.save": call("file_prefix ...", Action("save")),
    "train.CheckpointManager": call(
        "checkpoint directory ...", Make(), isa="tensorflow.train.CheckpointManager"
    ),
    "train.CheckpointManager.restore_or_initialize": call("", Action("load")),
    "train.CheckpointManager.save": call("checkpoint_number ...", Action("save")),
    "train.Coordinator": call("clean_stop_exception_types", Make(), isa="tensorflow.train.Coordinator"),
    "train.Coordinator.join": call("threads ...", Action("state")),
    "train.Coordinator.request_stop": call("ex", Action("state")),
    "train.Coordinator.should_stop": call("", Action("state")),
    "train.Saver.export_meta_graph": call("filename ...", Action("save")),
    "train.ExponentialMovingAverage": call(
        "decay num_updates ...", Make(), isa="tensorflow.train.ExponentialMovingAverage"
    ),
    "train.ExponentialMovingAverage.apply": call("var_list", Action("register", "var_list")),
    "train.ExponentialMovingAverage.average": call("var", Detach("var")),
    "train.ExponentialMovingAverage.variables_to_restore": call("...", Make()),
    "train.start_queue_runners": call("sess coord ...", Action("state")),
    "train.write_graph": call("graph_or_graph_def logdir name ...", Action("save")),
}  # fmt: skip

_GRAPHS: Mapping[str, Entry] = {
    "Variable.eval": call("session", Detach("self")),
    "Variable.initialized_value": call("", Constant()),
    "Variable.load": call("value ...", Action("load", "value")),
    "Variable.scatter_nd_update": call("indices updates ...", Action("load", "updates")),
    "add_to_collection": call("name value", Action("register", "value")),
    "assign": call("ref value ...", Keep("value")),
    "assign_add": call("ref value ...", Compute("value")),
    "assign_sub": call("ref value ...", Compute("value")),
    "cond": call("pred true_fn false_fn ...", Either("true_fn", "false_fn")),
    "control_dependencies": call("control_inputs", Constant()),
    "check_numerics": call("tensor message ...", Keep("tensor")),
    "colocate_with": call("op ...", Constant()),
    "device": call("...", Constant()),
    "get_collection": call("key scope", Compute("key")),
    "global_variables": call("scope", Compute("scope")),
    "import_graph_def": call("graph_def input_map ...", Action("load", "graph_def")),
    "local_variables": call("scope", Compute("scope")),
    "name_scope": call("name ...", Constant()),
    "nn.batch_norm_with_global_normalization": call("...", Compute("")),
    "no_op": call("name", Constant()),
    "nn.pool": call("input window_shape pooling_type ...", Layer("pool", "input")),
    "op_scope": call("...", Constant(), until="1.0"),
    "reset_default_graph": call("", Action("state")),
    "train.init_from_checkpoint": call("ckpt_dir_or_file assignment_map", Action("load")),
    "trainable_variables": call("scope", Compute("scope")),
    "variable_scope": call("name_or_scope default_name values ...", Make()),
    "scatter_update": call("ref indices updates ...", Action("load", "updates")),
    "while_loop": call("cond body loop_vars ...", Compute("loop_vars")),
}

_PIPELINES: Mapping[str, Entry] = {
    "apply": call("transformation_func", Compute("self"), isa=_SET),
    "as_numpy_iterator": call("", Keep("self")),
    "concatenate": call("dataset ...", Compute("dataset"), isa=_SET),
    "enumerate": call("start ...", Compute("self"), isa=_SET),
    "filter": call("predicate ...", Keep("self"), isa=_SET),
    "flat_map": call("map_func ...", Compute("self"), isa=_SET),
    "from_tensors": call("tensors name", Keep("tensors"), isa=_SET),
    "interleave": call("map_func cycle_length ...", Compute("self"), isa=_SET),
    "list_files": call("file_pattern shuffle seed name", Load("dataset"), isa=_SET, shuffle=None),
    "make_initializable_iterator": call("shared_name", Make(), isa="tensorflow.data.Iterator"),
    "make_one_shot_iterator": call("", Make(), isa="tensorflow.data.Iterator"),
    "padded_batch": call("batch_size padded_shapes ...", Keep("self"), isa=_SET),
    "shard": call("num_shards index ...", Keep("self"), isa=_SET),
    "unbatch": call("name", Keep("self"), isa=_SET),
    "with_options": call("options name", Keep("self"), isa=_SET),
    "zip": call("*args ...", Keep("args"), isa=_SET),
}
_READERS: Mapping[str, Entry] = {
    "data.FixedLengthRecordDataset": call("filenames record_bytes ...", Load("dataset"), isa=_SET),
    "data.Iterator.get_next": call("...", Compute("")),
    "data.TextLineDataset": call("filenames ...", Load("dataset"), isa=_SET),
    "data.make_initializable_iterator": call("dataset ...", Make(), isa="tensorflow.data.Iterator"),
    "data.make_one_shot_iterator": call("dataset", Make(), isa="tensorflow.data.Iterator"),
}


def _listed(table: Mapping[str, str], does: type[Compute] | type[Keep]) -> dict[str, Entry]:
    """One entry for each function of a table by parameter."""
    return {
        name: call(f"{param} ...", does(param.lstrip("*")))
        for param, names in table.items()
        for name in names.split()
    }


_ALL: Mapping[str, Entry] = {
    **_listed(_COMPUTE, Compute),
    **_listed(_KEEP, Keep),
    **_OBJECTS,
    **_GRAPHS,
    **{f"data.Dataset.{name}": entry for name, entry in _PIPELINES.items()},
    **_READERS,
}
RUNNING: dict[str, Entry] = {f"tensorflow.{name}": entry for name, entry in _ALL.items()}

_V1 = (
    "bincount clip_by_average_norm cross cumprod decode_base64 decode_csv decode_raw "
    "depth_to_space diag diag_part digamma erfc extract_image_patches global_norm igamma imag "
    "image.resize_image_with_crop_or_pad invert_permutation is_finite is_inf is_nan lbeta lgamma "
    "logical_xor losses.get_losses losses.get_regularization_loss "
    "losses.get_regularization_losses matrix_band_part matrix_determinant matrix_diag "
    "matrix_diag_part matrix_inverse matrix_solve parse_example parse_single_example "
    "random_crop random_gamma read_file real reciprocal rint segment_mean segment_sum "
    "self_adjoint_eig setdiff1d space_to_depth sparse_tensor_dense_matmul sparse_tensor_to_dense "
    "sparse_to_dense string_split svd trace train.batch train.batch_join train.cosine_decay "
    "train.shuffle_batch_join train.Saver.export_meta_graph GraphDef.ParseFromString "
    "train.create_global_step train.exponential_decay train.get_global_step "
    "train.get_or_create_global_step train.inverse_time_decay train.natural_exp_decay "
    "train.piecewise_constant train.polynomial_decay train.shuffle_batch "
    "train.slice_input_producer train.string_input_producer unsorted_segment_sum "
    "ConfigProto GPUOptions GraphDef Session.as_default Session.close VariableScope "
    "VariableScope.global_variables "
    "VariableScope.reuse_variables VariableScope.set_custom_getter "
    "VariableScope.set_initializer VariableScope.trainable_variables scatter_update "
    "add_to_collection "
    "assign assign_add assign_sub get_collection get_default_graph get_variable_scope "
    "batch_gather check_numerics colocate_with global_variables local_variables "
    "nn.batch_norm_with_global_normalization reset_default_graph "
    "train.init_from_checkpoint train.start_queue_runners train.write_graph "
    "trainable_variables variable_scope Variable.initialized_value "
    "Variable.load data.Dataset.make_initializable_iterator data.Dataset.make_one_shot_iterator "
    "data.make_initializable_iterator data.make_one_shot_iterator"
)
"""What lives on in `tensorflow.compat.v1` only."""
INSTALLED_AS: dict[str, str] = {f"tensorflow.{name}": f"tensorflow.compat.v1.{name}" for name in _V1.split()}
