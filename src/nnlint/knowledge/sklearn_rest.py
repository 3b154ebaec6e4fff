"""scikit-learn: checks, kernels, distances, and functions that compute without leaving anything fitted."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Compute, Constant, Entry, Keep, Make, call

__all__ = ["REST"]

_COMPUTE: Mapping[str, str] = {
    "M": "utils.extmath.randomized_svd",
    "S": "cluster.affinity_propagation",
    "X": (
        "cluster.estimate_bandwidth cluster.k_means cluster.kmeans_plusplus "
        "cluster.linkage_tree cluster.ward_tree covariance.ledoit_wolf "
        "decomposition.dict_learning_online "
        "covariance.oas "
        "decomposition.non_negative_factorization decomposition.sparse_encode feature_selection.r_regression "
        "linear_model.enet_path linear_model.lars_path linear_model.lasso_path linear_model.orthogonal_mp "
        "linear_model.ridge_regression manifold.locally_linear_embedding manifold.trustworthiness "
        "metrics.nan_euclidean_distances metrics.pairwise_distances_chunked "
        "metrics.pairwise.additive_chi2_kernel "
        "metrics.pairwise.chi2_kernel metrics.pairwise.cosine_distances metrics.pairwise.haversine_distances "
        "metrics.pairwise.laplacian_kernel metrics.pairwise.linear_kernel "
        "metrics.pairwise.manhattan_distances metrics.pairwise.paired_distances "
        "metrics.pairwise.polynomial_kernel metrics.pairwise.rbf_kernel metrics.pairwise.sigmoid_kernel "
        "metrics.pairwise_distances_argmin metrics.pairwise_distances_argmin_min "
        "metrics.pairwise_kernels neighbors.kneighbors_graph neighbors.radius_neighbors_graph "
        "utils._safe_indexing utils.extmath.row_norms "
        "svm.l1_min_c utils.safe_mask utils.validation.check_non_negative"
    ),
    "Gram": "linear_model.orthogonal_mp_gram",
    "a": "utils.extmath.safe_sparse_dot",
    "affinity": "cluster.spectral_clustering",
    "dissimilarities": "manifold.smacof",
    "emp_cov": "covariance.graphical_lasso covariance.log_likelihood",
    "estimator": "inspection.partial_dependence inspection.permutation_importance",
    "img": "feature_extraction.image.img_to_graph",
    "x": "isotonic.check_increasing",
    "y": "isotonic.isotonic_regression utils.multiclass.class_distribution utils.multiclass.type_of_target",
    "y_true": "calibration.calibration_curve",
}
"""The first parameter of each function, and the functions that have it."""

_KEEP: Mapping[str, str] = {
    "X": "utils.as_float_array",
    "array": "utils.check_symmetric",
    "y": "utils.column_or_1d",
}
_LOOKS: Mapping[str, str] = {
    "X": "utils.assert_all_finite",
    "estimator": (
        "base.is_classifier base.is_clusterer base.is_regressor metrics.check_scoring "
        "utils.estimator_html_repr utils.validation.has_fit_parameter"
    ),
    "y": "utils.multiclass.check_classification_targets utils.multiclass.is_multilabel",
}
"""Calls that look at what they are given, or make something for themselves."""

_OBJECTS: Mapping[str, Entry] = {
    "cross_decomposition.CCA.transform": call("X y ...", Compute("X")),
    "metrics.PredictionErrorDisplay": call("...", Make()),
    "metrics.get_scorer": call("scoring", Make()),
    "model_selection.LearningCurveDisplay": call("...", Make()),
    "model_selection.ParameterGrid": call("param_grid", Make()),
    "model_selection.ParameterSampler": call("param_distributions n_iter ...", Make()),
    "model_selection.check_cv": call("cv y ...", Make()),
    "neighbors.BallTree": call("...", Make(), isa="sklearn.neighbors.BallTree"),
    "neighbors.BallTree.query": call("X k ...", Compute("X")),
    "neighbors.BallTree.query_radius": call("X r ...", Compute("X")),
    "neighbors.KDTree": call("...", Make(), isa="sklearn.neighbors.KDTree"),
    "neighbors.KDTree.query": call("X k ...", Compute("X")),
    "neighbors.KDTree.query_radius": call("X r ...", Compute("X")),
    "utils.check_consistent_length": call("*arrays", Make()),
    "utils.check_random_state": call("seed", Make(), isa="numpy.random.RandomState"),
    "utils.gen_batches": call("n batch_size ...", Make()),
    "utils.indexable": call("*iterables", Keep("iterables")),
}

_METHODS: Mapping[str, str] = {
    "DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier": "tree",
    "ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier RandomForestRegressor": "forest",
    "AdaBoostClassifier AdaBoostRegressor GradientBoostingClassifier GradientBoostingRegressor": "boosting",
    "KNeighborsClassifier KNeighborsRegressor NearestNeighbors": "neighbors",
    "GenericUnivariateSelect RFE RFECV SelectFdr SelectFpr SelectFromModel SelectFwe SelectKBest "
    "SelectPercentile SequentialFeatureSelector VarianceThreshold": "selection",
    "CountVectorizer TfidfVectorizer": "words",
    "BayesianGaussianMixture GaussianMixture": "mixture",
}
_HOMES = {
    "tree": "tree", "forest": "ensemble", "boosting": "ensemble", "neighbors": "neighbors",
    "selection": "feature_selection", "words": "feature_extraction.text", "mixture": "mixture",
}  # fmt: skip
_OF: Mapping[str, Mapping[str, Entry]] = {
    "tree": {
        "apply": call("X ...", Compute("X")),
        "decision_path": call("X ...", Compute("X")),
        "get_depth": call("", Make()),
        "get_n_leaves": call("", Make()),
    },
    "forest": {"apply": call("X", Compute("X")), "decision_path": call("X", Compute("X"))},
    "boosting": {"staged_predict": call("X", Compute("X"))},
    "neighbors": {
        "kneighbors": call("X n_neighbors return_distance", Compute("X")),
        "kneighbors_graph": call("X n_neighbors mode", Compute("X")),
    },
    "selection": {"get_support": call("indices", Make())},
    "words": {
        "build_analyzer": call("", Make()),
        "build_preprocessor": call("", Make()),
        "build_tokenizer": call("", Make()),
        "get_feature_names": call("...", Make(), until="1.2"),
        "get_stop_words": call("", Make()),
    },
    "mixture": {"sample": call("n_samples", Constant(random=True))},
}
"""What else estimators of a kind can be asked; nothing is learnt or divided by it."""


def _asked() -> dict[str, Entry]:
    return {
        f"{_HOMES[kind]}.{name}.{method}": entry
        for names, kind in _METHODS.items()
        for name in names.split()
        for method, entry in _OF[kind].items()
    }


def _listed() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for param, names in _COMPUTE.items():
        found |= {name: call(f"{param} ...", Compute(param)) for name in names.split()}
    for param, names in _KEEP.items():
        found |= {name: call(f"{param} ...", Keep(param)) for name in names.split()}
    for param, names in _LOOKS.items():
        found |= {name: call(f"{param} ...", Make()) for name in names.split()}
    return found


REST: dict[str, Entry] = {
    f"sklearn.{name}": entry for name, entry in sorted({**_listed(), **_OBJECTS, **_asked()}.items())
}
