"""Keras metrics: classes whose objects are called with truth and prediction, and functions."""

from __future__ import annotations

from typing import Literal

from nnlint.knowledge.spec import Action, Compute, Entry, Metric, Statistic, Task, build, call

__all__ = ["METRICS"]

_Wants = Literal["labels", "scores", "values", ""]


def _metric(params: str, wants: _Wants, task: Task = "", symmetric: bool = False) -> Entry:
    does = Metric("y_pred", "y_true", wants, task, symmetric)
    return build(params, does, operands="y_true y_pred sample_weight", isa="keras.metrics.Metric")


def _function(params: str, wants: _Wants, task: Task = "", symmetric: bool = False) -> Entry:
    return call(f"y_true y_pred {params}", Metric("y_pred", "y_true", wants, task, symmetric))


def _running(function: str) -> Entry:
    """A running aggregate of any values, mostly of losses."""
    does = Statistic(function, "values")
    return build("name dtype", does, operands="values sample_weight", isa="keras.metrics.Metric")


_AT = "num_thresholds class_id name dtype"
_COUNT = "thresholds name dtype"
_IOU = "num_classes target_class_ids name dtype ignore_class ..."

METRICS: dict[str, Entry] = {
    "keras.metrics.AUC": _metric("num_thresholds curve summation_method ...", "scores"),
    "keras.metrics.Accuracy": _metric("name dtype", "labels", "multiclass", True),
    "keras.metrics.BinaryAccuracy": _metric("name dtype threshold", "scores", "binary"),
    "keras.metrics.BinaryCrossentropy": _metric("name dtype from_logits label_smoothing", "scores", "binary"),
    "keras.metrics.BinaryIoU": _metric("target_class_ids threshold name dtype", "scores", "binary"),
    "keras.metrics.CategoricalAccuracy": _metric("name dtype", "scores", "multiclass"),
    "keras.metrics.CategoricalCrossentropy": _metric(
        "name dtype from_logits label_smoothing axis", "scores", "multiclass"
    ),
    "keras.metrics.CategoricalHinge": _metric("name dtype", "scores", "multiclass"),
    "keras.metrics.ConcordanceCorrelation": _metric("name dtype axis", "values", "regression", True),
    "keras.metrics.CosineSimilarity": _metric("name dtype axis", "values", "", True),
    "keras.metrics.F1Score": _metric("average threshold name dtype", "scores"),
    "keras.metrics.FBetaScore": _metric("average beta threshold name dtype", "scores"),
    "keras.metrics.FalseNegatives": _metric(_COUNT, "scores", "binary"),
    "keras.metrics.FalsePositives": _metric(_COUNT, "scores", "binary"),
    "keras.metrics.Hinge": _metric("name dtype", "scores", "binary"),
    "keras.metrics.IoU": _metric(_IOU, "labels"),
    "keras.metrics.KLDivergence": _metric("name dtype", "scores", "distribution"),
    "keras.metrics.LogCoshError": _metric("name dtype", "values", "regression", True),
    "keras.metrics.Mean": _running("mean"),
    "keras.metrics.MeanAbsoluteError": _metric("name dtype", "values", "regression", True),
    "keras.metrics.MeanAbsolutePercentageError": _metric("name dtype", "values", "regression"),
    "keras.metrics.MeanIoU": _metric("num_classes name dtype ignore_class ...", "labels"),
    "keras.metrics.MeanSquaredError": _metric("name dtype", "values", "regression", True),
    "keras.metrics.MeanSquaredLogarithmicError": _metric("name dtype", "values", "regression", True),
    "keras.metrics.Metric.reset_state": call("", Action("update")),
    "keras.metrics.Metric.result": call("", Compute("self")),
    "keras.metrics.Metric.update_state": call("*args **kwargs", Action("log")),
    "keras.metrics.OneHotIoU": _metric(_IOU, "scores", "multiclass"),
    "keras.metrics.OneHotMeanIoU": _metric("num_classes name dtype ignore_class ...", "scores", "multiclass"),
    "keras.metrics.PearsonCorrelation": _metric("name dtype axis", "values", "regression", True),
    "keras.metrics.Poisson": _metric("name dtype", "values", "regression"),
    "keras.metrics.Precision": _metric("thresholds top_k class_id name dtype", "scores"),
    "keras.metrics.PrecisionAtRecall": _metric(f"recall {_AT}", "scores"),
    "keras.metrics.R2Score": _metric("class_aggregation num_regressors name dtype", "values", "regression"),
    "keras.metrics.Recall": _metric("thresholds top_k class_id name dtype", "scores"),
    "keras.metrics.RecallAtPrecision": _metric(f"precision {_AT}", "scores"),
    "keras.metrics.RootMeanSquaredError": _metric("name dtype", "values", "regression", True),
    "keras.metrics.SensitivityAtSpecificity": _metric(f"specificity {_AT}", "scores"),
    "keras.metrics.SparseCategoricalAccuracy": _metric("name dtype", "scores", "multiclass"),
    "keras.metrics.SparseCategoricalCrossentropy": _metric(
        "name dtype from_logits ignore_class axis", "scores", "multiclass"
    ),
    "keras.metrics.SparseTopKCategoricalAccuracy": _metric(
        "k name dtype from_sorted_ids", "scores", "multiclass"
    ),
    "keras.metrics.SpecificityAtSensitivity": _metric(f"sensitivity {_AT}", "scores"),
    "keras.metrics.SquaredHinge": _metric("name dtype", "scores", "binary"),
    "keras.metrics.Sum": _running("sum"),
    "keras.metrics.TopKCategoricalAccuracy": _metric("k name dtype", "scores", "multiclass"),
    "keras.metrics.TrueNegatives": _metric(_COUNT, "scores", "binary"),
    "keras.metrics.TruePositives": _metric(_COUNT, "scores", "binary"),
    # What the strings "accuracy" and "acc" mean; which accuracy it is depends on the shapes.
    "keras.metrics.accuracy": _function("", "scores"),
    "keras.metrics.binary_accuracy": _function("threshold", "scores", "binary"),
    "keras.metrics.categorical_accuracy": _function("", "scores", "multiclass"),
    "keras.metrics.concordance_correlation": _function("axis", "values", "regression", True),
    "keras.metrics.pearson_correlation": _function("axis", "values", "regression", True),
    "keras.metrics.sparse_categorical_accuracy": _function("", "scores", "multiclass"),
    "keras.metrics.sparse_top_k_categorical_accuracy": _function("k from_sorted_ids", "scores", "multiclass"),
    "keras.metrics.top_k_categorical_accuracy": _function("k", "scores", "multiclass"),
}
