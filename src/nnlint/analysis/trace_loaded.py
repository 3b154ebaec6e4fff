"""Networks that get the weights of a file and are used for predictions as they were made: in training mode.

Net() ─▶ load_state_dict(torch.load(…)) ─▶ (neither eval() nor train()) ─▶ applied under no_grad
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.trace import Trace, condition
from nnlint.analysis.trace_modes import MODE_WORDS, mode_layer, on_purpose, prediction, under_no_grad
from nnlint.analysis.training_events import Act, Fault
from nnlint.analysis.values import Obj, Origin

__all__ = ["loaded_faults"]

_FROM_FILE = re.compile(r"torch load|check_?point|ckpt|load_file|pretrained|saved|best_model", re.I)
_FROM_NETWORK = re.compile(r"\bstate_dict$|deepcopy")
_TRAINING = frozenset({"backward", "step", "zero_grad", "minimize", "grad", "gradients", "train", "eval"})


def loaded_faults(trace: Trace) -> Iterator[Fault]:
    """Faults of runs that only predict."""
    loads = [act for act in trace.acts if act.kind == "load" and _is_from_file(act)]
    busy = {act.root for act in trace.acts if act.kind in _TRAINING} if loads else set()
    done = set()
    for load in loads:
        if load.root in busy or load.key in done:
            continue
        left = _is_left_alone(trace, load)
        act = next(
            (act for act in trace.acts if _is_prediction(act, load, left and act.root not in busy)), None
        )
        layer = mode_layer(load.receiver) if act is not None else None
        if act is None or layer is None or _may_switch(trace, load):
            continue
        done.add(load.key)
        start = Origin(load.place, "the weights are loaded here")
        yield prediction(act, layer, ", as it was made", start)


def _is_from_file(load: Act) -> bool:
    given = condition(load.node.args[0]) if load.node.args else ""
    return bool(_FROM_FILE.search(given)) and not _FROM_NETWORK.search(given)


def _is_left_alone(trace: Trace, load: Act) -> bool:
    """Whether a script loads weights at its top level, for functions that something out of sight calls.

    A server does. Nothing in the file switches a network, and none of it is handed to code that might.
    """
    if load.root or not isinstance(load.receiver, Obj) or load.receiver.escaped:
        return False
    return not any(
        act.kind in {"train", "eval"}
        or (act.kind == "opaque" and MODE_WORDS.search(act.text.rpartition(".")[2]))
        for act in trace.acts
    )


def _is_prediction(act: Act, load: Act, anywhere: bool) -> bool:
    """Whether a network predicts as it was made. anywhere: in functions that nothing calls, too."""
    if act.kind != "forward" or act.key != load.key or not under_no_grad(act) or on_purpose(act):
        return False
    return act.mode == "train" if act.root == load.root else anywhere and act.mode in {"", "train"}


def _may_switch(trace: Trace, load: Act) -> bool:
    """Whether unseen code of the same run is named for switching networks."""
    return any(
        act.kind == "opaque" and act.root == load.root and MODE_WORDS.search(act.text.rpartition(".")[2])
        for act in trace.acts
    )
