"""scikit-learn's predictors: classifiers, regressors, clusterers, outlier detectors and mixtures.

Signatures as of scikit-learn 1.9; nearly every constructor argument is keyword-only and of no interest
here. The class a group of entries stands for (`isa`) is one real member of the group that has every
method of it: so each method entry can be held against a real signature.
"""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.spec import Entry, Estimator, build

__all__ = ["CLASSIFIER_METHODS", "PREDICTORS", "REGRESSOR_METHODS", "wrapping"]

CLASSIFIER_METHODS: Final = "sklearn.linear_model.SGDClassifier"
REGRESSOR_METHODS: Final = "sklearn.linear_model.SGDRegressor"

CLASSIFIER: Final = build("...", Estimator("classifier"), operands="", isa=CLASSIFIER_METHODS)
REGRESSOR: Final = build("...", Estimator("regressor"), operands="", isa=REGRESSOR_METHODS)
CLUSTERER: Final = build("...", Estimator("clusterer"), operands="", isa="sklearn.cluster.MiniBatchKMeans")
OUTLIER: Final = build("...", Estimator("clusterer"), operands="", isa="sklearn.linear_model.SGDOneClassSVM")
MIXTURE: Final = build("...", Estimator("clusterer"), operands="", isa="sklearn.mixture.GaussianMixture")
DENSITY: Final = build("...", Estimator("clusterer"), operands="", isa="sklearn.neighbors.KernelDensity")
COVARIANCE: Final = build(
    "...", Estimator("clusterer"), operands="", isa="sklearn.covariance.EmpiricalCovariance"
)
DISCRIMINANT: Final = build(
    "...",
    Estimator("classifier"),
    operands="",
    isa="sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
)
ISOTONIC: Final = build("...", Estimator("regressor"), operands="", isa="sklearn.isotonic.IsotonicRegression")
LATENT: Final = build(
    "...", Estimator("regressor"), operands="", isa="sklearn.cross_decomposition.PLSRegression"
)


def wrapping(entry: Entry, inner: str) -> Entry:
    """The same predictor around the estimators that its first parameter holds."""
    kind = entry.does.kind if isinstance(entry.does, Estimator) else "classifier"
    return build(f"{inner} ...", Estimator(kind, steps=inner), operands="", isa=entry.isa)


