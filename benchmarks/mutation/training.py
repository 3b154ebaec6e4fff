"""Bugs in the steps of a training loop, and in the mode a network is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from benchmarks.mutation.code import Code, Edit, Line

__all__ = ["MUTATIONS"]

_MADE = re.compile(r"^(\w+) = (torch\.)?optim\.\w+\(", re.MULTILINE)


def _steps(code: Code, pattern: str) -> Iterator[Line]:
    """Statements of a loop that clears, differentiates and steps one optimizer, which is made in the file."""
    optimizers = {found[1] for found in _MADE.finditer(code.text)}
    for line in code.in_loops():
        names = [other.text.strip() for other in line.body]
        own = [name for name in optimizers if f"{name}.step()" in names and f"{name}.zero_grad()" in names]
        if len(own) == 1 and sum(".step()" in name for name in names) == 1 and "loss.backward()" in names:
            if re.fullmatch(pattern.format(name=own[0]), line.text.strip()):
                yield line


def negated_loss(code: Code) -> Iterator[Edit]:
    """`loss.backward()` becomes `(-loss).backward()`."""
    for line in _steps(code, r"loss\.backward\(\)"):
        yield [(line.node, line.text.replace("loss.backward", "(-loss).backward"))]


def no_step(code: Code) -> Iterator[Edit]:
    """`optimizer.step()` is left out."""
    for line in _steps(code, r"{name}\.step\(\)"):
        yield [(line.node, "pass")]


def no_zero_grad(code: Code) -> Iterator[Edit]:
    """`optimizer.zero_grad()` is left out."""
    for line in _steps(code, r"{name}\.zero_grad\(\)"):
        yield [(line.node, "pass")]


def no_backward(code: Code) -> Iterator[Edit]:
    """`loss.backward()` is left out."""
    for line in _steps(code, r"loss\.backward\(\)"):
        yield [(line.node, "pass")]


def cleared_before_step(code: Code) -> Iterator[Edit]:
    """`optimizer.zero_grad()` moves between `backward` and `step`."""
    for line in _steps(code, r"{name}\.zero_grad\(\)"):
        texts = [other.text.strip() for other in line.body]
        backward = texts.index("loss.backward()")
        if texts.index(line.text.strip()) < backward:
            node = line.body[backward].node
            yield [(line.node, "pass"), (node, f"loss.backward(); {line.text.strip()}")]


def uncalled(code: Code) -> Iterator[Edit]:
    """`optimizer.step()`, `zero_grad()` or `loss.backward()` loses its parentheses."""
    for line in _steps(code, r"({name}\.(step|zero_grad)|loss\.backward)\(\)"):
        yield [(line.node, line.text.replace("()", ""))]


def uncalled_eval(code: Code) -> Iterator[Edit]:
    """`model.eval()` loses its parentheses."""
    for line in code.lines:
        if re.fullmatch(r"(model|net)\.eval\(\)", line.text.strip()):
            yield [(line.node, line.text.replace("()", ""))]


def misspelled_freeze(code: Code) -> Iterator[Edit]:
    """`requires_grad = False` becomes `require_grad = False`."""
    for line in code.in_loops():
        if re.fullmatch(r"\w+\.requires_grad = False", line.text.strip()):
            yield [(line.node, line.text.replace("requires_grad", "require_grad"))]


def never_back_to_training(code: Code) -> Iterator[Edit]:
    """`model.train()` is left out of an epoch loop that evaluates, where something speaks of the mode."""
    if not re.search(r"dropout|BatchNorm|drop_r|drop_p", code.text, re.IGNORECASE):
        return
    for line in code.in_loops():
        if re.fullmatch(r"(model|net)\.train\(\)", line.text.strip()):
            text = code.of(line.function) if line.function is not None else code.text
            if text.count(".eval()") == 1 and text.count(".train()") == 1 and ".backward()" in text:
                yield [(line.node, "pass")]


def never_evaluating(code: Code) -> Iterator[Edit]:
    """`model.eval()` is left out where a network with dropout or batch norm is tested."""
    if not re.search(r"nn\.(Dropout|BatchNorm)", code.text):
        return
    for line in code.lines:
        held_out = line.function and re.search(
            r"in (enumerate\()?(test|val)\w*loader", code.of(line.function)
        )
        if held_out and re.fullmatch(r"(model|net)\.eval\(\)", line.text.strip()) and ".train()" in code.text:
            yield [(line.node, "pass")]


def dropout_without_switch(code: Code) -> Iterator[Edit]:
    """`F.dropout(x, p, training=self.training)` loses its switch."""
    for call in code.calls:
        if call.func != "F.dropout":
            continue
        switch = [arg for arg in call.node.args if code.of(arg.value) == "self.training"]
        if switch:
            kept = [code.of(arg).rstrip(", \n") for arg in call.node.args if arg is not switch[0]]
            yield [(call.node, f"F.dropout({', '.join(kept)})")]


def parameters_of_another(code: Code) -> Iterator[Edit]:
    """`optim.Adam(D.parameters())` becomes `optim.Adam(G.parameters())` where both have an optimizer.

    Where D is made in the file: a part of another network may be held by the optimizer of the whole.
    """
    pattern = r"optim\w*(?:\.\w+)*\((\w+)\.parameters\(\)"
    made = [line for line in code.lines if re.search(pattern, line.text) and line.assigned]
    if len(made) == 2 and len({line.assigned[0] for line in made if line.assigned}) == 2:
        first, second = (found[1] for line in made if (found := re.search(pattern, line.text)))
        if first != second and code.maker(second, made[1].cls):
            changed = made[1].text.replace(f"{second}.parameters", f"{first}.parameters")
            yield [(made[1].node, changed)]


def not_initialized(code: Code) -> Iterator[Edit]:
    """The session never runs the initializer of its variables."""
    pattern = r"sess\w*\.run\((tf\.(global_variables_initializer|initialize_all_variables)\(\)|init)\)"
    if "restore" not in code.text:
        for line in code.lines:
            if re.fullmatch(pattern, line.text.strip()):
                yield [(line.node, "pass")]


def compiled_too_late(code: Code) -> Iterator[Edit]:
    """`model.compile(…)` moves behind the `model.fit(…)` that follows it."""
    for line in code.lines:
        fit = line.after
        if re.match(r"^model\.compile\(", line.text.strip()) and fit and "model.fit(" in fit.text:
            yield [(line.node, "pass"), (fit.node, f"{fit.text.strip()}; {line.text.strip()}")]


def learning_rate_first(code: Code) -> Iterator[Edit]:
    """`scheduler.step()` moves from the end to the start of the epoch."""
    for line in code.in_loops():
        if re.fullmatch(r"scheduler\.step\(\)", line.text.strip()) and line.body[0] is not line:
            first = line.body[0]
            if line.loops == 1 and isinstance(first.node, cst.SimpleStatementLine):
                yield [(first.node, f"scheduler.step(); {first.text.strip()}"), (line.node, "pass")]


MUTATIONS = {
    negated_loss: ("NN301",),
    no_step: ("NN303",),
    no_zero_grad: ("NN304",),
    no_backward: ("NN305", "NN306"),
    cleared_before_step: ("NN306",),
    learning_rate_first: ("NN306",),
    uncalled: ("NN310",),
    uncalled_eval: ("NN310",),
    misspelled_freeze: ("NN315",),
    never_evaluating: ("NN401",),
    never_back_to_training: ("NN402",),
    dropout_without_switch: ("NN403",),
    parameters_of_another: ("NN307",),
    not_initialized: ("NN313",),
    compiled_too_late: ("NN314",),
}
"""Each bug, and the rules that may report it."""
