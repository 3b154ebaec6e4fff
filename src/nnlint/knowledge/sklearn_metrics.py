"""scikit-learn's metrics. A metric is *symmetric* where exchanging its two arguments changes nothing.

`wants` is "labels" for hard decisions, "scores" for probabilities or decision values, "values" for
regression targets.
"""

from __future__ import annotations

from typing import Final, Literal

from nnlint.knowledge.spec import Compute, Entry, Metric, Task, call

__all__ = ["METRICS"]


def labels(task: Task = "", symmetric: bool = False) -> Entry:
    """A metric of hard class decisions."""
    return call("y_true y_pred ...", Metric("y_pred", "y_true", "labels", task, symmetric))


def scores(task: Task = "", prediction: str = "y_score") -> Entry:
    """A metric of probabilities or decision values."""
    return call(f"y_true {prediction} ...", Metric(prediction, "y_true", "scores", task))


def values(symmetric: bool = False) -> Entry:
    """A metric of a regression."""
    return call("y_true y_pred ...", Metric("y_pred", "y_true", "values", "regression", symmetric))


def clusters(symmetric: bool = True) -> Entry:
    """An agreement of two groupings; both are class or cluster numbers."""
    return call("labels_true labels_pred ...", Metric("labels_pred", "labels_true", "labels", "", symmetric))


def plot(prediction: str, wants: Literal["labels", "scores", "values"]) -> Entry:
    """A display made from the truth and the predictions."""
    return call(f"y_true {prediction} ...", Metric(prediction, "y_true", wants))


METRICS: Final[dict[str, Entry]] = {
    "sklearn.metrics.ConfusionMatrixDisplay.from_predictions": plot("y_pred", "labels"),
    "sklearn.metrics.DetCurveDisplay.from_predictions": plot("y_score", "scores"),
    "sklearn.metrics.PrecisionRecallDisplay.from_predictions": plot("y_score", "scores"),
    "sklearn.metrics.PredictionErrorDisplay.from_predictions": plot("y_pred", "values"),
    "sklearn.metrics.RocCurveDisplay.from_predictions": plot("y_score", "scores"),
    "sklearn.metrics.accuracy_score": labels(symmetric=True),
    "sklearn.metrics.adjusted_mutual_info_score": clusters(),
    "sklearn.metrics.adjusted_rand_score": clusters(),
    "sklearn.metrics.auc": call("x y", Compute("y")),
    "sklearn.metrics.average_precision_score": scores(),
    "sklearn.metrics.balanced_accuracy_score": labels(),
    "sklearn.metrics.brier_score_loss": scores(prediction="y_proba"),
    "sklearn.metrics.calinski_harabasz_score": call("X labels", Compute("labels")),
    "sklearn.metrics.class_likelihood_ratios": labels("binary"),
    "sklearn.metrics.classification_report": labels(),
    "sklearn.metrics.cohen_kappa_score": call("y1 y2 ...", Metric("y2", "y1", "labels", symmetric=True)),
    "sklearn.metrics.completeness_score": clusters(symmetric=False),
    "sklearn.metrics.confusion_matrix": labels(),
    "sklearn.metrics.confusion_matrix_at_thresholds": scores("binary"),
    "sklearn.metrics.coverage_error": scores("multilabel"),
    "sklearn.metrics.d2_absolute_error_score": values(),
    "sklearn.metrics.d2_brier_score": scores(prediction="y_proba"),
    "sklearn.metrics.d2_log_loss_score": scores(prediction="y_proba"),
    "sklearn.metrics.d2_pinball_score": values(),
    "sklearn.metrics.d2_tweedie_score": values(),
    "sklearn.metrics.davies_bouldin_score": call("X labels", Compute("labels")),
    "sklearn.metrics.dcg_score": scores(),
    "sklearn.metrics.det_curve": scores("binary"),
    "sklearn.metrics.explained_variance_score": values(),
    # F1 and Jaccard count false positives and false negatives alike; only average="weighted" does not.
    "sklearn.metrics.f1_score": labels(symmetric=True),
    "sklearn.metrics.fbeta_score": labels(),
    "sklearn.metrics.fowlkes_mallows_score": clusters(),
    "sklearn.metrics.hamming_loss": labels(symmetric=True),
    "sklearn.metrics.hinge_loss": scores(prediction="pred_decision"),
    "sklearn.metrics.homogeneity_completeness_v_measure": clusters(symmetric=False),
    "sklearn.metrics.homogeneity_score": clusters(symmetric=False),
    "sklearn.metrics.jaccard_score": labels(symmetric=True),
    "sklearn.metrics.jaccard_similarity_score": call(
        "y_true y_pred ...", Metric("y_pred", "y_true", "labels"), until="0.23"
    ),
    "sklearn.metrics.label_ranking_average_precision_score": scores("multilabel"),
    "sklearn.metrics.label_ranking_loss": scores("multilabel"),
    "sklearn.metrics.log_loss": scores(prediction="y_proba"),
    "sklearn.metrics.matthews_corrcoef": labels(symmetric=True),
    "sklearn.metrics.max_error": values(symmetric=True),
    "sklearn.metrics.mean_absolute_error": values(symmetric=True),
    "sklearn.metrics.mean_absolute_percentage_error": values(),
    "sklearn.metrics.mean_gamma_deviance": values(),
    "sklearn.metrics.mean_pinball_loss": values(),
    "sklearn.metrics.mean_poisson_deviance": values(),
    "sklearn.metrics.mean_squared_error": values(symmetric=True),
    "sklearn.metrics.mean_squared_log_error": values(symmetric=True),
    "sklearn.metrics.mean_tweedie_deviance": values(),
    "sklearn.metrics.median_absolute_error": values(symmetric=True),
    "sklearn.metrics.multilabel_confusion_matrix": labels(),
    "sklearn.metrics.mutual_info_score": clusters(),
    "sklearn.metrics.ndcg_score": scores(),
    "sklearn.metrics.normalized_mutual_info_score": clusters(),
    "sklearn.metrics.pair_confusion_matrix": clusters(symmetric=False),
    "sklearn.metrics.pairwise.cosine_similarity": call("X Y ...", Compute("X")),
    "sklearn.metrics.pairwise.euclidean_distances": call("X Y ...", Compute("X")),
    "sklearn.metrics.pairwise_distances": call("X Y ...", Compute("X")),
    "sklearn.metrics.precision_recall_curve": scores("binary"),
    "sklearn.metrics.precision_recall_fscore_support": labels(),
    "sklearn.metrics.precision_score": labels(),
    "sklearn.metrics.r2_score": values(),
    "sklearn.metrics.rand_score": clusters(),
    "sklearn.metrics.recall_score": labels(),
    "sklearn.metrics.roc_auc_score": scores(),
    "sklearn.metrics.roc_curve": scores("binary"),
    "sklearn.metrics.root_mean_squared_error": values(symmetric=True),
    "sklearn.metrics.root_mean_squared_log_error": values(symmetric=True),
    "sklearn.metrics.silhouette_samples": call("X labels ...", Compute("labels")),
    "sklearn.metrics.silhouette_score": call("X labels ...", Compute("labels")),
    "sklearn.metrics.top_k_accuracy_score": scores("multiclass"),
    # v_measure is symmetric only at beta = 1.
    "sklearn.metrics.v_measure_score": clusters(),
    "sklearn.metrics.zero_one_loss": labels(symmetric=True),
}
