"""PyTorch: optimizers, learning-rate schedulers and the gradient scaler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nnlint.knowledge.spec import Action, Effect, Entry, Keep, Optimizer, call

__all__ = ["OPTIMIZERS"]

_OPTIM = "torch.optim"
_SCHEDULER = "torch.optim.lr_scheduler"

_CLASSES = {
    "ASGD": ("params lr lambd alpha t0 weight_decay foreach maximize ...", 0.01),
    "Adadelta": ("params lr rho eps weight_decay foreach * capturable maximize ...", 1.0),
    "Adafactor": ("params lr beta2_decay eps d weight_decay * foreach maximize", 0.01),
    "Adagrad": ("params lr lr_decay weight_decay initial_accumulator_value eps foreach * maximize ...", 0.01),
    "Adam": ("params lr betas eps weight_decay amsgrad * foreach maximize ...", 0.001),
    "AdamW": ("params lr betas eps weight_decay amsgrad * maximize ...", 0.001),
    "Adamax": ("params lr betas eps weight_decay foreach * maximize ...", 0.002),
    "LBFGS": ("params lr max_iter max_eval tolerance_grad tolerance_change history_size line_search_fn", 1),
    "Muon": ("params lr weight_decay momentum nesterov ...", 0.001),
    "NAdam": (
        "params lr betas eps weight_decay momentum_decay decoupled_weight_decay * foreach maximize ...",
        0.002,
    ),
    "RAdam": ("params lr betas eps weight_decay decoupled_weight_decay * foreach maximize ...", 0.001),
    "RMSprop": (
        "params lr alpha eps weight_decay momentum centered capturable foreach maximize ...", 0.01,
    ),
    "Rprop": ("params lr etas step_sizes * capturable foreach maximize ...", 0.01),
    "SGD": ("params lr momentum dampening weight_decay nesterov * maximize ...", 0.001),
    "SparseAdam": ("params lr betas eps maximize", 0.001),
}  # fmt: skip
"""Constructor parameters and default learning rate."""

_METHODS: Mapping[str, tuple[str, Effect]] = {
    "add_param_group": ("param_group", Action("register", "param_group")),
    "load_state_dict": ("state_dict", Action("load")),
    "state_dict": ("", Action("state")),
    "step": ("closure", Action("step")),
    "zero_grad": ("set_to_none", Action("zero_grad")),
}

_SCHEDULERS = {
    "ConstantLR": "optimizer factor total_iters last_epoch",
    "CosineAnnealingLR": "optimizer T_max eta_min last_epoch",
    "CosineAnnealingWarmRestarts": "optimizer T_0 T_mult eta_min last_epoch",
    "CyclicLR": "optimizer base_lr max_lr step_size_up step_size_down mode ...",
    "ExponentialLR": "optimizer gamma last_epoch",
    "LambdaLR": "optimizer lr_lambda last_epoch",
    "LinearLR": "optimizer start_factor end_factor total_iters last_epoch",
    "MultiStepLR": "optimizer milestones gamma last_epoch",
    "MultiplicativeLR": "optimizer lr_lambda last_epoch",
    "OneCycleLR": "optimizer max_lr total_steps epochs steps_per_epoch ...",
    "PolynomialLR": "optimizer total_iters power last_epoch",
    "ReduceLROnPlateau": "optimizer mode factor patience ...",
    "SequentialLR": "optimizer schedulers milestones last_epoch",
    "StepLR": "optimizer step_size gamma last_epoch",
}

DECAYS = frozenset(
    f"{_SCHEDULER}.{name}"
    for name in (
        "CosineAnnealingLR", "CosineAnnealingWarmRestarts", "ExponentialLR", "MultiStepLR", "PolynomialLR",
        "ReduceLROnPlateau", "StepLR",
    )
)  # fmt: skip
"""Schedulers that begin with the optimizer's own rate and lower it."""

_SCHEDULER_METHODS: Mapping[str, tuple[str, Effect]] = {
    "LRScheduler.get_last_lr": ("", Action("state")),
    "LRScheduler.load_state_dict": ("state_dict", Action("load")),
    "LRScheduler.state_dict": ("", Action("state")),
    "LRScheduler.step": ("epoch", Action("scheduler_step")),
    "ReduceLROnPlateau.step": ("metrics epoch", Action("scheduler_step")),
}

_SCALER_METHODS: Mapping[str, tuple[str, Effect]] = {
    "get_scale": ("", Action("state")),
    "load_state_dict": ("state_dict", Action("load")),
    "scale": ("outputs", Keep("outputs")),
    "state_dict": ("", Action("state")),
    "step": ("optimizer *args **kwargs", Action("step", "optimizer")),
    "unscale_": ("optimizer", Action("unscale", "optimizer")),
    "update": ("new_scale", Action("update")),
}
_SCALER = "init_scale growth_factor backoff_factor growth_interval enabled"


def _optimizers() -> Mapping[str, Entry]:
    """The optimizers and the methods they share."""
    table = {f"{_OPTIM}.Optimizer.{name}": call(*method) for name, method in _METHODS.items()}
    for name, (params, lr) in _CLASSES.items():
        options: dict[str, object] = {"lr": lr}
        if maximize := "maximize" if "maximize" in params.split() else "":
            options[maximize] = False
        does = Optimizer("params", "lr", maximize)
        entry = call(params, does, isa=f"{_OPTIM}.Optimizer")
        table[f"{_OPTIM}.{name}"] = replace(entry, defaults=options)
    return table


def _schedulers() -> Mapping[str, Entry]:
    """The schedulers: each takes the optimizer whose learning rates it sets."""
    made, base = Action("scheduler", "optimizer"), f"{_SCHEDULER}.LRScheduler"
    table = {f"{_SCHEDULER}.{name}": call(*method) for name, method in _SCHEDULER_METHODS.items()}
    table |= {f"{_SCHEDULER}.{name}": call(params, made, isa=base) for name, params in _SCHEDULERS.items()}
    table[f"{_SCHEDULER}.ChainedScheduler"] = call("schedulers optimizer", made, isa=base)
    table[f"{_OPTIM}.swa_utils.SWALR"] = call("optimizer swa_lr anneal_epochs ...", made, isa=base)
    return table


def _scaler() -> Mapping[str, Entry]:
    """The gradient scaler of mixed precision; its CUDA name does not take the device first."""
    name, made = "torch.amp.GradScaler", Action("scaler")
    return {
        name: call(f"device {_SCALER}", made, isa=name),
        "torch.cuda.amp.GradScaler": call(_SCALER, made, isa=name),
        **{f"{name}.{method}": call(*what) for method, what in _SCALER_METHODS.items()},
    }


OPTIMIZERS: Mapping[str, Entry] = dict(sorted({**_optimizers(), **_scaler(), **_schedulers()}.items()))
