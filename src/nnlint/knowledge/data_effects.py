"""What applying a name means for data: estimators, fitting, transforming, splitting, loading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Estimator", "EstimatorKind", "Fit", "FitTransform", "Load", "Predict", "Score", "Split", "Transform",
]  # fmt: skip

EstimatorKind: TypeAlias = Literal[
    "scaler", "imputer", "encoder", "vectorizer", "reducer", "selector", "transformer",
    "classifier", "regressor", "clusterer", "pipeline", "search", "resampler",
    "undersampler", "network", "shift", "embedding",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimator:
    """A scikit-learn style object with fit/transform/predict.

    kind: what it does to data or that it predicts. stateless: fitting learns nothing from the data.
    of: what it is meant for. "labels" marks LabelEncoder and its kin.
    steps: the parameter that holds inner estimators (Pipeline, ColumnTransformer, GridSearchCV).
    adds: what is fitted again has learnt from both.
    """

    kind: EstimatorKind
    stateless: bool = False
    of: Literal["features", "labels"] = "features"
    steps: str = ""
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Learns from `x` (and `y`)."""

    x: str = "X"
    y: str = ""


@dataclass(frozen=True, slots=True)
class Transform:
    """Applies what was fitted to `x`; `inverse` undoes it."""

    x: str = "X"
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class FitTransform:
    """Fits on `x` and transforms it in one call."""

    x: str = "X"
    y: str = ""


@dataclass(frozen=True, slots=True)
class Predict:
    """Predictions of an estimator or Keras model for `x`. gives: what comes back."""

    x: str = "X"
    gives: Literal["labels", "probabilities", "values", "log-probabilities", "scores", ""] = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Evaluates an estimator or Keras model on `x` and `y` (score, evaluate)."""

    x: str = "X"
    y: str = "y"


@dataclass(frozen=True, slots=True)
class Split:
    """Divides data. kind: "arrays" returns train, test per array given; "folds" yields index pairs;
    "datasets" returns one dataset per length.
    """

    kind: Literal["arrays", "folds", "datasets"] = "arrays"


@dataclass(frozen=True, slots=True)
class Load:
    """Reads data from outside. gives: "table", "array", "x-y" (a pair), "train-test" (((x, y), (x, y))),
    or "dataset". raw: image bytes 0 to 255 that want scaling. ordered: the rows of one class
    follow those of another.
    """

    gives: Literal["table", "array", "x-y", "train-test", "dataset"] = "table"
    raw: bool = False
    ordered: bool = False