PREDICTORS: Final[dict[str, Entry]] = {
    "sklearn.calibration.CalibratedClassifierCV": wrapping(CLASSIFIER, "estimator"),
    "sklearn.cluster.AffinityPropagation": CLUSTERER,
    "sklearn.cluster.AgglomerativeClustering": CLUSTERER,
    "sklearn.cluster.Birch": CLUSTERER,
    "sklearn.cluster.BisectingKMeans": CLUSTERER,
    "sklearn.cluster.DBSCAN": CLUSTERER,
    "sklearn.cluster.HDBSCAN": CLUSTERER,
    "sklearn.cluster.KMeans": CLUSTERER,
    "sklearn.cluster.MeanShift": CLUSTERER,
    "sklearn.cluster.MiniBatchKMeans": CLUSTERER,
    "sklearn.cluster.OPTICS": CLUSTERER,
    "sklearn.cluster.SpectralBiclustering": CLUSTERER,
    "sklearn.cluster.SpectralClustering": CLUSTERER,
    "sklearn.cluster.SpectralCoclustering": CLUSTERER,
    "sklearn.compose.TransformedTargetRegressor": wrapping(REGRESSOR, "regressor"),
    "sklearn.covariance.EllipticEnvelope": OUTLIER,
    "sklearn.covariance.EmpiricalCovariance": COVARIANCE,
    "sklearn.covariance.GraphicalLasso": COVARIANCE,
    "sklearn.covariance.GraphicalLassoCV": COVARIANCE,
    "sklearn.covariance.LedoitWolf": COVARIANCE,
    "sklearn.covariance.MinCovDet": COVARIANCE,
    "sklearn.covariance.OAS": COVARIANCE,
    "sklearn.covariance.ShrunkCovariance": COVARIANCE,
    "sklearn.cross_decomposition.CCA": LATENT,
    "sklearn.cross_decomposition.PLSCanonical": LATENT,
    "sklearn.cross_decomposition.PLSRegression": LATENT,
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": DISCRIMINANT,
    "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis": CLASSIFIER,
    "sklearn.dummy.DummyClassifier": CLASSIFIER,
    "sklearn.dummy.DummyRegressor": REGRESSOR,
    "sklearn.ensemble.AdaBoostClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.ensemble.AdaBoostRegressor": wrapping(REGRESSOR, "estimator"),
    "sklearn.ensemble.BaggingClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.ensemble.BaggingRegressor": wrapping(REGRESSOR, "estimator"),
    "sklearn.ensemble.ExtraTreesClassifier": CLASSIFIER,
    "sklearn.ensemble.ExtraTreesRegressor": REGRESSOR,
    "sklearn.ensemble.GradientBoostingClassifier": CLASSIFIER,
    "sklearn.ensemble.GradientBoostingRegressor": REGRESSOR,
    "sklearn.ensemble.HistGradientBoostingClassifier": CLASSIFIER,
    "sklearn.ensemble.HistGradientBoostingRegressor": REGRESSOR,
    "sklearn.ensemble.IsolationForest": OUTLIER,
    "sklearn.ensemble.RandomForestClassifier": CLASSIFIER,
    "sklearn.ensemble.RandomForestRegressor": REGRESSOR,
    "sklearn.ensemble.StackingClassifier": wrapping(CLASSIFIER, "estimators"),
    "sklearn.ensemble.StackingRegressor": wrapping(REGRESSOR, "estimators"),
    "sklearn.ensemble.VotingClassifier": wrapping(CLASSIFIER, "estimators"),
    "sklearn.ensemble.VotingRegressor": wrapping(REGRESSOR, "estimators"),
    "sklearn.gaussian_process.GaussianProcessClassifier": CLASSIFIER,
    "sklearn.gaussian_process.GaussianProcessRegressor": REGRESSOR,
    "sklearn.isotonic.IsotonicRegression": ISOTONIC,
    "sklearn.kernel_ridge.KernelRidge": REGRESSOR,
    "sklearn.linear_model.ARDRegression": REGRESSOR,
    "sklearn.linear_model.BayesianRidge": REGRESSOR,
    "sklearn.linear_model.ElasticNet": REGRESSOR,
    "sklearn.linear_model.ElasticNetCV": REGRESSOR,
    "sklearn.linear_model.GammaRegressor": REGRESSOR,
    "sklearn.linear_model.HuberRegressor": REGRESSOR,
    "sklearn.linear_model.Lars": REGRESSOR,
    "sklearn.linear_model.LarsCV": REGRESSOR,
    "sklearn.linear_model.Lasso": REGRESSOR,
    "sklearn.linear_model.LassoCV": REGRESSOR,
    "sklearn.linear_model.LassoLars": REGRESSOR,
    "sklearn.linear_model.LassoLarsCV": REGRESSOR,
    "sklearn.linear_model.LassoLarsIC": REGRESSOR,
    "sklearn.linear_model.LinearRegression": REGRESSOR,
    "sklearn.linear_model.LogisticRegression": CLASSIFIER,
    "sklearn.linear_model.LogisticRegressionCV": CLASSIFIER,
    "sklearn.linear_model.MultiTaskElasticNet": REGRESSOR,
    "sklearn.linear_model.MultiTaskElasticNetCV": REGRESSOR,
    "sklearn.linear_model.MultiTaskLasso": REGRESSOR,
    "sklearn.linear_model.MultiTaskLassoCV": REGRESSOR,
    "sklearn.linear_model.OrthogonalMatchingPursuit": REGRESSOR,
    "sklearn.linear_model.OrthogonalMatchingPursuitCV": REGRESSOR,
    "sklearn.linear_model.PassiveAggressiveClassifier": CLASSIFIER,
    "sklearn.linear_model.PassiveAggressiveRegressor": REGRESSOR,
    "sklearn.linear_model.Perceptron": CLASSIFIER,
    "sklearn.linear_model.PoissonRegressor": REGRESSOR,
    "sklearn.linear_model.QuantileRegressor": REGRESSOR,
    "sklearn.linear_model.RANSACRegressor": wrapping(REGRESSOR, "estimator"),
    "sklearn.linear_model.Ridge": REGRESSOR,
    "sklearn.linear_model.RidgeCV": REGRESSOR,
    "sklearn.linear_model.RidgeClassifier": CLASSIFIER,
    "sklearn.linear_model.RidgeClassifierCV": CLASSIFIER,
    "sklearn.linear_model.SGDClassifier": CLASSIFIER,
    "sklearn.linear_model.SGDOneClassSVM": OUTLIER,
    "sklearn.linear_model.SGDRegressor": REGRESSOR,
    "sklearn.linear_model.TheilSenRegressor": REGRESSOR,
    "sklearn.linear_model.TweedieRegressor": REGRESSOR,
    "sklearn.mixture.BayesianGaussianMixture": MIXTURE,
    "sklearn.mixture.GaussianMixture": MIXTURE,
    "sklearn.model_selection.FixedThresholdClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.model_selection.TunedThresholdClassifierCV": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multiclass.OneVsOneClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multiclass.OneVsRestClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multiclass.OutputCodeClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multioutput.ClassifierChain": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multioutput.MultiOutputClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.multioutput.MultiOutputRegressor": wrapping(REGRESSOR, "estimator"),
    "sklearn.multioutput.RegressorChain": wrapping(REGRESSOR, "estimator"),
    "sklearn.naive_bayes.BernoulliNB": CLASSIFIER,
    "sklearn.naive_bayes.CategoricalNB": CLASSIFIER,
    "sklearn.naive_bayes.ComplementNB": CLASSIFIER,
    "sklearn.naive_bayes.GaussianNB": CLASSIFIER,
    "sklearn.naive_bayes.MultinomialNB": CLASSIFIER,
    "sklearn.neighbors.KNeighborsClassifier": CLASSIFIER,
    "sklearn.neighbors.KNeighborsRegressor": REGRESSOR,
    "sklearn.neighbors.KernelDensity": DENSITY,
    "sklearn.neighbors.LocalOutlierFactor": OUTLIER,
    "sklearn.neighbors.NearestCentroid": CLASSIFIER,
    "sklearn.neighbors.NearestNeighbors": DENSITY,
    "sklearn.neighbors.RadiusNeighborsClassifier": CLASSIFIER,
    "sklearn.neighbors.RadiusNeighborsRegressor": REGRESSOR,
    "sklearn.neural_network.MLPClassifier": CLASSIFIER,
    "sklearn.neural_network.MLPRegressor": REGRESSOR,
    "sklearn.semi_supervised.LabelPropagation": CLASSIFIER,
    "sklearn.semi_supervised.LabelSpreading": CLASSIFIER,
    "sklearn.semi_supervised.SelfTrainingClassifier": wrapping(CLASSIFIER, "estimator"),
    "sklearn.svm.LinearSVC": CLASSIFIER,
    "sklearn.svm.LinearSVR": REGRESSOR,
    "sklearn.svm.NuSVC": CLASSIFIER,
    "sklearn.svm.NuSVR": REGRESSOR,
    "sklearn.svm.OneClassSVM": OUTLIER,
    "sklearn.svm.SVC": CLASSIFIER,
    "sklearn.svm.SVR": REGRESSOR,
    "sklearn.tree.DecisionTreeClassifier": CLASSIFIER,
    "sklearn.tree.DecisionTreeRegressor": REGRESSOR,
    "sklearn.tree.ExtraTreeClassifier": CLASSIFIER,
    "sklearn.tree.ExtraTreeRegressor": REGRESSOR,
}
