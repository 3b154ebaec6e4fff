"""PyTorch Lightning, under its three names; filed under `pytorch_lightning`."""

from __future__ import annotations

from nnlint.knowledge.spec import Action, Base, Framework, Minimize, call

__all__ = ["FRAMEWORK"]

_MODULE = "pytorch_lightning.LightningModule"

FRAMEWORK = Framework(
    name="lightning",
    roots=("lightning", "pytorch_lightning"),
    aliases={
        "lightning": "pytorch_lightning",
        "lightning.pytorch": "pytorch_lightning",
        "pytorch_lightning.core": "pytorch_lightning",
        "pytorch_lightning.core.lightning": "pytorch_lightning",
        "pytorch_lightning.core.module": "pytorch_lightning",
        "pytorch_lightning.utilities.seed.seed_everything": "pytorch_lightning.seed_everything",
    },
    entries={
        f"{_MODULE}.clip_gradients": call("optimizer ...", Action("clip", "optimizer")),
        f"{_MODULE}.freeze": call("", Action("freeze")),
        f"{_MODULE}.log": call("name value ...", Action("log", "value")),
        f"{_MODULE}.log_dict": call("dictionary ...", Action("log", "dictionary")),
        f"{_MODULE}.manual_backward": call("loss *args **kwargs", Minimize("loss")),
        f"{_MODULE}.save_hyperparameters": call("*args ...", Action("log", "args")),
        f"{_MODULE}.unfreeze": call("", Action("freeze")),
        "pytorch_lightning.seed_everything": call("seed workers ...", Action("seed", "seed")),
    },
    bases={
        "pytorch_lightning.LightningDataModule": Base(""),
        _MODULE: Base("forward", isa="torch.nn.Module"),
    },
    inert=(
        f"{_MODULE}.log",
        f"{_MODULE}.log_dict",
        "pytorch_lightning.callbacks",
        "pytorch_lightning.loggers",
    ),
)
