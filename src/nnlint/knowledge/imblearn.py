"""imbalanced-learn: over- and under-sampling. `fit_resample` gives the pair of new samples and labels."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.sklearn_predictors import CLASSIFIER_METHODS
from nnlint.knowledge.spec import (
    Compute,
    Entry,
    Estimator,
    Fit,
    FitTransform,
    Framework,
    Keep,
    Metric,
    build,
    call,
)

__all__ = ["FRAMEWORK"]

RESAMPLER_METHODS: Final = "imblearn.over_sampling.SMOTE"
PIPELINE_METHODS: Final = "sklearn.pipeline.Pipeline"

# It only leaves rows out: no row of the test part comes from another one.
UNDERSAMPLER: Final = build("...", Estimator("undersampler"), operands="", isa=RESAMPLER_METHODS)
RESAMPLER: Final = build("...", Estimator("resampler"), operands="", isa=RESAMPLER_METHODS)
CLASSIFIER: Final = build("...", Estimator("classifier"), operands="", isa=CLASSIFIER_METHODS)
METRIC: Final = call("y_true y_pred ...", Metric("y_pred", "y_true", "labels"))

ENTRIES: Final[dict[str, Entry]] = {
    "imblearn.FunctionSampler": RESAMPLER,
    "imblearn.combine.SMOTEENN": RESAMPLER,
    "imblearn.combine.SMOTETomek": RESAMPLER,
    "imblearn.datasets.make_imbalance": call("X y ...", Keep("X")),
    "imblearn.ensemble.BalancedBaggingClassifier": build(
        "estimator ...", Estimator("classifier", steps="estimator"), operands="", isa=CLASSIFIER_METHODS
    ),
    "imblearn.ensemble.BalancedRandomForestClassifier": CLASSIFIER,
    "imblearn.ensemble.EasyEnsembleClassifier": CLASSIFIER,
    "imblearn.ensemble.RUSBoostClassifier": build(
        "estimator ...", Estimator("classifier", steps="estimator"), operands="", isa=CLASSIFIER_METHODS
    ),
    "imblearn.metrics.classification_report_imbalanced": METRIC,
    "imblearn.metrics.geometric_mean_score": METRIC,
    "imblearn.metrics.macro_averaged_mean_absolute_error": METRIC,
    "imblearn.metrics.sensitivity_score": METRIC,
    "imblearn.metrics.sensitivity_specificity_support": METRIC,
    "imblearn.metrics.specificity_score": METRIC,
    "imblearn.over_sampling.ADASYN": RESAMPLER,
    "imblearn.over_sampling.BorderlineSMOTE": RESAMPLER,
    "imblearn.over_sampling.KMeansSMOTE": RESAMPLER,
    "imblearn.over_sampling.RandomOverSampler": RESAMPLER,
    "imblearn.over_sampling.SMOTE": RESAMPLER,
    "imblearn.over_sampling.SMOTE.fit": call("X y ...", Fit("X", "y")),
    "imblearn.over_sampling.SMOTE.fit_resample": call("X y ...", FitTransform("X", "y")),
    "imblearn.over_sampling.SMOTE.fit_sample": call("X y", FitTransform("X", "y"), until="0.8"),
    "imblearn.over_sampling.SMOTE.get_params": call("...", Compute("self")),
    "imblearn.over_sampling.SMOTE.set_params": call("...", Keep("self")),
    "imblearn.over_sampling.SMOTEN": RESAMPLER,
    "imblearn.over_sampling.SMOTENC": RESAMPLER,
    "imblearn.over_sampling.SVMSMOTE": RESAMPLER,
    "imblearn.pipeline.Pipeline": build(
        "steps ...", Estimator("pipeline", steps="steps"), operands="", isa=PIPELINE_METHODS
    ),
    "imblearn.pipeline.make_pipeline": build(
        "*steps ...", Estimator("pipeline", steps="steps"), operands="", isa=PIPELINE_METHODS
    ),
    "imblearn.under_sampling.AllKNN": UNDERSAMPLER,
    "imblearn.under_sampling.ClusterCentroids": RESAMPLER,
    "imblearn.under_sampling.CondensedNearestNeighbour": UNDERSAMPLER,
    "imblearn.under_sampling.EditedNearestNeighbours": UNDERSAMPLER,
    "imblearn.under_sampling.InstanceHardnessThreshold": UNDERSAMPLER,
    "imblearn.under_sampling.NearMiss": UNDERSAMPLER,
    "imblearn.under_sampling.NeighbourhoodCleaningRule": UNDERSAMPLER,
    "imblearn.under_sampling.OneSidedSelection": UNDERSAMPLER,
    "imblearn.under_sampling.RandomUnderSampler": UNDERSAMPLER,
    "imblearn.under_sampling.RepeatedEditedNearestNeighbours": UNDERSAMPLER,
    "imblearn.under_sampling.TomekLinks": UNDERSAMPLER,
}

FRAMEWORK: Final = Framework(name="imblearn", roots=("imblearn",), entries=ENTRIES)
