"""Puts the engine together: fills in what its modules call of those above them."""

from __future__ import annotations

from nnlint.analysis.above import above
from nnlint.analysis.assigning import assign_to
from nnlint.analysis.builtins import call_builtin
from nnlint.analysis.calls import call_value, is_network
from nnlint.analysis.effects.dispatch import (
    apply_built,
    apply_external,
    apply_items,
    apply_method,
    container_from_init,
)
from nnlint.analysis.effects.linking import rehomed
from nnlint.analysis.effects.shaping import shaped_arithmetic
from nnlint.analysis.expressions import evaluate
from nnlint.analysis.modules import define_lazily, execute_module, resolve
from nnlint.analysis.modules_made import note_forward_call, note_handed_out, note_no_result, note_set
from nnlint.analysis.objects import framework_base
from nnlint.analysis.plain import decorates_plainly
from nnlint.analysis.rows import write_back
from nnlint.analysis.statements import execute

__all__ = ["link"]


def link() -> None:
    """Before anything is interpreted."""
    above.apply_built = apply_built
    above.apply_external = apply_external
    above.apply_items = apply_items
    above.apply_method = apply_method
    above.assign_to = assign_to
    above.call_builtin = call_builtin
    above.call_value = call_value
    above.container_from_init = container_from_init
    above.decorates_plainly = decorates_plainly
    above.define_lazily = define_lazily
    above.evaluate = evaluate
    above.execute = execute
    above.execute_module = execute_module
    above.framework_base = framework_base
    above.is_network = is_network
    above.note_forward_call = note_forward_call
    above.note_handed_out = note_handed_out
    above.note_no_result = note_no_result
    above.note_set = note_set
    above.rehomed = rehomed
    above.resolve = resolve
    above.shaped_arithmetic = shaped_arithmetic
    above.write_back = write_back
