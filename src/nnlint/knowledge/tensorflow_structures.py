"""TensorFlow: nested structures, ragged and sparse tensors, tensor arrays, images and linear algebra."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Action, Compute, Constant, Entry, Keep, Make, call

__all__ = ["INSTALLED_AS", "STRUCTURES"]

_RAGGED = "tensorflow.RaggedTensor"
_ARRAY = "tensorflow.TensorArray"
_SHAPE = "tensorflow.TensorShape"

_COMPUTE: Mapping[str, str] = {
    "a": "matvec matrix_transpose",
    "contents": "image.decode_gif io.decode_gif io.decode_image io.decode_jpeg io.decode_png",
    "data": "ragged.boolean_mask",
    "diagonal": "tensor_diag",
    "image": "image.encode_jpeg image.encode_png io.encode_jpeg io.encode_png",
    "images": "image.hsv_to_rgb image.rgb_to_hsv",
    "indices": "unravel_index",
    "input": (
        "as_string band_part batch_to_space det inv set_diag signal.fft signal.fft2d signal.ifft "
        "signal.ifft2d strings.as_string strings.unicode_split strings.unicode_decode"
    ),
    "input_tensor": "signal.irfft signal.irfft2d signal.rfft2d",
    "matrix": "logdet solve",
    "params": "nn.embedding_lookup_sparse",
    "pred_fn_pairs": "case",
    "tensor": "eigh sparse.from_dense tensor_scatter_nd_max tensor_scatter_nd_min tensor_scatter_nd_sub",
    "values": "ragged.stack",
    "x": (
        "bitwise.bitwise_and bitwise.bitwise_or bitwise.bitwise_xor bitwise.left_shift bitwise.right_shift "
        "div_no_nan floormod multiply_no_nan"
    ),
}
"""The first parameter of each, which carries the data, and the functions that have it."""

_KEEP: Mapping[str, str] = {
    "images": "image.resize_bicubic",
    "x": "to_bfloat16",
}
_LOOKS: Mapping[str, str] = {
    "dimension": "compat.dimension_value",
    "nest1": "nest.assert_same_structure",
    "seq": "nest.is_nested",
    "shape": "compat.dimension_at_index",
    "tensor": "assert_type get_static_value",
    "x": (
        "assert_equal assert_greater assert_greater_equal assert_integer assert_less assert_less_equal "
        "assert_non_negative assert_positive assert_rank assert_rank_at_least assert_rank_in "
        "is_tensor"
    ),
}
"""Calls that look at what they are given."""

_OBJECTS: Mapping[str, Entry] = {
    "GradientTape.reset": call("", Action("state")),
    "GradientTape.stop_recording": call("", Constant()),
    "GradientTape.watch": call("tensor", Action("state")),
    "IndexedSlices": call("values indices dense_shape", Compute("values")),
    "RaggedTensor.from_row_lengths": call("values row_lengths ...", Compute("values"), isa=_RAGGED),
    "RaggedTensor.from_row_splits": call("values row_splits ...", Compute("values"), isa=_RAGGED),
    "RaggedTensor.from_tensor": call("tensor ...", Compute("tensor"), isa=_RAGGED),
    "RaggedTensor.to_tensor": call("default_value name shape", Compute("self")),
    "SparseTensor": call("indices values dense_shape", Compute("values")),
    "TensorArray": call("dtype size ...", Make(), isa=_ARRAY),
    "TensorArray.concat": call("name", Compute("self")),
    "TensorArray.gather": call("indices name", Compute("self")),
    "TensorArray.read": call("index name", Compute("self")),
    "TensorArray.scatter": call("indices value name", Compute("value")),
    "TensorArray.size": call("name", Make()),
    "TensorArray.stack": call("name", Compute("self")),
    "TensorArray.unstack": call("value name", Keep("self")),
    "TensorArray.write": call("index value name", Keep("self")),
    "TensorShape.concatenate": call("other", Make(), isa=_SHAPE),
    "TensorShape.is_compatible_with": call("other", Make()),
    "TensorShape.merge_with": call("other", Make(), isa=_SHAPE),
    "TensorShape.with_rank_at_least": call("rank", Keep("self")),
    "add_to_collections": call("names value", Action("register", "value")),
    "nest.flatten": call("structure ...", Make()),  # of anything: buffers, variables, specifications
    "nest.map_structure": call("func *structure ...", Make()),
    "nest.pack_sequence_as": call("structure flat_sequence ...", Make()),
    "nn.rnn_cell.LSTMStateTuple": call("c h", Make()),
    "nn.rnn_cell.RNNCell.zero_state": call("batch_size dtype", Constant()),
    "random.categorical": call("logits num_samples ...", Compute("logits", draws=True)),
    "multinomial": call("logits num_samples ...", Compute("logits", draws=True)),
    "random.stateless_binomial": call("shape seed counts probs ...", Constant(random=True)),
    "random.stateless_normal": call("shape seed mean stddev ...", Constant(random=True)),
    "random.stateless_uniform": call("shape seed minval maxval ...", Constant(random=True)),
    "saved_model.save": call("obj export_dir ...", Action("save", "obj")),
    "saved_model.simple_save": call("session export_dir inputs outputs ...", Action("save", "outputs")),
    "train.Checkpoint.read": call("save_path ...", Action("load")),
    "train.Checkpoint.write": call("file_prefix ...", Action("save")),
}

_V1 = (
    "assert_greater assert_greater_equal assert_integer assert_less assert_less_equal "
    "assert_non_negative assert_type assert_positive assert_rank assert_rank_at_least assert_rank_in "
    "add_to_collections div_no_nan floormod image.encode_jpeg image.decode_gif image.resize_bicubic "
    "multinomial saved_model.simple_save to_bfloat16"
)
_LINEAR = "band_part det eigh inv logdet matrix_transpose matvec set_diag solve tensor_diag"
_MATH = "multiply_no_nan"
"""What is reached through `tensorflow.linalg` and `tensorflow.math`, filed without them as the rest is."""

INSTALLED_AS: dict[str, str] = {
    **{f"tensorflow.{name}": f"tensorflow.compat.v1.{name}" for name in _V1.split()},
    "tensorflow.nn.rnn_cell.LSTMStateTuple": (
        "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl.LSTMStateTuple"
    ),
    "tensorflow.nn.rnn_cell.RNNCell.zero_state": (
        "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl.RNNCell.zero_state"
    ),
    **{f"tensorflow.{name}": f"tensorflow.linalg.{name}" for name in _LINEAR.split()},
    **{f"tensorflow.{name}": f"tensorflow.math.{name}" for name in _MATH.split()},
}


def _listed(table: Mapping[str, str], make: type[Compute] | type[Keep]) -> dict[str, Entry]:
    return {
        f"tensorflow.{name}": call(f"{param} ...", make(param))
        for param, names in table.items()
        for name in names.split()
    }


STRUCTURES: dict[str, Entry] = {
    **_listed(_COMPUTE, Compute),
    **_listed(_KEEP, Keep),
    **{
        f"tensorflow.{name}": call(f"{param} ...", Make())
        for param, names in _LOOKS.items()
        for name in names.split()
    },
    **{f"tensorflow.{name}": entry for name, entry in _OBJECTS.items()},
}
