"""scikit-learn's functions over data: splits, cross-validation, data sets, one-shot preprocessing."""

from __future__ import annotations

from typing import Final, Literal

from nnlint.knowledge.spec import (
    Action,
    Activation,
    Compute,
    Constant,
    Entry,
    FitTransform,
    Keep,
    Load,
    Permute,
    Split,
    build,
    call,
)

__all__ = ["DATA"]

ARRAY: Final = "numpy.ndarray"


def folds(params: str, until: str = "") -> Entry:
    """A cross-validator: an object whose `split` yields pairs of indices."""
    isa = "sklearn.model_selection.KFold"
    return build(params, Split("folds"), operands="", isa=isa, until=until)


def cross_validation(params: str) -> Entry:
    """A function that fits clones of `estimator` on folds of `X`."""
    return call(params, Action("cross_validate", operand="X"))


def load(params: str, gives: Literal["table", "array", "x-y"] = "table") -> Entry:
    """A data set; a `Bunch` with `data` and `target` unless `return_X_y` asks for a pair."""
    return call(params, Load(gives), isa="sklearn.utils.Bunch" if gives == "table" else "")


BUNDLED: Final = call(
    "* return_X_y as_frame", Load("table"), isa="sklearn.utils.Bunch", return_X_y=False, as_frame=False
)
BY_CLASS: Final = call(
    "* return_X_y as_frame",
    Load("table", ordered=True),
    isa="sklearn.utils.Bunch",
    return_X_y=False,
    as_frame=False,
)
MADE: Final = call("n_samples ...", Load("x-y"))
ONE_SHOT: Final = call("X ...", FitTransform("X"), isa=ARRAY)
SCORER: Final = call("...", Constant())

