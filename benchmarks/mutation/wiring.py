"""Bugs in how a network is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import libcst as cst

from benchmarks.mutation.code import Code, Edit, Line

__all__ = ["MUTATIONS"]

_PARAMETRIC = re.compile(
    r"^(Linear|Conv[123]d|ConvTranspose[123]d|BatchNorm[123]d|LayerNorm|Embedding|GroupNorm)$"
)
_RECTIFIERS = ("ReLU", "LeakyReLU", "GELU", "Tanh", "ELU", "SiLU")


def _applied(code: Code, line: Line) -> tuple[str, str, cst.Call] | None:
    """`out = self.layer(x)`, of a layer with weights made in the class: the target, the layer, the call."""
    if line.assigned is None or line.function is None or line.function.name.value != "forward":
        return None
    target, value = line.assigned
    if isinstance(value, cst.Call) and len(value.args) == 1 and isinstance(value.args[0].value, cst.Name):
        layer = code.of(value.func)
        if layer.startswith("self.") and _PARAMETRIC.match(code.maker(layer, line.cls)):
            return target, layer, value
    return None


def stale_input(code: Code) -> Iterator[Edit]:
    """The second of two layers in a row is fed what the first one was fed."""
    for line in code.lines:
        first = _applied(code, line)
        second = _applied(code, line.after) if first and line.after else None
        if first is None or second is None or line.function is None:
            continue
        given, next_given = code.of(first[2].args[0].value), code.of(second[2].args[0].value)
        read_later = code.reads(first[0], line.function) > (4 if first[0] == given else 2)
        if next_given == first[0] != given and not read_later:
            yield [(second[2].args[0].value, given)]


def overwritten_output(code: Code) -> Iterator[Edit]:
    """`x = self.a(x)` becomes `y = self.a(x)`, which nothing reads."""
    for line in code.lines:
        found = _applied(code, line)
        if found is not None and found[0] == code.of(found[2].args[0].value):
            yield [(line.node, line.text.replace(found[0], "unread", 1))]


def lost_residual(code: Code) -> Iterator[Edit]:
    """`x = x + identity` or `return x + identity` leaves the saved input out."""
    for line in code.lines:
        if line.function is None or line.function.name.value != "forward":
            continue
        found = re.search(r"^(return|\w+ =) (\w+) \+ (identity|residual|shortcut|skip)$", line.text.strip())
        if found and code.reads(found[3], line.function) == 2:
            yield [(line.node, line.text.replace(f" + {found[3]}", ""))]
        found = re.search(r"^(\w+) \+= (identity|residual|shortcut|skip)$", line.text.strip())
        if found and code.reads(found[2], line.function) == 2:
            yield [(line.node, line.text.replace(found[0], "pass"))]


def twin_called_twice(code: Code) -> Iterator[Edit]:
    """`self.bn2(x)` becomes `self.bn1(x)`."""
    for call in code.calls:
        found = re.match(r"^(self\.\w*[a-z_])2$", call.func)
        if found is None or call.within is None or call.within.function is None:
            continue
        twin = f"{found[1]}1"
        made = code.maker(call.func, call.cls)
        if _PARAMETRIC.match(made) and code.maker(twin, call.cls) == made and code.mentions(call.func) == 2:
            yield [(call.node.func, twin)]


def plain_list(code: Code) -> Iterator[Edit]:
    """`nn.ModuleList([...])` becomes `[...]`."""
    for line in code.lines:
        if line.assigned is None or not line.assigned[0].startswith("self."):
            continue
        value = line.assigned[1]
        if (
            isinstance(value, cst.Call)
            and code.of(value.func).endswith("nn.ModuleList")
            and len(value.args) == 1
        ):
            inner = value.args[0].value
            if isinstance(inner, cst.List | cst.ListComp) and "nn." in code.of(inner):
                yield [(value, code.of(inner))]


def made_in_forward(code: Code) -> Iterator[Edit]:
    """`self.fc(x)` in `forward` becomes `nn.Linear(8, 2)(x)`."""
    for call in code.calls:
        if (
            call.within is None
            or call.within.function is None
            or call.within.function.name.value != "forward"
        ):
            continue
        value = code.made.get((call.cls, call.func))
        if isinstance(value, cst.Call) and _PARAMETRIC.match(code.maker(call.func, call.cls)):
            if all(isinstance(arg.value, cst.Integer) for arg in value.args):
                yield [(call.node.func, code.of(value))]


def no_super_init(code: Code) -> Iterator[Edit]:
    """`super().__init__()` is left out."""
    for line in code.lines:
        if re.match(r"^super\(.*\)\.__init__\(\)$", line.text.strip()) and line.cls:
            assigned = line.after.assigned if line.after else None
            if assigned and assigned[0].startswith("self.") and code.of(assigned[1]).startswith("nn."):
                yield [(line.node, "pass\n")]


def discarded(code: Code) -> Iterator[Edit]:
    """`x = F.relu(x)` becomes `F.relu(x)`."""
    for line in code.lines:
        if line.assigned is None or line.function is None or line.function.name.value != "forward":
            continue
        target, value = line.assigned
        if isinstance(value, cst.Call) and value.args and code.of(value.args[0].value) == target:
            if re.match(r"^(F|torch)\.(relu|dropout|flatten|sigmoid|tanh)$", code.of(value.func)):
                if "inplace" not in line.text:
                    yield [(line.node, line.text.replace(f"{target} = ", "", 1))]
        elif isinstance(value, cst.Call) and re.match(
            rf"^{target}\.(view|reshape|permute|transpose)$", code.of(value.func)
        ):
            yield [(line.node, line.text.replace(f"{target} = ", "", 1))]


def direct_forward(code: Code) -> Iterator[Edit]:
    """`self.part(x)` becomes `self.part.forward(x)`."""
    classes = {cls for function, cls in code.functions if function.name.value == "forward"}
    for call in code.calls:
        if code.maker(call.func, call.cls) in classes and call.within is not None:
            yield [(call.node.func, f"{call.func}.forward")]


def wrong_size(code: Code) -> Iterator[Edit]:
    """The second of two dense layers in a Sequential expects one feature more."""
    for call in code.calls:
        if not call.func.endswith("nn.Sequential"):
            continue
        dense = [
            arg.value
            for arg in call.node.args
            if isinstance(arg.value, cst.Call) and code.of(arg.value.func).endswith("nn.Linear")
        ]
        for one, other in pairwise(dense):
            sizes = [one.args[1].value, other.args[0].value]
            if all(isinstance(size, cst.Integer) for size in sizes) and code.of(sizes[0]) == code.of(
                sizes[1]
            ):
                yield [(sizes[1], str(int(code.of(sizes[1])) + 1))]


def no_activation(code: Code) -> Iterator[Edit]:
    """The activation between two dense layers of a Sequential is left out.

    Not where what is left may be one layer of low rank: a share of the width between them, or no bias.
    """
    for call in code.calls:
        if not call.func.endswith("nn.Sequential"):
            continue
        names = [
            code.of(arg.value.func).rpartition(".")[2] if isinstance(arg.value, cst.Call) else ""
            for arg in call.node.args
        ]
        for at, name in enumerate(names):
            if (
                name in _RECTIFIERS
                and names[at - 1 : at] == ["Linear"]
                and names[at + 1 : at + 2] == ["Linear"]
                and not re.search(r"//|bias ?= ?False", code.of(call.node.args[at - 1].value))
            ):
                kept = [code.of(arg.value) for place, arg in enumerate(call.node.args) if place != at]
                yield [(call.node, f"{call.func}({', '.join(kept)})")]


_FLATTENS = re.compile(
    r"^(\w+) = (\1\.(view|reshape)\((\1\.size\(0\)|\1\.shape\[0\]|\w*batch\w*), -1\)"
    r"|\1\.(view|reshape)\(-1, [^)]+\)|torch\.flatten\(\1, (start_dim=)?1\)|\1\.flatten\((start_dim=)?1\))$"
)


def unrectified(code: Code) -> Iterator[Edit]:
    """`x = F.relu(self.fc1(x))` becomes `x = self.fc1(x)` where a dense layer comes next."""
    for line in code.lines:
        found = re.fullmatch(
            r"(\w+) = (F|torch)\.(relu|tanh|leaky_relu|elu|gelu)\((self\.\w+)\((\w+)\)\)", line.text.strip()
        )
        if found is None or line.after is None or code.maker(found[4], line.cls) != "Linear":
            continue
        following = re.findall(rf"(self\.\w+)\({found[1]}\)", line.after.text)
        if len(following) == 1 and code.maker(following[0], line.cls) == "Linear":
            yield [(line.node, f"{found[1]} = {found[4]}({found[5]})")]


def no_flatten(code: Code) -> Iterator[Edit]:
    """`x = x.view(x.size(0), -1)` or `x = torch.flatten(x, 1)` before a dense layer is left out."""
    for line in code.lines:
        if line.function is None or line.after is None or not _FLATTENS.match(line.text.strip()):
            continue
        layers = re.findall(r"\bself\.\w+", line.after.text)
        if "nn.Conv2d" in code.text and layers and code.maker(layers[-1], line.cls) == "Linear":
            yield [(line.node, "pass")]


def no_return(code: Code) -> Iterator[Edit]:
    """`return out` at the end of `forward` becomes `out`, in a class that is derived from another."""
    for function, cls in code.functions:
        if not re.search(rf"^ *class {cls}\((?!object\)|\))", code.text, re.MULTILINE):
            continue
        last = function.body.body[-1] if function.body.body else None
        if function.name.value != "forward" or not cls or not isinstance(last, cst.SimpleStatementLine):
            continue
        small = last.body[-1]
        if (
            isinstance(small, cst.Return)
            and small.value is not None
            and code.of(function).count("return") == 1
        ):
            yield [(small, f"result = {code.of(small.value)}")]


MUTATIONS = {
    stale_input: ("NN101", "NN102", "NN103"),
    overwritten_output: ("NN101", "NN102", "NN103", "NN104"),
    lost_residual: ("NN103",),
    twin_called_twice: ("NN104",),
    plain_list: ("NN105",),
    made_in_forward: ("NN106",),
    no_super_init: ("NN107",),
    discarded: ("NN108",),
    direct_forward: ("NN109",),
    wrong_size: ("NN110",),
    no_activation: ("NN111",),
    unrectified: ("NN111",),
    no_return: ("NN113",),
    no_flatten: ("NN112", "NN110"),
}
"""Each bug, and the rules that may report it."""
