"""PyTorch: `torch.nn.Module` and its methods, containers, wrappers and parameters."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Action, Compute, Constant, Container, Effect, Entry, Keep, build, call

__all__ = ["MODULES"]

_MODULE = "torch.nn.Module"

_METHODS: Mapping[str, tuple[str, Effect]] = {
    "add_module": ("name module", Action("register", "module")),
    "apply": ("fn", Keep("self")),
    "bfloat16": ("", Keep("self")),
    "buffers": ("recurse", Action("buffers")),
    "children": ("", Action("modules")),
    "compile": ("*args **kwargs", Action("compile")),
    "cpu": ("", Keep("self")),
    "cuda": ("device", Keep("self")),
    "double": ("", Keep("self")),
    "eval": ("", Action("eval")),
    "float": ("", Keep("self")),
    "get_parameter": ("target", Action("parameters")),
    "get_submodule": ("target", Action("modules")),
    "half": ("", Keep("self")),
    "load_state_dict": ("state_dict strict assign", Action("load")),
    "modules": ("remove_duplicate", Action("modules")),
    "named_buffers": ("prefix recurse remove_duplicate", Action("buffers")),
    "named_children": ("", Action("modules")),
    "named_modules": ("memo prefix remove_duplicate", Action("modules")),
    "named_parameters": ("prefix recurse remove_duplicate", Action("parameters")),
    "parameters": ("recurse", Action("parameters")),
    "register_backward_hook": ("hook", Action("hook")),
    "register_buffer": ("name tensor persistent", Action("register", "tensor")),
    "register_forward_hook": ("hook ...", Action("hook")),
    "register_forward_pre_hook": ("hook ...", Action("hook")),
    "register_full_backward_hook": ("hook prepend", Action("hook")),
    "register_full_backward_pre_hook": ("hook prepend", Action("hook")),
    "register_module": ("name module", Action("register", "module")),
    "register_parameter": ("name param", Action("register", "param")),
    "requires_grad_": ("requires_grad", Action("freeze")),
    "share_memory": ("", Keep("self")),
    "state_dict": ("*args ...", Action("state")),
    "to": ("device dtype non_blocking", Keep("self")),
    "to_empty": ("* device recurse", Keep("self")),
    "train": ("mode", Action("train")),
    "type": ("dst_type", Keep("self")),
    "xpu": ("device", Keep("self")),
    "zero_grad": ("set_to_none", Action("zero_grad")),
}

_CONTAINERS: Mapping[str, Entry] = {
    "torch.nn.ModuleDict": build("modules", Container("dict", "modules"), operands="*input", isa=_MODULE),
    "torch.nn.ModuleDict.update": call("modules", Action("register", "modules")),
    "torch.nn.ModuleList": build("modules", Container("list", "modules"), operands="*input", isa=_MODULE),
    "torch.nn.ModuleList.append": call("module", Action("register", "module")),
    "torch.nn.ModuleList.extend": call("modules", Action("register", "modules")),
    "torch.nn.ModuleList.insert": call("index module", Action("register", "module")),
    "torch.nn.ParameterDict": build(
        "parameters", Container("dict", "parameters"), operands="*input", isa=_MODULE
    ),
    "torch.nn.ParameterDict.update": call("parameters", Action("register", "parameters")),
    "torch.nn.ParameterList": build("values", Container("list", "values"), operands="*input", isa=_MODULE),
    "torch.nn.ParameterList.append": call("value", Action("register", "value")),
    "torch.nn.ParameterList.extend": call("values", Action("register", "values")),
    "torch.nn.Sequential": build("*args", Container("sequential", "args"), isa=_MODULE),
    "torch.nn.Sequential.append": call("module", Action("register", "module")),
    "torch.nn.Sequential.extend": call("sequential", Action("register", "sequential")),
    "torch.nn.Sequential.insert": call("index module", Action("register", "module")),
}

_WRAPPERS: Mapping[str, Entry] = {
    "torch.compile": call("model * fullgraph dynamic backend mode ...", Keep("model")),
    "torch.distributed.fsdp.FullyShardedDataParallel": build(
        "module ...", Container("wrapper", "module"), operands="*args **kwargs", isa=_MODULE
    ),
    "torch.jit.script": call("obj ...", Container("wrapper", "obj")),
    "torch.jit.trace": call("func example_inputs ...", Container("wrapper", "func")),
    "torch.nn.DataParallel": build(
        "module device_ids output_device dim", Container("wrapper", "module"),
        operands="*inputs **kwargs", isa=_MODULE,
    ),
    "torch.nn.SyncBatchNorm.convert_sync_batchnorm": call("module process_group", Keep("module")),
    "torch.nn.parallel.DistributedDataParallel": build(
        "module device_ids output_device dim ...", Container("wrapper", "module"),
        operands="*inputs **kwargs", isa=_MODULE,
    ),
    "torch.nn.utils.parametrizations.orthogonal": call("module name ...", Keep("module")),
    "torch.nn.utils.parametrizations.spectral_norm": call("module name ...", Keep("module")),
    "torch.nn.utils.parametrizations.weight_norm": call("module name dim", Keep("module")),
    "torch.nn.utils.remove_spectral_norm": call("module name", Keep("module")),
    "torch.nn.utils.remove_weight_norm": call("module name", Keep("module")),
    "torch.nn.utils.spectral_norm": call("module name n_power_iterations eps dim", Keep("module")),
    "torch.nn.utils.weight_norm": call("module name dim", Keep("module")),
    "torch.optim.swa_utils.AveragedModel": build(
        "model device avg_fn multi_avg_fn use_buffers", Container("wrapper", "model"),
        operands="*args **kwargs", isa=_MODULE,
    ),
}  # fmt: skip

_TENSORS: Mapping[str, Entry] = {
    "torch.Tensor": call("*args **kwargs", Constant(), isa="torch.Tensor"),
    "torch.autograd.Variable": call("data requires_grad volatile ...", Keep("data")),
    "torch.nn.Buffer": call("data * persistent", Keep("data"), isa="torch.Tensor"),
    "torch.nn.Parameter": call("data requires_grad", Keep("data", makes="parameter"), isa="torch.Tensor"),
    "torch.nn.utils.parameters_to_vector": call("parameters", Compute("parameters")),
    "torch.nn.utils.vector_to_parameters": call("vec parameters", Action("load", "parameters")),
}


def _methods() -> Mapping[str, Entry]:
    """The methods every module has; those that keep the module return it."""
    returns_itself = ("eval", "requires_grad_", "train")
    return {
        f"{_MODULE}.{name}": call(
            params, does, isa=_MODULE if isinstance(does, Keep) or name in returns_itself else ""
        )
        for name, (params, does) in _METHODS.items()
    }


MODULES: Mapping[str, Entry] = dict(sorted({**_methods(), **_CONTAINERS, **_TENSORS, **_WRAPPERS}.items()))
