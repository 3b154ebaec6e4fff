"""Estimators share method entries by family; each real class is held against the family it is filed under."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from signatures import real_signatures, resolve

from nnlint.knowledge import index
from nnlint.knowledge.spec import Entry, Estimator, Split

pytestmark = [pytest.mark.frameworks, pytest.mark.filterwarnings("ignore")]

FOLLOWED = [
    "decision_function", "fit", "fit_predict", "fit_resample", "fit_transform", "inverse_transform",
    "partial_fit", "predict", "predict_log_proba", "predict_proba", "score", "split", "transform",
]  # fmt: skip
# What a few classes call their samples and their targets.
SAMPLES = {"K", "T", "X", "Xt"}
TARGETS = {"Y", "y"}
# Methods beside a class's main job.
LEFT_UNKNOWN = {
    ("imblearn.pipeline.Pipeline", "fit_resample"),
    ("sklearn.covariance.EllipticEnvelope", "score"),
    ("sklearn.decomposition.FactorAnalysis", "score"),
    ("sklearn.decomposition.LatentDirichletAllocation", "score"),
    ("sklearn.decomposition.PCA", "score"),
    *(
        (f"sklearn.ensemble.{kind}{task}", method)
        for kind in ("Stacking", "Voting")
        for task in ("Classifier", "Regressor")
        for method in ("fit_transform", "transform")
    ),
}


def estimators(root: str) -> Iterator[tuple[str, type, Entry]]:
    """The classes of a package that are filed as estimators or splitters."""
    if find_spec(root) is None:
        pytest.skip(f"{root} is not installed, so its entries cannot be held against it")
    for table in index.frameworks():
        for name, entry in table.entries.items():
            kept = name.startswith(f"{root}.") and not entry.until and entry.builds
            if kept and isinstance(entry.does, (Estimator, Split)):
                target = resolve(name)
                if inspect.isclass(target):
                    yield name, target, entry


def methods(target: type) -> list[str]:
    """The followed methods that the class really has."""
    return [name for name in FOLLOWED if callable(getattr(target, name, None))]


by_root = pytest.mark.parametrize("root", ["imblearn", "sklearn"])


@by_root
def test_every_method_is_known(root: str) -> None:
    unknown = {
        (name, method)
        for name, target, entry in estimators(root)
        for method in methods(target)
        if index.method(entry.isa, method) is None
    }
    assert unknown == {pair for pair in LEFT_UNKNOWN if pair[0].startswith(root)}


@by_root
def test_methods_take_the_parameters_of_their_family(root: str) -> None:
    wrong = []
    for name, target, entry in estimators(root):
        for method in methods(target):
            known = index.find(index.method(entry.isa, method) or "")
            if known is not None:
                stated = [token for token in known.params if token != "..."]
                if not any(agrees(stated, one.tokens) for one in real_signatures(f"{name}.{method}")):
                    wrong.append(f"{name}.{method} is not ({' '.join(known.params)})")
    assert wrong == []


def agrees(stated: list[str], real: tuple[str, ...]) -> bool:
    """Whether the leading parameters are the same, or another word for the same thing."""
    pairs = zip(stated, real, strict=False)
    return len(real) >= len(stated) and all(
        a == b or {a, b} <= SAMPLES or {a, b} <= TARGETS for a, b in pairs
    )


def test_every_estimator_of_the_library_is_known() -> None:
    list(estimators("sklearn"))
    from sklearn.utils import all_estimators  # type: ignore[import-untyped]

    known = {target for _, target, _ in estimators("sklearn")}
    # Wrapped rather than made: the frozen estimator is the estimator it holds.
    assert {name for name, target in all_estimators() if target not in known} == {"FrozenEstimator"}
