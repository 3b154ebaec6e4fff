"""Text to IR, or to the syntax error that prevents it."""

from __future__ import annotations

from nnlint.frontend.ast_lower import lower_quickly
from nnlint.frontend.broken import Broken
from nnlint.frontend.depth import COMPLAINT, too_deep
from nnlint.frontend.size import TOO_LARGE, too_large
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

__all__ = ["parse"]


def parse(source: Source, quickly: bool = True) -> ModuleIR | Broken:
    """Read a file; `quickly` where it need not be LibCST that reads it."""
    if too_large(source.text):
        return Broken(1, 1, TOO_LARGE)
    try:
        code = lower_quickly(source.text, str(source.path)) if quickly else None
    except RecursionError:
        return Broken(1, 1, COMPLAINT)
    if code is not None:
        return code
    if too_deep(source.text):  # Python refuses it, too
        return Broken(1, 1, COMPLAINT)
    from nnlint.frontend.concrete import parse_concretely  # brings LibCST in: only where it is needed

    return parse_concretely(source)
