"""NN315: `requires_grad` is misspelled or set on a module, so nothing is frozen."""

from __future__ import annotations

from nnlint.analysis.repair import Rename, Repair, Replace
from nnlint.analysis.training_events import Misspelled
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN315", "misspelled-freeze", fix="unsafe")
def check(written: Misspelled) -> Findings:
    """Report an attribute that PyTorch never reads."""
    if written.kind == "spelling":
        said = f"`{written.name}` is no attribute that PyTorch reads: the name is `requires_grad`"
    else:
        said = (
            f"`{written.text}` is a module, and `requires_grad` on a module freezes nothing: "
            f"call `{written.text}.requires_grad_(False)`"
        )
    yield Finding(written.place, said, repair=_repair(written))


def _repair(written: Misspelled) -> Repair:
    """The right name; on a module, the method that reaches its parameters."""
    if not written.module:
        return Repair("Write `requires_grad`", (Rename(written.place, "requires_grad"),))
    call = Replace(written.place, f"{{0}}.requires_grad_({written.value})", (written.owner,), whole=True)
    return Repair("Call `requires_grad_`", (call,))
