"""scikit-learn: its tables put together."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.sklearn_aliases import ALIASES
from nnlint.knowledge.sklearn_data import DATA
from nnlint.knowledge.sklearn_methods import METHODS
from nnlint.knowledge.sklearn_metrics import METRICS
from nnlint.knowledge.sklearn_predictors import PREDICTORS
from nnlint.knowledge.sklearn_rest import REST
from nnlint.knowledge.sklearn_transformers import TRANSFORMERS
from nnlint.knowledge.spec import Entry, Framework

__all__ = ["FRAMEWORK"]

ENTRIES: Final[dict[str, Entry]] = dict(
    sorted({**DATA, **METHODS, **METRICS, **PREDICTORS, **REST, **TRANSFORMERS}.items())
)

FRAMEWORK: Final = Framework(
    name="sklearn",
    roots=("sklearn",),
    aliases=ALIASES,
    entries=ENTRIES,
    inert=(
        "sklearn.metrics.ConfusionMatrixDisplay",
        "sklearn.metrics.DetCurveDisplay",
        "sklearn.metrics.PrecisionRecallDisplay",
        "sklearn.metrics.RocCurveDisplay",
        "sklearn.calibration.CalibrationDisplay",
        "sklearn.datasets.dump_svmlight_file",
        "sklearn.inspection.DecisionBoundaryDisplay",
        "sklearn.inspection.PartialDependenceDisplay",
        "sklearn.set_config",
        "sklearn.show_versions",
        "sklearn.tree.export_graphviz",
        "sklearn.tree.export_text",
        "sklearn.tree.plot_tree",
        "sklearn.utils._testing",
        "sklearn.utils.get_tags",
        "sklearn.utils.validation.check_is_fitted",
    ),
)
