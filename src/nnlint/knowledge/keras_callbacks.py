"""Keras callbacks that choose by what they watch: when to stop, which weights to keep, how fast to learn."""

from __future__ import annotations

from nnlint.knowledge.spec import Action, Entry, build

__all__ = ["CALLBACKS"]

CALLBACKS: dict[str, Entry] = {
    "keras.callbacks.EarlyStopping": build(
        "monitor min_delta patience ...", Action("stop", ""), operands="", monitor="val_loss"
    ),
    "keras.callbacks.LearningRateScheduler": build("schedule verbose", Action("schedule", ""), operands=""),
    "keras.callbacks.ModelCheckpoint": build(
        "filepath monitor verbose save_best_only ...",
        Action("save", ""),
        operands="",
        monitor="val_loss",
        save_best_only=False,
    ),
    "keras.callbacks.ReduceLROnPlateau": build(
        "monitor factor patience ...", Action("stop", ""), operands="", monitor="val_loss"
    ),
}
