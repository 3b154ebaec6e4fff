"""Other names of scikit-learn's functions and classes: private modules, former modules, former names."""

from __future__ import annotations

from typing import Final

__all__ = ["ALIASES", "PRIVATE"]

PRIVATE: Final[dict[str, str]] = {
    "sklearn.cluster": "affinity_propagation_ agglomerative birch bisect_k_means dbscan hdbscan.hdbscan "
    "hierarchical kmeans k_means_ mean_shift mean_shift_ optics optics_ spectral",
    "sklearn.compose": "column_transformer target",
    "sklearn.covariance": "elliptic_envelope empirical_covariance empirical_covariance_ graph_lasso "
    "graph_lasso_ robust_covariance shrunk_covariance shrunk_covariance_",
    "sklearn.cross_decomposition": "cca_ pls pls_",
    "sklearn.datasets": "base california_housing covtype kddcup99 lfw mldata olivetti_faces openml rcv1 "
    "samples_generator svmlight_format svmlight_format_io twenty_newsgroups",
    "sklearn.decomposition": "base dict_learning factor_analysis fastica fastica_ incremental_pca "
    "kernel_pca lda nmf online_lda pca sparse_pca truncated_svd",
    "sklearn.ensemble": "bagging forest gb gradient_boosting hist_gradient_boosting.gradient_boosting "
    "iforest stacking voting voting_classifier weight_boosting",
    "sklearn.feature_extraction": "dict_vectorizer hash hashing",
    "sklearn.feature_selection": "from_model mutual_info mutual_info_ rfe sequential "
    "univariate_selection variance_threshold",
    "sklearn.gaussian_process": "gpc gpr",
    "sklearn.impute": "base iterative knn",
    "sklearn.linear_model": "base bayes coordinate_descent glm.glm huber least_angle linear_loss logistic "
    "omp passive_aggressive perceptron quantile ransac ridge sgd_fast stochastic_gradient theil_sen",
    "sklearn.manifold": "classical_mds isomap locally_linear mds spectral_embedding spectral_embedding_ "
    "t_sne",
    "sklearn.metrics": "classification cluster cluster.supervised cluster.unsupervised plot.confusion_matrix "
    "plot.det_curve plot.precision_recall_curve plot.regression plot.roc_curve ranking regression scorer",
    "sklearn.mixture": "bayesian_mixture gaussian_mixture",
    "sklearn.model_selection": "classification_threshold search search_successive_halving split validation",
    "sklearn.neighbors": "classification graph kde lof nca nearest_centroid regression unsupervised",
    "sklearn.neural_network": "multilayer_perceptron rbm",
    "sklearn.preprocessing": "data discretization encoders function_transformer imputation label "
    "polynomial target_encoder",
    "sklearn.semi_supervised": "label_propagation self_training",
    "sklearn.svm": "classes",
    "sklearn.tree": "classes tree",
}
"""The modules of each package that hold its public names: once "data", then "_data"."""


def former_modules() -> dict[str, str]:
    """Each module that held public names, under its old name and its private one."""
    found: dict[str, str] = {}
    for package, modules in PRIVATE.items():
        for module in modules.split():
            parent, _, leaf = module.rpartition(".")
            outer = f"{package}.{parent}" if parent else package
            private = f"{package}._{parent}" if parent else package
            for name in (f"{outer}.{leaf}", f"{outer}._{leaf}", f"{private}.{leaf}", f"{private}._{leaf}"):
                found[name] = package
    return found


FORMER: Final[dict[str, str]] = {
    # `KFold` and its kin of this module took the number of samples: they are other classes.
    "sklearn.cross_validation.cross_val_predict": "sklearn.model_selection.cross_val_predict",
    "sklearn.cross_validation.cross_val_score": "sklearn.model_selection.cross_val_score",
    "sklearn.cross_validation.permutation_test_score": "sklearn.model_selection.permutation_test_score",
    "sklearn.cross_validation.train_test_split": "sklearn.model_selection.train_test_split",
    "sklearn.decomposition.RandomizedPCA": "sklearn.decomposition.PCA",
    "sklearn.externals.joblib": "joblib",
    "sklearn.grid_search.GridSearchCV": "sklearn.model_selection.GridSearchCV",
    "sklearn.grid_search.RandomizedSearchCV": "sklearn.model_selection.RandomizedSearchCV",
    "sklearn.lda.LDA": "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
    "sklearn.learning_curve.learning_curve": "sklearn.model_selection.learning_curve",
    "sklearn.learning_curve.validation_curve": "sklearn.model_selection.validation_curve",
    "sklearn.metrics.euclidean_distances": "sklearn.metrics.pairwise.euclidean_distances",
    "sklearn.metrics.pairwise.pairwise_distances": "sklearn.metrics.pairwise_distances",
    "sklearn.qda.QDA": "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis",
    "sklearn.utils.compute_class_weight": "sklearn.utils.class_weight.compute_class_weight",
    "sklearn.utils.compute_sample_weight": "sklearn.utils.class_weight.compute_sample_weight",
}

ALIASES: Final[dict[str, str]] = dict(sorted({**former_modules(), **FORMER}.items()))
