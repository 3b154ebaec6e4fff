"""Bugs in what a loss is measured on, and in the settings of a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import libcst as cst

from benchmarks.mutation.code import Call, Code, Edit

__all__ = ["MUTATIONS"]

_OPTIMIZERS = re.compile(r"(^|\.)(Adam|AdamW|RMSprop|Nadam|NAdam|Adamax)$")


def _keyword(call: Call | cst.Call, name: str) -> cst.Arg | None:
    node = call.node if isinstance(call, Call) else call
    return next((arg for arg in node.args if arg.keyword and arg.keyword.value == name), None)


def _losses(code: Code, made: str, function: str) -> Iterator[Call]:
    """Calls of a loss with prediction and target: an object made in the file, or the function itself."""
    for call in code.calls:
        if (
            len(call.node.args) == 2
            and call.within is not None
            and not any(arg.keyword for arg in call.node.args)
        ):
            if call.func == function or code.maker(call.func, call.cls) == made:
                yield call


def softmax_into_cross_entropy(code: Code) -> Iterator[Edit]:
    """`criterion(out, y)` becomes `criterion(out.softmax(dim=1), y)`."""
    for call in _losses(code, "CrossEntropyLoss", "F.cross_entropy"):
        prediction = call.node.args[0].value
        if isinstance(prediction, cst.Name | cst.Call) and "softmax" not in code.of(prediction):
            yield [(prediction, f"{code.of(prediction)}.softmax(dim=1)")]


def sigmoid_into_logits_loss(code: Code) -> Iterator[Edit]:
    """`criterion(out, y)` becomes `criterion(out.sigmoid(), y)`."""
    for call in _losses(code, "BCEWithLogitsLoss", "F.binary_cross_entropy_with_logits"):
        prediction = call.node.args[0].value
        if isinstance(prediction, cst.Name | cst.Call):
            yield [(prediction, f"{code.of(prediction)}.sigmoid()")]


def keras_from_logits(code: Code) -> Iterator[Edit]:
    """A string loss beside a softmax output becomes one that expects logits."""
    names = {"categorical_crossentropy": "CategoricalCrossentropy"}
    names["sparse_categorical_crossentropy"] = "SparseCategoricalCrossentropy"
    root = "tf.keras" if re.search(r"^import tensorflow as tf$", code.text, re.M) else "keras"
    if root == "keras" and not re.search(r"^(import keras|from tensorflow import keras)$", code.text, re.M):
        return
    for call in code.calls:
        loss = _keyword(call, "loss")
        if call.func.endswith(".compile") and loss and code.of(loss.value).strip("'\"") in names:
            if code.text.count("softmax") == 1 and ".add(" not in code.of(call.node):
                name = names[code.of(loss.value).strip("'\"")]
                yield [(loss.value, f"{root}.losses.{name}(from_logits=True)")]


def no_log_softmax(code: Code) -> Iterator[Edit]:
    """`return F.log_softmax(x, dim=1)` becomes `return x` in a file that uses the NLL loss."""
    if not re.search(r"\bnll_loss\(|\bNLLLoss\(", code.text):
        return
    for call in code.calls:
        if re.match(r"^(F|torch)\.log_softmax$", call.func) and call.node.args and _of_dense(code, call):
            yield [(call.node, code.of(call.node.args[0].value))]


def _of_dense(code: Code, call: Call) -> bool:
    """Whether the scores come from a layer of PyTorch: those of other libraries are out of sight."""
    given = call.node.args[0].value
    if isinstance(given, cst.Name) and call.within is not None:
        made = [
            line.assigned[1] for line in call.within.body if line.assigned and line.assigned[0] == given.value
        ]
        given = made[-1] if made else given
    return isinstance(given, cst.Call) and code.maker(code.of(given.func), call.cls) == "Linear"


def no_final_sigmoid(code: Code) -> Iterator[Edit]:
    """`return torch.sigmoid(x)` becomes `return x` in a file that uses the binary cross-entropy."""
    if not re.search(r"\bBCELoss\(|\bbinary_cross_entropy\(", code.text):
        return
    for call in code.calls:
        if (
            re.match(r"^(F|torch)\.sigmoid$", call.func)
            and call.within
            and call.within.text.startswith("return")
        ):
            yield [(call.node, code.of(call.node.args[0].value))]


def softmax_of_one(code: Code) -> Iterator[Edit]:
    """`Dense(1, activation="sigmoid")` becomes a softmax."""
    for call in code.calls:
        activation = _keyword(call, "activation")
        if call.func.rpartition(".")[2] == "Dense" and activation and "sigmoid" in code.of(activation):
            if code.of(call.node.args[0].value) == "1" or "units=1," in code.of(call.node).replace(" ", ""):
                yield [(activation.value, "'softmax'")]


def binary_loss_for_softmax(code: Code) -> Iterator[Edit]:
    """`categorical_crossentropy` beside a softmax becomes `binary_crossentropy`."""
    for call in code.calls:
        loss = _keyword(call, "loss")
        if call.func.endswith(".compile") and loss and code.text.count("softmax") == 1:
            if code.of(loss.value).strip("'\"") == "categorical_crossentropy":
                yield [(loss.value, "'binary_crossentropy'")]


def swapped_arguments(code: Code) -> Iterator[Edit]:
    """`criterion(out, y)` becomes `criterion(y, out)`."""
    for made, function in (
        ("CrossEntropyLoss", "F.cross_entropy"),
        ("NLLLoss", "F.nll_loss"),
        ("BCELoss", ""),
    ):
        for call in _losses(code, made, function):
            one, other = (arg.value for arg in call.node.args)
            if "label" in code.of(other) or "target" in code.of(other) or code.of(other) == "y":
                yield [(one, code.of(other)), (other, code.of(one))]


def softmax_over_batch(code: Code) -> Iterator[Edit]:
    """`F.log_softmax(x, dim=1)` at the end of `forward` becomes one over axis 0."""
    if not re.search(r"\bnll_loss\(|\bNLLLoss\(", code.text):
        return
    for call in code.calls:
        dim = _keyword(call, "dim")
        if re.match(r"^(F|torch)\.log_softmax$", call.func) and dim and code.of(dim.value) in {"1", "-1"}:
            yield [(dim.value, "0")]


def log_of_softmax(code: Code) -> Iterator[Edit]:
    """`F.log_softmax(x, dim=1)` becomes `torch.log(F.softmax(x, dim=1))`."""
    for call in code.calls:
        if call.func == "F.log_softmax" and "import torch\n" in code.text:
            yield [(call.node, f"torch.log({code.of(call.node).replace('log_softmax', 'softmax', 1)})")]


def kept_graph(code: Code) -> Iterator[Edit]:
    """`total += loss.item()` becomes `total += loss`."""
    for line in code.in_loops():
        found = re.match(r"^\w+ \+= (\w*loss)\.item\(\)$", line.text.strip())
        if found and line.function is not None and f"{found[1]}.backward()" in code.of(line.function):
            yield [(line.node, line.text.replace(".item()", ""))]


def detached(code: Code) -> Iterator[Edit]:
    """`loss = criterion(out, y)` becomes detached before `backward`."""
    for call in [
        *_losses(code, "CrossEntropyLoss", "F.cross_entropy"),
        *_losses(code, "MSELoss", "F.mse_loss"),
    ]:
        assigned = call.within.assigned if call.within else None
        if assigned and assigned[1] is call.node and call.within and call.within.function is not None:
            if f"{assigned[0]}.backward()" in code.of(call.within.function):
                yield [(call.node, f"{code.of(call.node)}.detach()")]


def unreduced(code: Code) -> Iterator[Edit]:
    """`nn.CrossEntropyLoss()` becomes `nn.CrossEntropyLoss(reduction="none")`."""
    for line in code.lines:
        found = re.match(r"^(\w+) = nn\.(CrossEntropyLoss|MSELoss|BCELoss)\(\)$", line.text.strip())
        used = found and re.search(rf"loss = {found[1]}\(.*\n(.*\n){{0,4}} +loss\.backward\(\)", code.text)
        if used:
            yield [(line.node, line.text.replace("()", "(reduction='none')"))]


def huge_rate(code: Code) -> Iterator[Edit]:
    """The literal learning rate of Adam and its like becomes 1."""
    for call in code.calls:
        rate = _keyword(call, "lr") or _keyword(call, "learning_rate")
        if _OPTIMIZERS.search(call.func) and rate and isinstance(rate.value, cst.Float):
            yield [(rate.value, "1.0")]


def rectified_scores(code: Code) -> Iterator[Edit]:
    """`criterion(out, y)` becomes `criterion(F.relu(out), y)`."""
    for call in _losses(code, "CrossEntropyLoss", "F.cross_entropy"):
        prediction = call.node.args[0].value
        if isinstance(prediction, cst.Name) and "import torch.nn.functional as F" in code.text:
            yield [(prediction, f"F.relu({code.of(prediction)})")]


def softmax_twice(code: Code) -> Iterator[Edit]:
    """`F.softmax(x, dim=1)` becomes `F.softmax(F.softmax(x, dim=1), dim=1)`."""
    for call in code.calls:
        if call.func == "F.softmax" and len(call.node.args) == 2:
            given = call.node.args[0].value
            yield [(given, f"F.softmax({code.of(given)}, {code.of(call.node.args[1])})")]


def one_unit_for_classes(code: Code) -> Iterator[Edit]:
    """A binary cross-entropy beside one sigmoid becomes a categorical one."""
    for call in code.calls:
        loss = _keyword(call, "loss")
        if call.func.endswith(".compile") and loss:
            binary = code.of(loss.value).strip("'\"") == "binary_crossentropy"
            alone = code.text.count("sigmoid") == 1
            if binary and alone and re.search(r"Dense\(1, activation=.sigmoid.\)", code.text):
                yield [(loss.value, "'categorical_crossentropy'")]


def exploding_penalty(code: Code) -> Iterator[Edit]:
    """The weight decay of Adam becomes 100."""
    for call in code.calls:
        decay = _keyword(call, "weight_decay")
        if re.search(r"(^|\.)Adam$", call.func) and decay and isinstance(decay.value, cst.Float):
            yield [(decay.value, "100.0")]


def all_dropped(code: Code) -> Iterator[Edit]:
    """A dropout rate becomes 1."""
    for call in code.calls:
        if re.match(r"^nn\.Dropout$|^layers\.Dropout$|^Dropout$", call.func) and len(call.node.args) == 1:
            if isinstance(call.node.args[0].value, cst.Float):
                yield [(call.node.args[0].value, "1.0")]


def hidden_softmax(code: Code) -> Iterator[Edit]:
    """A hidden dense layer gets a softmax."""
    dense = [call for call in code.calls if re.search(r"(^|\.)Dense$", call.func)]
    for call, following in pairwise(dense):
        activation = _keyword(call, "activation")
        if activation and "relu" in code.of(activation) and _keyword(following, "activation"):
            yield [(activation.value, "'softmax'")]


MUTATIONS = {
    softmax_into_cross_entropy: ("NN201",),
    sigmoid_into_logits_loss: ("NN201",),
    keras_from_logits: ("NN201",),
    no_log_softmax: ("NN202",),
    no_final_sigmoid: ("NN202",),
    softmax_of_one: ("NN203",),
    binary_loss_for_softmax: ("NN204",),
    swapped_arguments: ("NN209",),
    softmax_over_batch: ("NN210",),
    log_of_softmax: ("NN212",),
    detached: ("NN213",),
    kept_graph: ("NN214",),
    unreduced: ("NN215",),
    huge_rate: ("NN601",),
    all_dropped: ("NN603",),
    hidden_softmax: ("NN607",),
    rectified_scores: ("NN205",),
    softmax_twice: ("NN211", "NN201"),
    one_unit_for_classes: ("NN204", "NN206"),
    exploding_penalty: ("NN602",),
}
"""Each bug, and the rules that may report it."""
