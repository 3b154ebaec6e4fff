"""What one run remembers of how data are read, changed, ordered and scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nnlint.analysis.data_events import FitCall, SplitCall
from nnlint.analysis.values import Obj, Place, Provenance, Rows, Tensor, Unknown, Value

__all__ = ["Feed", "Look", "is_plain"]


class Look(NamedTuple):
    """What a transform does to the scale of images. place: where that is said, None if it leaves the scale
    alone. numbers: by which numbers.
    """

    place: Place | None
    numbers: tuple[object, ...]


_PLAIN = frozenset({Tensor, Unknown})


def is_plain(value: Value) -> bool:
    """Whether nothing is known of where a value comes from: it is unknown, computed or drawn."""
    if type(value) is Tensor:
        return value.data is None and value.made in {"op", "variable"}
    return type(value) is Unknown


@dataclass(slots=True)
class Feed:
    """Memory for the rules about data.

    augmenters: transforms and generators that change samples at random, and where that is said.
    generators: those that scale by what they are fitted on.
    flows: images out of generators: shuffled, pixels as they are. arrays: those that flow out as they
    went in.
    augmented: the calls that were given one. ordered: data sets in the order of their classes, by name.
    unshuffled: loaders that keep that order, and their data sets. folded: the same for folds.
    tables: tables read from files. looked_at: originals whose missing values were looked at.
    divided: data whose rows were chosen by hand for splits, and for which.
    scored: scores computed on a test split inside a loop. exchanging: training and test data change places.
    left: what stands left of the operator that is worked out, as spelled.
    states: looked up states of the global random generators. draws: how often others were drawn from.
    adapted: layers that learnt from data. splits: the divisions of data, by what was divided.
    grouped: tables whose rows were grouped, by where. overlaps: pairs of cuts that have rows in common.
    sources: where data sets are read from; trained_on: the names of those of them that are trained on.
    looks: what transforms, and what flows out of generators, do to the scale; train_looks: the same for
    training data, by what reads them.
    shuffled: what was put in another order in place, by where. reorders: whether any rows were.
    batches: parts cut out of samples, by where and how.
    written: tables written to files, by the name of the file.
    predicting: networks that are used, by serial number; learning: those that are trained, or may be.
    read_for: the first caller of each helper that reads a table.
    mixed: computed arrays that were shuffled in place, by where.
    together: values of unknown origin that came out of one call, by where that is.
    handed: those of them that unseen code got.
    taken: columns that were taken out of a table in place, by its original; None for unknown ones.
    """

    generators: set[Place] = field(default_factory=set)
    flows: dict[Place, tuple[bool, bool]] = field(default_factory=dict)
    arrays: dict[Place, Provenance] = field(default_factory=dict)
    augmenters: dict[Place, Place] = field(default_factory=dict)
    augmented: dict[Place, Place] = field(default_factory=dict)
    ordered: dict[Place, str] = field(default_factory=dict)
    unshuffled: dict[Place, Place] = field(default_factory=dict)
    folded: dict[Place, Place] = field(default_factory=dict)
    tables: set[Place] = field(default_factory=set)
    looked_at: set[Place] = field(default_factory=set)
    divided: dict[tuple[Place | None, tuple[Rows, ...]], set[str]] = field(default_factory=dict)
    exchanging: bool = False
    left: str = ""
    draws: dict[int, int] = field(default_factory=dict)
    states: dict[Place | None, str] = field(default_factory=dict)
    adapted: list[FitCall] = field(default_factory=list)
    splits: dict[tuple[Place | None, tuple[Rows, ...]], SplitCall] = field(default_factory=dict)
    overlaps: set[frozenset[tuple[Rows, ...]]] = field(default_factory=set)
    grouped: dict[Place, Provenance] = field(default_factory=dict)
    sources: dict[Place, tuple[str, str]] = field(default_factory=dict)
    trained_on: dict[tuple[str, str], tuple[str, Place]] = field(default_factory=dict)
    written: dict[str, Tensor] = field(default_factory=dict)
    predicting: dict[int, Obj] = field(default_factory=dict)
    learning: set[int] = field(default_factory=set)
    looks: dict[Place, Look] = field(default_factory=dict)
    train_looks: dict[str, tuple[str, Look]] = field(default_factory=dict)
    shuffled: dict[Place, Place] = field(default_factory=dict)
    reorders: bool = False
    batches: dict[tuple[int, str], tuple[str, Provenance]] = field(default_factory=dict)
    scored: dict[Place, Provenance] = field(default_factory=dict)
    read_for: dict[tuple[Place, int], Place] = field(default_factory=dict)
    mixed: dict[Place, Place] = field(default_factory=dict)
    together: dict[Place, Place] = field(default_factory=dict)
    handed: set[Place] = field(default_factory=set)
    taken: dict[Place, frozenset[str] | None] = field(default_factory=dict)

    def came_together(self, parts: Sequence[Value]) -> None:
        """One call gave these: what is unknown or computed among them belongs together."""
        if len(parts) < 2 or type(parts[0]) not in _PLAIN:
            return
        places = [part.place for part in parts if is_plain(part)]  # type: ignore[attr-defined]
        self.together.update((place, places[0]) for place in places if place is not None)

    def take_out(self, root: Place | None, names: frozenset[str] | None) -> None:
        """Columns leave a table, whichever names that table has."""
        if root is not None:
            before = self.taken.get(root, frozenset())
            self.taken[root] = None if names is None or before is None else before | names

    def in_sight(self, data: Provenance) -> Provenance:
        """Data without the columns that may have left under another name."""
        taken = self.taken.get(data.root, frozenset()) if data.root is not None else frozenset()
        columns = data.columns
        if columns is None or taken == frozenset():
            return data
        if taken is None or columns.of is not None:
            return data._replace(columns=None)
        left = columns.names - taken if columns.only else columns.names | taken
        return data._replace(columns=columns._replace(names=left))
