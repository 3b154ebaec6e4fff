"""NN609: gradients are clipped to nothing, or at a bound they never reach."""

from __future__ import annotations

from nnlint.analysis.settings_events import Setting
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_SMALL, _LARGE = 1e-5, 1e4


@rule("NN609", "clip-out-of-range", severity="info", default=False)
def check(setting: Setting) -> Findings:
    """Report bounds that are not positive, tiny or huge."""
    value = setting.value
    if setting.kind not in {"clip-norm", "clip-value"} or value is None:
        return
    if value <= 0:
        yield Finding(
            setting.place, f"{setting.name} clips at {value:g}: no gradient is left", setting.because
        )
    elif value < _SMALL:
        yield Finding(
            setting.place, f"{setting.name} clips at {value:g}: hardly any gradient is left", setting.because
        )
    elif value >= _LARGE:
        yield Finding(
            setting.place, f"{setting.name} clips at {value:g}, which no gradient reaches", setting.because
        )