DATA: Final[dict[str, Entry]] = {
    "sklearn.base.clone": call("estimator ...", Compute("estimator")),
    "sklearn.datasets.fetch_20newsgroups": load("..."),
    "sklearn.datasets.fetch_20newsgroups_vectorized": load("..."),
    "sklearn.datasets.fetch_california_housing": load("..."),
    "sklearn.datasets.fetch_covtype": load("..."),
    "sklearn.datasets.fetch_kddcup99": load("..."),
    "sklearn.datasets.fetch_lfw_pairs": load("..."),
    "sklearn.datasets.fetch_lfw_people": load("..."),
    "sklearn.datasets.fetch_mldata": call(
        "dataname ...", Load("table"), isa="sklearn.utils.Bunch", until="0.22"
    ),
    "sklearn.datasets.fetch_olivetti_faces": load("..."),
    "sklearn.datasets.fetch_openml": load("name ..."),
    "sklearn.datasets.fetch_rcv1": load("..."),
    "sklearn.datasets.load_boston": call("...", Load("table"), isa="sklearn.utils.Bunch", until="1.2"),
    "sklearn.datasets.load_breast_cancer": BUNDLED,
    "sklearn.datasets.load_diabetes": call(
        "* return_X_y as_frame scaled",
        Load("table"),
        isa="sklearn.utils.Bunch",
        return_X_y=False,
        as_frame=False,
        scaled=True,
    ),
    "sklearn.datasets.load_digits": call(
        "* n_class return_X_y as_frame", Load("table"), isa="sklearn.utils.Bunch", return_X_y=False
    ),
    "sklearn.datasets.load_files": load("container_path ..."),
    "sklearn.datasets.load_iris": BY_CLASS,
    "sklearn.datasets.load_linnerud": BUNDLED,
    "sklearn.datasets.load_sample_image": load("image_name", "array"),
    "sklearn.datasets.load_svmlight_file": load("f ...", "x-y"),
    "sklearn.datasets.load_wine": BY_CLASS,
    "sklearn.datasets.make_blobs": MADE,
    "sklearn.datasets.make_circles": MADE,
    "sklearn.datasets.make_classification": MADE,
    "sklearn.datasets.make_friedman1": MADE,
    "sklearn.datasets.make_friedman2": MADE,
    "sklearn.datasets.make_friedman3": MADE,
    "sklearn.datasets.make_gaussian_quantiles": load("...", "x-y"),
    "sklearn.datasets.make_hastie_10_2": MADE,
    "sklearn.datasets.make_moons": MADE,
    "sklearn.datasets.make_multilabel_classification": MADE,
    "sklearn.datasets.make_regression": MADE,
    "sklearn.datasets.make_s_curve": MADE,
    "sklearn.datasets.make_sparse_uncorrelated": MADE,
    "sklearn.datasets.make_swiss_roll": MADE,
    "sklearn.feature_selection.chi2": call("X y", Compute("X")),
    "sklearn.feature_selection.f_classif": call("X y", Compute("X")),
    "sklearn.feature_selection.f_regression": call("X y ...", Compute("X")),
    "sklearn.feature_selection.mutual_info_classif": call("X y ...", Compute("X")),
    "sklearn.feature_selection.mutual_info_regression": call("X y ...", Compute("X")),
    "sklearn.metrics.make_scorer": SCORER,
    "sklearn.model_selection.GroupKFold": folds("n_splits ..."),
    "sklearn.model_selection.GroupShuffleSplit": folds("n_splits ..."),
    "sklearn.model_selection.KFold": folds("n_splits * shuffle random_state"),
    "sklearn.model_selection.LeaveOneGroupOut": folds(""),
    "sklearn.model_selection.LeaveOneOut": folds(""),
    "sklearn.model_selection.LeavePGroupsOut": folds("n_groups"),
    "sklearn.model_selection.LeavePOut": folds("p"),
    "sklearn.model_selection.PredefinedSplit": folds("test_fold"),
    "sklearn.model_selection.RepeatedKFold": folds("..."),
    "sklearn.model_selection.RepeatedStratifiedKFold": folds("..."),
    "sklearn.model_selection.ShuffleSplit": folds("n_splits ..."),
    "sklearn.model_selection.StratifiedGroupKFold": folds("n_splits ..."),
    "sklearn.model_selection.StratifiedKFold": folds("n_splits * shuffle random_state"),
    "sklearn.model_selection.StratifiedShuffleSplit": folds("n_splits ..."),
    "sklearn.model_selection.TimeSeriesSplit": folds("n_splits ..."),
    "sklearn.model_selection.cross_val_predict": cross_validation("estimator X y ..."),
    "sklearn.model_selection.cross_val_score": cross_validation("estimator X y ..."),
    "sklearn.model_selection.cross_validate": cross_validation("estimator X y ..."),
    "sklearn.model_selection.learning_curve": cross_validation("estimator X y ..."),
    "sklearn.model_selection.permutation_test_score": cross_validation("estimator X y ..."),
    "sklearn.model_selection.train_test_split": call(
        "*arrays test_size train_size random_state shuffle stratify",
        Split("arrays"),
        test_size=None,
        train_size=None,
        random_state=None,
        shuffle=True,
        stratify=None,
    ),
    "sklearn.model_selection.validation_curve": cross_validation("estimator X y ..."),
    "sklearn.preprocessing.add_dummy_feature": call("X ...", Keep("X")),
    "sklearn.preprocessing.binarize": call("X ...", Keep("X")),
    "sklearn.preprocessing.label_binarize": call("y ...", Keep("y")),
    "sklearn.preprocessing.maxabs_scale": ONE_SHOT,
    "sklearn.preprocessing.minmax_scale": ONE_SHOT,
    # Each sample is scaled by its own length: nothing is learned from the others.
    "sklearn.preprocessing.normalize": call("X norm * axis ...", Keep("X"), axis=1),
    "sklearn.preprocessing.power_transform": ONE_SHOT,
    "sklearn.preprocessing.quantile_transform": ONE_SHOT,
    "sklearn.preprocessing.robust_scale": ONE_SHOT,
    "sklearn.preprocessing.scale": ONE_SHOT,
    "sklearn.utils.Bunch": call("**kwargs", Constant(), isa="sklearn.utils.Bunch"),
    "sklearn.utils.check_X_y": call("X y ...", Compute("X")),
    "sklearn.utils.check_array": call("array ...", Keep("array")),
    "sklearn.utils.class_weight.compute_class_weight": call("class_weight * classes y ...", Compute("y")),
    "sklearn.utils.class_weight.compute_sample_weight": call("class_weight y ...", Compute("y")),
    "sklearn.utils.extmath.softmax": call("X ...", Activation("softmax", "X")),
    "sklearn.utils.multiclass.unique_labels": call("*ys ...", Compute("ys")),
    "sklearn.utils.resample": call("*arrays replace ...", Keep("arrays"), replace=True),
    "sklearn.utils.shuffle": call("*arrays ...", Permute("arrays", several=True)),
}
