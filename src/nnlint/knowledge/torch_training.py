"""PyTorch: gradients, modes, mixed precision, initialisation, seeds, saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nnlint.knowledge.spec import Action, Compute, Effect, Entry, Initializer, Load, Minimize, call

__all__ = ["TRAINING"]

_INIT = {
    "constant_": "tensor val",
    "dirac_": "tensor groups",
    "eye_": "tensor",
    "kaiming_normal_": "tensor a mode nonlinearity generator",
    "kaiming_uniform_": "tensor a mode nonlinearity generator",
    "normal_": "tensor mean std generator",
    "ones_": "tensor",
    "orthogonal_": "tensor gain generator",
    "sparse_": "tensor sparsity std generator",
    "trunc_normal_": "tensor mean std a b generator",
    "uniform_": "tensor a b generator",
    "xavier_normal_": "tensor gain generator",
    "xavier_uniform_": "tensor gain generator",
    "zeros_": "tensor",
}
_INIT_OLD = (
    "constant", "dirac", "eye", "kaiming_normal", "kaiming_uniform", "normal", "orthogonal", "sparse",
    "uniform", "xavier_normal", "xavier_uniform",
)  # fmt: skip

_STARTS: Mapping[str, Effect] = {
    "constant_": Initializer("constant", "val", operand="tensor"),
    "normal_": Initializer("normal", "std", operand="tensor"),
    "ones_": Initializer("constant", fixed=1.0, operand="tensor"),
    "trunc_normal_": Initializer("normal", "std", operand="tensor"),
    "uniform_": Initializer("uniform", "b", operand="tensor"),
    "zeros_": Initializer("constant", operand="tensor"),
}
"""The initialisers that pay no heed to the size of a layer."""
_DEFAULTS = {"normal_": {"std": 1.0}, "trunc_normal_": {"std": 1.0}, "uniform_": {"b": 1.0}}

_CALLS: Mapping[str, tuple[str, Effect]] = {
    "torch.amp.autocast": ("device_type dtype enabled cache_enabled", Action("autocast", "")),
    "torch.autograd.backward": ("tensors grad_tensors retain_graph create_graph ...", Minimize("tensors")),
    "torch.autograd.functional.hessian": ("func inputs ...", Action("gradients", "inputs")),
    "torch.autograd.functional.jacobian": ("func inputs ...", Action("gradients", "inputs")),
    "torch.autograd.grad": (
        "outputs inputs grad_outputs retain_graph create_graph ...", Action("gradients", "outputs"),
    ),
    "torch.autograd.set_detect_anomaly": ("mode check_nan", Action("debug", "")),
    "torch.cuda.amp.autocast": ("enabled dtype cache_enabled", Action("autocast", "")),
    "torch.cuda.manual_seed": ("seed", Action("seed", "seed")),
    "torch.cuda.manual_seed_all": ("seed", Action("seed", "seed")),
    "torch.distributions.Bernoulli": ("probs logits validate_args", Compute("probs")),
    "torch.distributions.Categorical": ("probs logits validate_args", Compute("probs")),
    "torch.distributions.Normal": ("loc scale validate_args", Compute("loc")),
    "torch.distributions.kl_divergence": ("p q", Compute("p")),
    "torch.enable_grad": ("orig_func", Action("enable_grad", "")),
    "torch.func.functional_call": (
        "module parameter_and_buffer_dicts args kwargs ...", Compute("args"),
    ),
    "torch.inference_mode": ("mode", Action("no_grad", "")),
    "torch.load": ("f map_location pickle_module ...", Load("dataset")),
    "torch.manual_seed": ("seed", Action("seed", "seed")),
    "torch.nn.utils.clip_grad_norm_": ("parameters max_norm norm_type ...", Action("clip", "parameters")),
    "torch.nn.utils.clip_grad_value_": ("parameters clip_value ...", Action("clip", "parameters")),
    "torch.nn.utils.rnn.pack_padded_sequence": (
        "input lengths batch_first enforce_sorted", Compute(),
    ),
    "torch.nn.utils.rnn.pack_sequence": ("sequences enforce_sorted", Compute("sequences")),
    "torch.nn.utils.rnn.pad_packed_sequence": (
        "sequence batch_first padding_value total_length", Compute("sequence"),
    ),
    "torch.no_grad": ("", Action("no_grad", "")),
    "torch.optim.swa_utils.update_bn": ("loader model device", Action("train", "model")),
    "torch.save": ("obj f ...", Action("save", "obj")),
    "torch.set_grad_enabled": ("mode", Action("set_grad_enabled", "mode")),
    "torch.utils.checkpoint.checkpoint": ("function *args ...", Compute("args")),
}  # fmt: skip


def _initialisers() -> Mapping[str, Entry]:
    """Initialisers overwrite a parameter in place; the names without underscore are the old spelling."""
    table = {name: call(params, Action("initialize", "tensor")) for name, params in _INIT.items()}
    table |= {
        name: replace(table[name], does=does, defaults=_DEFAULTS.get(name, {}))
        for name, does in _STARTS.items()
    }
    table |= {name: call("*args **kwargs", Action("initialize", "args")) for name in _INIT_OLD}
    return {f"torch.nn.init.{name}": entry for name, entry in table.items()}


TRAINING: Mapping[str, Entry] = dict(
    sorted({**{name: call(*what) for name, what in _CALLS.items()}, **_initialisers()}.items())
)
