"""Everything that the trace of a run shows to be missing or out of order."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.trace import trace_of
from nnlint.analysis.trace_graph import graph_faults
from nnlint.analysis.trace_keras import keras_faults
from nnlint.analysis.trace_left_modes import left_mode_faults
from nnlint.analysis.trace_loaded import loaded_faults
from nnlint.analysis.trace_modes import mode_faults
from nnlint.analysis.trace_order import order_faults
from nnlint.analysis.trace_parameters import parameter_faults
from nnlint.analysis.trace_predictions import prediction_faults
from nnlint.analysis.trace_steps import step_faults
from nnlint.analysis.trace_tapes import tape_faults
from nnlint.analysis.trace_unknown_modes import gradient_faults, unknown_mode_faults
from nnlint.analysis.training_events import Fault

__all__ = ["faults"]


def faults(machine: Machine) -> list[Fault]:
    """The faults of one finished run."""
    trace = trace_of(machine)
    if not trace.acts:
        return []
    return [
        *step_faults(trace),
        *mode_faults(trace),
        *unknown_mode_faults(trace),
        *left_mode_faults(trace),
        *loaded_faults(trace),
        *prediction_faults(trace),
        *gradient_faults(trace),
        *parameter_faults(trace),
        *order_faults(trace),
        *graph_faults(trace, machine),
        *keras_faults(trace),
        *tape_faults(trace),
    ]
