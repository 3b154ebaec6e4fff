"""Keras networks in loops of one's own: what trains them is told by each call, and nobody tells it here.

tape ─▶ network(x) without `training` ─▶ tape.gradient(loss, network.trainable_variables) ─▶ apply_gradients
"""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.objects import lookup_member
from nnlint.analysis.trace import Trace
from nnlint.analysis.trace_modes import mode_layer
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Built, Constant, Function, Instance, Origin
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.ir.walk import parts

__all__ = ["tape_faults"]

_VARIABLES = frozenset({"trainable_variables", "trainable_weights", "variables", "weights"})
_FLAG = "training"


def tape_faults(trace: Trace) -> Iterator[Fault]:
    """Faults about networks that are trained as they would predict."""
    kinds = {act.kind for act in trace.acts}
    if not {"gradients", "apply", "forward"} <= kinds or _switched(trace):
        return
    told = {act.key for act in trace.acts if act.kind == "trainable" or _is_told(act)}
    said: set[object] = set()
    open_: list[Act] = []
    for act in trace.acts:
        if act.kind == "built" and act.text.endswith("GradientTape"):
            open_ = []
        elif act.kind == "forward":
            open_.append(act)
        elif act.kind == "gradients":
            for applied in open_:
                if applied.key in told or applied.key in said or not _is_of(act, applied):
                    continue
                fault = _fault(applied, act)
                if fault is not None:
                    said.add(applied.key)
                    yield fault


def _switched(trace: Trace) -> bool:
    """Whether something sets the phase for all of Keras at once."""
    return any(act.kind == "opaque" and "phase" in act.text for act in trace.acts)


def _is_told(act: Act) -> bool:
    """Whether a call of a network says for itself that it trains."""
    if act.kind != "forward":
        return False
    flag = next((expr for name, expr in act.node.keywords if name in {_FLAG, "**"}), None)
    given = len(act.node.args) > 1 or any(isinstance(arg, ir.Star) for arg in act.node.args)
    return given or (flag is not None and not (isinstance(flag, ir.Const) and flag.value is False))


def _is_of(gradients: Act, applied: Act) -> bool:
    """Whether gradients are taken with respect to the weights of what was applied, in the same function."""
    node = gradients.node
    sources = node.args[1] if len(node.args) > 1 else None
    sources = next((expr for name, expr in node.keywords if name == "sources"), sources)
    if not isinstance(sources, ir.Attr) or sources.name not in _VARIABLES:
        return False
    return spell(sources.value) == applied.text and gradients.function == applied.function


def _fault(applied: Act, gradients: Act) -> Fault | None:
    model = applied.receiver
    layer = mode_layer(model) if isinstance(model, (Built, Instance)) else None
    if layer is None or not layer.name.startswith("keras.") or layer.args.get("trainable") == Constant(False):
        return None
    if any(name == _FLAG for name, _ in applied.node.keywords) or not _leaves_it_open(model):
        return None
    kind, name = layer.name.rpartition(".")[2], applied.text
    return Fault(
        "training-in-evaluation-mode",
        applied.place,
        f"`{name}` is trained as it predicts, for nothing tells it to train: pass `training=True`",
        (
            Origin(layer.place, f"{kind} behaves differently while training"),
            Origin(gradients.place, f"the weights of `{name}` are trained by this gradient"),
        ),
    )


def _leaves_it_open(model: object) -> bool:
    """Whether nothing inside the network trains by default."""
    if not isinstance(model, Instance):
        return True
    call = lookup_member(model.cls, "call")
    if not isinstance(call, Function) or not isinstance(call.node, ir.Function):
        return False
    for param in call.node.params:
        if param.name == _FLAG:
            default = param.default
            if not isinstance(default, ir.Const) or default.value:
                return False
    flags = [
        expr
        for part in parts(call.node.body)
        if isinstance(part, ir.Call)
        for name, expr in part.keywords
        if name in {_FLAG, "**"}
    ]
    return all(isinstance(flag, ir.Name) and flag.name == _FLAG for flag in flags)
