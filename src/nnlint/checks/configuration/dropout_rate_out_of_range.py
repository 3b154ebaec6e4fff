"""NN603: a dropout rate that drops all or is no rate, a keep rate in its place, or dropout on the output."""

from __future__ import annotations

from nnlint.analysis.settings_events import DroppedScores, Setting
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN603", "dropout-rate-out-of-range")
def check(event: Setting | DroppedScores) -> Findings:
    """Report rates outside [0, 1), keep probabilities given as rates, and dropout before the loss."""
    if isinstance(event, DroppedScores):
        yield from _on_output(event)
        return
    problem = ""
    if event.kind == "drop-rate":
        problem = _dropped(event)
    elif event.kind == "keep-probability":
        problem = _kept(event)
    if problem:
        yield Finding(event.place, f"{event.name} {problem}", event.because)


def _on_output(event: DroppedScores) -> Findings:
    chain = event.chain
    if chain.dropout is None or chain.kind != "dense":
        return
    message = f"dropout sets some of the outputs of {chain.name} to zero before {event.name} compares them"
    yield Finding(chain.dropout.place, message, (Origin(event.place, "the loss is computed here"),))


def _dropped(setting: Setting) -> str:
    value = setting.value
    if value is not None and not 0 <= value < 1:
        return f"gets the drop rate {value:g}" + (": nothing passes" if value == 1 else ", outside [0, 1)")
    misread = value is None or value > 0.5
    if misread and "keep" in setting.text.rpartition(".")[2].lower():
        return f"takes the share to drop, and gets `{setting.text}`, the share to keep"
    return ""


def _kept(setting: Setting) -> str:
    value = setting.value
    if value is not None and not 0 < value <= 1:
        return f"gets the keep probability {value:g}, outside (0, 1]"
    name = setting.text.rpartition(".")[2].lower()
    if "drop" in name and "keep" not in name and not setting.positional and (value is None or value < 0.5):
        return f"takes the share to keep, and gets `{setting.text}`, the share to drop"
    return ""
