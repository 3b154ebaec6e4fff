"""What modules call of those that are above them and import them in turn.

Meaning is one recursion over all kinds of code: a call runs statements, which evaluate expressions, which
call. An import inside of a function would do as well, but it costs as much as making ten values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from nnlint.ir import nodes as ir

if TYPE_CHECKING:
    from nnlint.analysis.arguments import Args
    from nnlint.analysis.machine import Frame, Machine
    from nnlint.analysis.values import (
        Built,
        Class,
        External,
        Instance,
        Lazy,
        Method,
        Module,
        Obj,
        Place,
        Tensor,
        Value,
    )

__all__ = ["above"]


class Above:
    """Functions by name; what each one does is told where it is defined. `linked` fills them in."""

    __slots__ = (
        "apply_built", "apply_external", "apply_items", "apply_method", "assign_to", "call_builtin",
        "call_value", "container_from_init", "decorates_plainly", "define_lazily", "evaluate", "execute",
        "execute_module", "framework_base", "is_network", "note_forward_call", "note_handed_out",
        "note_no_result", "note_set", "rehomed", "resolve", "shaped_arithmetic", "write_back",
    )  # fmt: skip

    apply_built: Callable[[Machine, Built, Args, ir.Call], Value]
    apply_external: Callable[[Machine, External, Args, ir.Call], Value]
    apply_items: Callable[[Machine, Obj, Value, ir.Call], Value]
    apply_method: Callable[[Machine, Method, Args, ir.Call], Value]
    assign_to: Callable[[Machine, ir.Expr, Value], None]
    call_builtin: Callable[[Machine, str, Args, ir.Call], Value]
    call_value: Callable[[Machine, Value, Args, ir.Call], Value]
    container_from_init: Callable[[Machine, Instance, str, Args], None]
    decorates_plainly: Callable[[Machine, ir.Expr], bool]
    define_lazily: Callable[[Machine, Module, str], None]
    evaluate: Callable[[Machine, ir.Expr], Value]
    execute: Callable[[Machine, ir.Block], int]
    execute_module: Callable[[Machine, Module, ir.ModuleIR], None]
    framework_base: Callable[[Class], str]
    is_network: Callable[[Class], bool]
    note_forward_call: Callable[[Machine, Method, ir.Call], None]
    note_handed_out: Callable[[Machine, Frame], None]
    note_no_result: Callable[[Machine, Frame, bool], None]
    note_set: Callable[[Machine, Instance, str, Value], None]
    rehomed: Callable[[Machine, Place | None, Place, ir.Call], None]
    resolve: Callable[[Machine, Lazy], Value]
    shaped_arithmetic: Callable[[Machine, str, Value, Value, Value, Place], Value]
    write_back: Callable[[Machine, ir.Expr, Tensor, Value | None, Value], None]


above = Above()
