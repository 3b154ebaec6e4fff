"""Functions that do nothing but call the function they are given: where a program really begins."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["RUNNERS", "TRAINING_STEPS", "Runner"]


class Runner(NamedTuple):
    """How a function is called back.

    function: the parameter that holds it, with its position. args: the parameter with the arguments.
    first: how many arguments come before those. main: what is called where nothing is given.
    """

    function: str
    position: int
    args: str = ""
    first: int = 0
    main: str = ""


_APP = Runner("main", 0, first=1, main="main")

RUNNERS: dict[str, Runner] = {
    "absl.app.run": _APP,
    "fire.Fire": Runner("component", 0),
    "multiprocessing.Process": Runner("target", 1, "args"),
    "tensorflow.app.run": _APP,
    "tensorflow.compat.v1.app.run": _APP,
    "threading.Thread": Runner("target", 1, "args"),
    "torch.multiprocessing.Process": Runner("target", 1, "args"),
    "torch.multiprocessing.spawn": Runner("fn", 0, "args", 1),
    "torch_xla.distributed.xla_multiprocessing.spawn": Runner("fn", 0, "args", 1),
    "typer.run": Runner("function", 0),
}

TRAINING_STEPS = {"pytorch_lightning.LightningModule": "training_step"}
"""The method that a trainer runs on every batch of the training data."""
