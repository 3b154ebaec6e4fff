"""The methods of scikit-learn's estimators, filed under one real class per kind of signature."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.spec import (
    Compute,
    Entry,
    Fit,
    FitTransform,
    Keep,
    Predict,
    Score,
    Split,
    Transform,
    call,
)

__all__ = ["METHODS"]

ARRAY: Final = "numpy.ndarray"

FIT: Final = call("X y ...", Fit("X", "y"))
FIT_TRANSFORM: Final = call("X y ...", FitTransform("X", "y"), isa=ARRAY)
TRANSFORM: Final = call("X ...", Transform("X"), isa=ARRAY)
INVERSE: Final = call("X ...", Transform("X", inverse=True), isa=ARRAY)
LABELS: Final = call("X ...", Predict("X", "labels"), isa=ARRAY)
VALUES: Final = call("X ...", Predict("X", "values"), isa=ARRAY)
ANYTHING: Final = call("X ...", Predict("X"), isa=ARRAY)
PROBABILITIES: Final = call("X ...", Predict("X", "probabilities"), isa=ARRAY)
LOG_PROBABILITIES: Final = call("X ...", Predict("X", "log-probabilities"), isa=ARRAY)
SCORES: Final = call("X ...", Predict("X", "scores"), isa=ARRAY)
FIT_PREDICT: Final = call("X y ...", Predict("X", "labels"), isa=ARRAY)
SCORE: Final = call("X y ...", Score("X", "y"))
PARAMS: Final = call("...", Compute("self"))
SAME: Final = call("...", Keep("self"))

COMMON: Final[dict[str, Entry]] = {
    "get_params": PARAMS,
    "set_params": SAME,
}
TRANSFORMER: Final[dict[str, Entry]] = {
    **COMMON,
    "fit": FIT,
    "fit_transform": FIT_TRANSFORM,
    "get_feature_names_out": PARAMS,
    "inverse_transform": INVERSE,
    "set_output": SAME,
    "transform": TRANSFORM,
}
CLASSIFIER: Final[dict[str, Entry]] = {
    **COMMON,
    "decision_function": SCORES,
    "fit": FIT,
    "partial_fit": FIT,
    "predict": LABELS,
    "predict_log_proba": LOG_PROBABILITIES,
    "predict_proba": PROBABILITIES,
    "score": SCORE,
}
REGRESSOR: Final[dict[str, Entry]] = {
    **COMMON,
    "fit": FIT,
    "partial_fit": FIT,
    "predict": VALUES,
    "score": SCORE,
}
CLUSTERER: Final[dict[str, Entry]] = {
    **COMMON,
    "fit": FIT,
    "fit_predict": FIT_PREDICT,
    "fit_transform": FIT_TRANSFORM,
    "partial_fit": FIT,
    "predict": LABELS,
    "score": SCORE,
    "set_output": SAME,
    "transform": TRANSFORM,
}
WRAPPER: Final[dict[str, Entry]] = {
    **COMMON,
    "decision_function": SCORES,
    "fit": FIT,
    "inverse_transform": INVERSE,
    "predict": ANYTHING,
    "predict_log_proba": LOG_PROBABILITIES,
    "predict_proba": PROBABILITIES,
    "score": SCORE,
    "score_samples": SCORES,
    "transform": TRANSFORM,
}
PIPELINE: Final[dict[str, Entry]] = {
    **WRAPPER,
    "fit_predict": FIT_PREDICT,
    "fit_transform": FIT_TRANSFORM,
    "get_feature_names_out": PARAMS,
    "set_output": SAME,
}
TEXT: Final[dict[str, Entry]] = {
    **COMMON,
    "fit": call("raw_documents y", Fit("raw_documents")),
    "fit_transform": call("raw_documents y", FitTransform("raw_documents"), isa="scipy.sparse.csr_matrix"),
    "get_feature_names_out": PARAMS,
    "inverse_transform": INVERSE,
    "transform": call("raw_documents", Transform("raw_documents"), isa="scipy.sparse.csr_matrix"),
}


def labels(inverse: str) -> dict[str, Entry]:
    """Methods of an encoder of labels, whose way back takes the parameter `inverse`."""
    return {
        **COMMON,
        "fit": call("y", Fit("y")),
        "fit_transform": call("y", FitTransform("y"), isa=ARRAY),
        "inverse_transform": call(f"{inverse} ...", Transform(inverse, inverse=True), isa=ARRAY),
        "set_output": SAME,
        "transform": call("y", Transform("y"), isa=ARRAY),
    }


SPLITTER: Final[dict[str, Entry]] = {
    "get_n_splits": call("...", Compute("self")),
    "split": call("X y groups", Split("folds")),
}

FAMILIES: Final[dict[str, dict[str, Entry]]] = {
    "sklearn.cluster.MiniBatchKMeans": CLUSTERER,
    "sklearn.covariance.EmpiricalCovariance": {
        **COMMON,
        "fit": FIT,
        "score": call("X_test y", Score("X_test", "y")),
    },
    "sklearn.cross_decomposition.PLSRegression": {
        **TRANSFORMER,
        "predict": VALUES,
        "score": SCORE,
        "fit_transform": call("X y", FitTransform("X", "y")),
        "transform": call("X y ...", Transform("X")),
    },
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": {
        **{name: entry for name, entry in CLASSIFIER.items() if name != "partial_fit"},
        "fit_transform": FIT_TRANSFORM,
        "set_output": SAME,
        "transform": TRANSFORM,
    },
    "sklearn.feature_extraction.FeatureHasher": {
        **COMMON,
        "fit": FIT,
        "fit_transform": FIT_TRANSFORM,
        "transform": call("raw_X", Transform("raw_X"), isa=ARRAY),
    },
    "sklearn.feature_extraction.text.CountVectorizer": TEXT,
    "sklearn.feature_selection.RFE": {
        **TRANSFORMER,
        "decision_function": SCORES,
        "predict": ANYTHING,
        "predict_log_proba": LOG_PROBABILITIES,
        "predict_proba": PROBABILITIES,
        "score": SCORE,
    },
    "sklearn.isotonic.IsotonicRegression": {
        **COMMON,
        "fit": FIT,
        "fit_transform": FIT_TRANSFORM,
        "predict": call("T", Predict("T", "values"), isa=ARRAY),
        "score": SCORE,
        "transform": call("T", Transform("T"), isa=ARRAY),
    },
    "sklearn.linear_model.SGDClassifier": CLASSIFIER,
    "sklearn.linear_model.SGDOneClassSVM": {
        **COMMON,
        "decision_function": SCORES,
        "fit": FIT,
        "fit_predict": FIT_PREDICT,
        "partial_fit": FIT,
        "predict": LABELS,
        "score_samples": SCORES,
    },
    "sklearn.linear_model.SGDRegressor": REGRESSOR,
    "sklearn.manifold.TSNE": {**COMMON, "fit": FIT, "fit_transform": FIT_TRANSFORM},
    "sklearn.mixture.GaussianMixture": {
        **COMMON,
        "fit": FIT,
        "fit_predict": FIT_PREDICT,
        "predict": LABELS,
        "predict_proba": PROBABILITIES,
        "score": SCORE,
        "score_samples": SCORES,
    },
    "sklearn.model_selection.GridSearchCV": WRAPPER,
    "sklearn.model_selection.KFold": SPLITTER,
    "sklearn.neighbors.KernelDensity": {**COMMON, "fit": FIT, "score": SCORE, "score_samples": SCORES},
    "sklearn.pipeline.Pipeline": PIPELINE,
    "sklearn.preprocessing.LabelBinarizer": labels("Y"),
    "sklearn.preprocessing.LabelEncoder": labels("y"),
    "sklearn.preprocessing.MultiLabelBinarizer": labels("yt"),
    "sklearn.preprocessing.StandardScaler": {**TRANSFORMER, "partial_fit": FIT},
}

METHODS: Final[dict[str, Entry]] = {
    f"{owner}.{name}": entry for owner, family in FAMILIES.items() for name, entry in family.items()
}
