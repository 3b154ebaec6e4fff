"""Facts about data: how they are fitted on, divided, judged, scaled and shuffled, for the rules of NN5."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Built, Fitted, Instance, Place, Provenance, Step, Tensor, Unknown, Value
from nnlint.knowledge.spec import Estimator

if TYPE_CHECKING:
    from nnlint.analysis.events import Path

__all__ = [
    "Arithmetic",
    "Augmented",
    "Chosen",
    "CrossValidation",
    "DataEvent",
    "FitCall",
    "Hazard",
    "MetricCall",
    "NanComparison",
    "Overlapping",
    "Paired",
    "Permuted",
    "PredictCall",
    "RandomItem",
    "Renamed",
    "Rescaled",
    "ScaledApart",
    "SplitCall",
    "Unpacked",
    "Unscaled",
    "Unshuffled",
]


@sealed(frozen=True, slots=True)
class FitCall:
    """An estimator or network learnt from data.

    x, data: the samples. text: how the code spells them. y: the labels. transforms: `fit_transform`.
    earlier: the fits before it. validation: data that a network is validated on while it trains. watched:
    what chooses by these (early stopping, checkpoints). folds: it is a search over folds of its own.
    unscaled: for a network, that nothing in it scales its input. checked: missing values were looked at.
    """

    place: Place
    name: str
    estimator: Built | Instance
    effect: Estimator
    x: Value
    data: Provenance | None
    transforms: bool
    earlier: tuple[FitCall, ...]
    text: str = ""
    y: Provenance | None = None
    validation: Provenance | None = None
    watched: Place | None = None
    unscaled: bool = False
    checked: bool = True


@sealed(frozen=True, slots=True)
class SplitCall:
    """Data were divided. shuffled: None where not known. adapted: layers that had learnt from data."""

    place: Place
    name: str
    arrays: tuple[Tensor | Unknown, ...]
    shuffled: bool | None = True
    adapted: tuple[FitCall, ...] = ()


@sealed(frozen=True, slots=True)
class Paired:
    """Samples and labels were put together, row by row."""

    place: Place
    name: str
    data: Provenance
    y: Provenance


@sealed(frozen=True, slots=True)
class CrossValidation:
    """Data are divided into folds, each judged by what was fitted on the others.

    judges: the scores are the result; otherwise they choose among settings (a search). y: the labels, where
    every column of the data is learnt from.
    """

    place: Place
    name: str
    data: Provenance
    judges: bool
    y: Provenance | None = None


@sealed(frozen=True, slots=True)
class PredictCall:
    """A fitted estimator or network is used on data; `fitted` is what it learnt from.

    judges: the call scores, it does not just predict. fit: all that is known of the fit. target: the
    truth it is compared with. meanwhile: the model is validated by it while it learns.
    """

    place: Place
    name: str
    estimator: Built | Instance
    data: Provenance
    fitted: Provenance
    fitted_at: Place
    judges: bool
    fit: Fitted
    target: Provenance | None = None
    meanwhile: bool = False


@sealed(frozen=True, slots=True)
class MetricCall:
    """Predictions were compared with the truth by a metric function."""

    place: Place
    name: str
    prediction: Provenance
    target: Provenance


@sealed(frozen=True, slots=True)
class Arithmetic:
    """Data were shifted or scaled by hand with a statistic of some data (``x - x.mean()``).

    earlier: the same done before, by the helper or by hand, to other data. text: how the code spells the
    data. helper: where a function that does it was called from.
    """

    place: Place
    operator: str
    data: Provenance
    statistic: str
    of: Provenance
    of_place: Place | None
    earlier: tuple[Arithmetic, ...] = ()
    text: str = ""


@sealed(frozen=True, slots=True)
class Rescaled:
    """Data that had been scaled are scaled again."""

    place: Place
    data: Provenance
    before: Step
    now: Step


@sealed(frozen=True, slots=True)
class Unpacked:
    """The parts of a split were given names. parts: role and part of each ("train", "x").

    flat: there is one name for each, and nothing else.
    """

    place: Place
    names: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    split: Place
    flat: bool


@sealed(frozen=True, slots=True)
class Renamed:
    """What speaks of one split gets the data of another.

    text: what gets them, and how. source: what it gets. twin: what was to be expected, which exists.
    taken: the source.
    """

    place: Place
    text: str
    source: str
    twin: str
    taken: Place | None


@sealed(frozen=True, slots=True)
class Overlapping:
    """Training and held-out data were cut from the same data and have rows in common.

    name, other: what is cut here, and at `before`. shared: which rows, in words.
    """

    place: Place
    name: str
    other: str
    before: Place
    shared: str


@sealed(frozen=True, slots=True)
class Permuted:
    """One attribute is reordered by a random permutation that nothing else can use.

    rest: where the object was made of these data and others beside them. uses: every place where the
    permutation orders something.
    """

    place: Place
    attribute: str
    permutation: Place
    rest: Place
    uses: set[Place]


@sealed(frozen=True, slots=True)
class Augmented:
    """Held-out data are changed at random. name: what reads them. role: as far as that is known."""

    place: Place
    name: str
    role: str
    by: Place


@sealed(frozen=True, slots=True)
class ScaledApart:
    """Images of two splits are not put on the same scale. by, other_by: where that is done, if at all."""

    place: Place
    name: str
    other: str
    by: Place | None
    other_by: Place | None
    role: str


@sealed(frozen=True, slots=True)
class Unscaled:
    """Data go as they were read into something that is told not to scale them. option: by what."""

    place: Place
    name: str
    option: str
    source: Place


@sealed(frozen=True, slots=True)
class Unshuffled:
    """Data in the order of their classes are divided or learnt from in that order. kind: of which sort."""

    place: Place
    name: str
    kind: str
    source: Place


@sealed(frozen=True, slots=True)
class Chosen:
    """Settings are chosen by scores on a test split. text: how. score: where one of them is computed."""

    place: Place
    text: str
    score: Place
    split: Place


@sealed(frozen=True, slots=True)
class NanComparison:
    """Something is compared with NaN. op, text: as spelled. other: what is compared with it."""

    place: Place
    op: str
    text: str
    other: Place


@sealed(frozen=True, slots=True)
class RandomItem:
    """A data set draws from NumPy's global generator while several workers read it."""

    place: Place
    draw: Place
    dataset: str


@sealed(frozen=True, slots=True)
class Hazard:
    """A computation that leaves its range for values its operand certainly can take."""

    place: Place
    message: str
    because: Place | None
    path: Path | None


DataEvent: TypeAlias = (
    FitCall
    | SplitCall
    | CrossValidation
    | PredictCall
    | MetricCall
    | Arithmetic
    | Rescaled
    | Unpacked
    | Renamed
    | Overlapping
    | Paired
    | Permuted
    | Augmented
    | ScaledApart
    | Unscaled
    | Unshuffled
    | Chosen
    | NanComparison
    | RandomItem
    | Hazard
)
