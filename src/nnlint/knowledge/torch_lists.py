"""PyTorch: operations on lists of tensors, random generators, the dictionaries of modules, fresh weights."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Action, Compute, Constant, Entry, Keep, Make, call

__all__ = ["LISTS"]

_FOREACH = (
    "add add_ addcdiv addcdiv_ addcmul addcmul_ div div_ lerp lerp_ maximum maximum_ mul mul_ neg neg_ norm "
    "pow reciprocal reciprocal_ sqrt sqrt_ sub sub_ zero_"
)
"""What is done to every tensor of a list; the compiled functions take it first, without a name for it."""

_WITH_WEIGHTS = (
    "BatchNorm1d BatchNorm2d BatchNorm3d Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d "
    "ConvTranspose3d Embedding EmbeddingBag GRU GRUCell GroupNorm InstanceNorm1d InstanceNorm2d "
    "InstanceNorm3d LSTM LSTMCell LayerNorm Linear PReLU RMSNorm RNN RNNCell SyncBatchNorm"
)
"""Layers that can start anew."""

_METHODS: Mapping[str, Entry] = {
    "Generator": call("...", Make(), isa="torch.Generator"),
    "Generator.get_state": call("", Constant()),
    "Generator.initial_seed": call("", Constant()),
    "Generator.manual_seed": call("seed", Keep("self")),
    "Generator.seed": call("", Constant()),
    "Generator.set_state": call("new_state", Action("state")),
    "nn.Module.extra_repr": call("", Constant()),
    "nn.Module.get_buffer": call("target", Action("buffers")),
    "nn.ModuleDict.clear": call("", Action("state")),
    "nn.ModuleDict.items": call("", Action("modules")),
    "nn.ModuleDict.keys": call("", Action("modules")),
    "nn.ModuleDict.pop": call("key", Action("modules")),
    "nn.ModuleDict.values": call("", Action("modules")),
    "nn.MultiheadAttention._reset_parameters": call("", Action("reset")),
    "nn.ParameterDict.get": call("key default", Action("parameters")),
    "nn.ParameterDict.items": call("", Action("parameters")),
    "nn.ParameterDict.keys": call("", Action("modules")),
    "nn.ParameterDict.pop": call("key", Action("parameters")),
    "nn.ParameterDict.values": call("", Action("parameters")),
}

_FUNCTIONS: Mapping[str, Entry] = {
    "Tensor.as_subclass": call("cls", Keep("self"), isa="torch.Tensor"),
    "ao.quantization.convert": call("module ...", Keep("module")),
    "ao.quantization.fuse_modules": call("model modules_to_fuse ...", Keep("model")),
    "ao.quantization.prepare": call("model ...", Keep("model")),
    "ao.quantization.prepare_qat": call("model ...", Keep("model")),
    "view_as_complex": call("input", Keep("input")),
    "view_as_real": call("input", Keep("input")),
    "distributed.nn.all_reduce": call("tensor op group", Compute("tensor")),
    "distributions.Wishart": call("df ...", Compute("df")),
    "sparse_coo_tensor": call("indices values size ...", Compute("values")),
    "sparse_csr_tensor": call("crow_indices col_indices values size ...", Compute("values")),
}

LISTS: Mapping[str, Entry] = {
    f"torch.{name}": entry
    for name, entry in sorted(
        {
            **{f"_foreach_{name}": call("...", Compute("")) for name in _FOREACH.split()},
            **{f"nn.{name}.reset_parameters": call("", Action("reset")) for name in _WITH_WEIGHTS.split()},
            **_METHODS,
            **_FUNCTIONS,
        }.items()
    )
}
