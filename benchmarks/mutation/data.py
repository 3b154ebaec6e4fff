"""Bugs in how data are split, scaled and paired."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.mutation.code import Call, Code, Edit, Line

__all__ = ["MUTATIONS"]

_SCALERS = ("StandardScaler", "MinMaxScaler", "RobustScaler", "PCA", "CountVectorizer", "TfidfVectorizer")
_TEST = re.compile(r"^[xX]_?[tT]est\w*$")


def _splits(code: Code) -> Iterator[Call]:
    """Calls of `train_test_split`, in a file that imports it: excerpts of notebooks do not."""
    if re.search(
        r"^(from|import) .*\bmodel_selection\b|^(from|import) .*\bcross_validation\b", code.text, re.M
    ):
        for call in code.calls:
            if call.func.rpartition(".")[2] == "train_test_split":
                yield call


def _of_scalers(code: Code, method: str) -> Iterator[Call]:
    """`scaler.transform(X_test)`, of a scaler that is made in the file."""
    for call in code.calls:
        owner, _, name = call.func.rpartition(".")
        if name == method and code.maker(owner, call.cls) in _SCALERS and len(call.node.args) == 1:
            yield call


def fitted_on_test(code: Code) -> Iterator[Edit]:
    """`scaler.transform(X_test)` becomes `scaler.fit_transform(X_test)`."""
    for call in _of_scalers(code, "transform"):
        if _TEST.match(code.of(call.node.args[0].value)) and "fit_transform" in code.text:
            yield [(call.node.func, f"{call.func.rpartition('.')[0]}.fit_transform")]


def unscaled_test(code: Code) -> Iterator[Edit]:
    """`X_test = scaler.transform(X_test)` becomes `X_test = X_test`, and the model is asked about it."""
    for call in _of_scalers(code, "transform"):
        given = code.of(call.node.args[0].value)
        assigned = call.within.assigned if call.within else None
        if _TEST.match(given) and assigned and assigned[1] is call.node:
            if re.search(rf"\.(predict|score)\({re.escape(assigned[0])}\b", code.text):
                yield [(call.node, given)]


def statistics_of_all(code: Code) -> Iterator[Edit]:
    """What is split has been standardised before; not made-up numbers, from which nothing can leak."""
    for call in _splits(code):
        line = call.within
        if line is None or len(call.node.args) < 2:
            continue
        x = code.of(call.node.args[0].value)
        made = [code.of(one.assigned[1]) for one in code.lines if one.assigned and one.assigned[0] == x]
        if re.fullmatch(r"[xX]", x) and made and not re.search(r"\brandn?\(|\brandom\b", " ".join(made)):
            yield [(line.node, f"{x} = ({x} - {x}.mean(axis=0)) / {x}.std(axis=0); {line.text.strip()}")]


def fitted_on_all(code: Code) -> Iterator[Edit]:
    """`model.fit(X_train, y_train)` becomes `model.fit(X, y)` and is then judged on the test part."""
    split = re.search(
        r"^X_train, X_test, y_train, y_test = train_test_split\(\s*X, y\b", code.text, re.MULTILINE
    )
    if not split or not re.search(r"\.(score|predict)\(X_test", code.text):
        return
    for call in code.calls:
        if call.func.endswith(".fit") and [code.of(arg.value) for arg in call.node.args] == [
            "X_train",
            "y_train",
        ]:
            owner = call.func.removesuffix(".fit")
            judged = re.search(rf"\b{re.escape(owner)}\.(score|predict)\(X_test", code.text)
            if (
                judged
                and code.is_of_import(owner, call.cls)
                and code.of(call.node).count("(") == 1
                and re.fullmatch(r"\w+\.fit", call.func)
            ):
                yield [(call.node.args[0].value, "X"), (call.node.args[1].value, "y")]


def wrong_order(code: Code) -> Iterator[Edit]:
    """`X_train, X_test, y_train, y_test = train_test_split(X, y)` unpacks in another order."""
    for line in [call.within for call in _splits(code) if call.within is not None]:
        found = re.match(r"^(\w+), (\w+), (\w+), (\w+) = train_test_split\(", line.text.strip())
        if found and "test" in found[2].lower() and "train" in found[3].lower():
            one, two, three, four = found.groups()
            new = f"{one}, {three}, {two}, {four} = train"
            yield [(line.node, line.text.replace(f"{one}, {two}, {three}, {four} = train", new, 1))]


def _pairs(code: Code) -> Iterator[tuple[Line, str, str]]:
    """The samples and labels that a line splits, as spelled."""
    for call in _splits(code):
        if call.within is not None and len(call.node.args) > 1:
            x, y = (code.of(arg.value) for arg in call.node.args[:2])
            yield call.within, x, y


def shuffled_alone(code: Code) -> Iterator[Edit]:
    """The samples are shuffled before the split, the labels are not."""
    for line, x, y in _pairs(code):
        if re.fullmatch(r"[xX]", x) and re.fullmatch("y", y) and "import numpy as np" in code.text:
            yield [(line.node, f"np.random.shuffle({x}); {line.text.strip()}")]


def test_is_training(code: Code) -> Iterator[Edit]:
    """After the split the test samples are those of the training."""
    for line in code.lines:
        found = re.match(
            r"^(\w*[tT]rain\w*), (\w*[tT]est\w*), \w+, \w+ = train_test_split\(", line.text.strip()
        )
        if found:
            yield [(line.node, f"{line.text.rstrip()}; {found[2]} = {found[1]}")]


def swapped_metric(code: Code) -> Iterator[Edit]:
    """`confusion_matrix(y_test, y_pred)` becomes `confusion_matrix(y_pred, y_test)`."""
    for call in code.calls:
        if re.search(
            r"(^|\.)(confusion_matrix|classification_report|precision_score|recall_score|r2_score)$",
            call.func,
        ):
            given = [arg.value for arg in call.node.args[:2] if not arg.keyword]
            texts = [code.of(one) for one in given]
            if len(given) == 2 and re.match(r"^y_?[tT]est$", texts[0]) and re.match(r"^y_?[pP]red", texts[1]):
                if re.search(rf"^ *{texts[1]} = .*\.predict\(", code.text, re.MULTILINE):
                    yield [(given[0], texts[1]), (given[1], texts[0])]


def resampled_before(code: Code) -> Iterator[Edit]:
    """What is split was over-sampled before."""
    for line, x, y in _pairs(code):
        if re.fullmatch(r"[xX]", x) and y == "y" and _is_assigned(code, x):
            new = f"{x}, y = RandomOverSampler().fit_resample({x}, y)"
            start = "from imblearn.over_sampling import RandomOverSampler"
            yield [(line.node, f"{start}; {new}; {line.text.strip()}")]


def scaled_outside(code: Code) -> Iterator[Edit]:
    """What cross-validation folds was standardised before."""
    for call in code.calls:
        line = call.within
        if call.func.rpartition(".")[2] != "cross_val_score" or line is None or len(call.node.args) < 3:
            continue
        x = code.of(call.node.args[1].value)
        if re.fullmatch(r"[xX]", x) and _is_assigned(code, x):
            start = (
                f"from sklearn.preprocessing import StandardScaler; {x} = StandardScaler().fit_transform({x})"
            )
            yield [(line.node, f"{start}; {line.text.strip()}")]


def divided_twice(code: Code) -> Iterator[Edit]:
    """`x_train /= 255` is done twice."""
    for line in code.lines:
        if re.fullmatch(r"[xX]_?train\w* /= ?255\.?0?", line.text.strip()):
            yield [(line.node, f"{line.text.strip()}; {line.text.strip()}")]


_OWN_SCALE = re.compile(r"Normalization|[lL]2_normalize|\bLambda\(|^class \w+\((\w+\.)*(Layer|Model)\)", re.M)


_DIVIDES = re.compile(r"([xX]_?\w+) (?:/=|= (\1(?:\.\w+\(.*\))?) /) ?255\.?0?")


def not_divided(code: Code) -> Iterator[Edit]:
    """`x_train /= 255` and `x_test /= 255`, or `x_train = x_train / 255`, are left out.

    Not where the network may do without, as it normalises or has layers that are the file's own.
    """
    lines = [
        (line, found)
        for line in code.lines
        if (
            found := re.fullmatch(r"([xX]_?\w+) (?:/=|= (\1(?:\.\w+\(.*\))?) /) ?255\.?0?", line.text.strip())
        )
    ]
    fitted = re.search(r"\bmodel\w*\.(fit|fit_generator)\(", code.text)
    if len(lines) == 2 and "load_data()" in code.text and fitted and not _OWN_SCALE.search(code.text):
        yield [(line.node, f"{found[1]} = {found[2]}" if found[2] else "pass") for line, found in lines]


def target_among_features(code: Code) -> Iterator[Edit]:
    """`X = table.drop("y", axis=1)` becomes `X = table`."""
    pattern = r"^([xX]) = (\w+)\.drop\((?:columns=)?\[?['\"](\w+)['\"]\]?(, axis=1)?\)$"
    for line in code.lines:
        found = re.match(pattern, line.text.strip())
        if found and re.search(rf"= {found[2]}(\[['\"]{found[3]}['\"]\]|\.{found[3]}\b)", code.text):
            yield [(line.node, f"{found[1]} = {found[2]}")]


def nan_compared(code: Code) -> Iterator[Edit]:
    """`np.isnan(x)` becomes `x == np.nan`."""
    for call in code.calls:
        if call.func == "np.isnan" and len(call.node.args) == 1:
            yield [(call.node, f"({code.of(call.node.args[0].value)} == np.nan)")]


def _is_assigned(code: Code, name: str) -> bool:
    return name in {one.assigned[0] for one in code.lines if one.assigned}


MUTATIONS = {
    resampled_before: ("NN512",),
    scaled_outside: ("NN521",),
    divided_twice: ("NN515",),
    not_divided: ("NN509",),
    target_among_features: ("NN520",),
    nan_compared: ("NN522",),
    swapped_metric: ("NN209",),
    fitted_on_test: ("NN501",),
    statistics_of_all: ("NN502",),
    unscaled_test: ("NN503",),
    test_is_training: ("NN504",),
    fitted_on_all: ("NN505",),
    shuffled_alone: ("NN506",),
    wrong_order: ("NN507",),
}
"""Each bug, and the rules that may report it."""
