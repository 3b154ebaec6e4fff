"""How samples are fed: what changes them at random, in which order they come, who draws random numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

from nnlint.analysis.data_events import Augmented, RandomItem, Unshuffled
from nnlint.analysis.feed import Look
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import lookup_member
from nnlint.analysis.provenance import HELD_OUT, WORD, word_role
from nnlint.analysis.scaled_apart import note_transform
from nnlint.analysis.scaling import by_hand
from nnlint.analysis.sources import note_directory, note_folder, note_source
from nnlint.analysis.values import (
    Constant,
    External,
    Function,
    Instance,
    List,
    Place,
    Provenance,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import augmentation

if TYPE_CHECKING:
    from nnlint.analysis.arguments import Args
    from nnlint.analysis.effects.given import Given

__all__ = [
    "called",
    "fed",
    "fold_learnt_from",
    "generator_fitted",
    "gone_through",
    "loaded",
    "made",
    "ordered_folds",
    "ordered_split",
]

_ON_PURPOSE = frozenset(
    {"aug", "augment", "augmented", "augmentation", "tta", "train", "unlabeled", "unlabelled"}
)
_NO_DRAWS = frozenset(
    {"seed", "RandomState", "default_rng", "Generator", "get_state", "set_state", "SeedSequence"}
)
_HELD_SPLITS = frozenset({"test", "val", "valid", "validation"})


def made(machine: Machine, name: str, args: Args, node: ir.Call) -> None:
    """A transform, generator or data set of images is made by a call that has no entry of its own."""
    place = machine.place(node.id)
    note_transform(machine, name, args, place)
    if augmentation.is_random(name):
        if args.keywords.get("p") != Constant(0):
            machine.feed.augmenters[place] = place
    elif augmentation.composes(name):
        for inner in _random_ones(machine, (*args.positional, *args.keywords.values())):
            machine.feed.augmenters[place] = inner
            return
    elif augmentation.generates(name):
        if any(_switched_on(args.keywords.get(option)) for option in augmentation.DRAWS):
            machine.feed.augmenters[place] = place
        if any(_switched_on(args.keywords.get(option)) for option in augmentation.LEARNS):
            machine.feed.generators.add(place)
        if not args.open and not args.positional:
            scales = any(_switched_on(args.keywords.get(option)) for option in augmentation.SCALES)
            machine.feed.looks[place] = Look(place if scales else None, ())
    elif augmentation.reads_images(name):
        note_source(machine, name, args, place)
        if augmentation.holds_folders(name):
            note_folder(machine, node, place)
            machine.feed.ordered[place] = name.rpartition(".")[2]
        given = _augmenter(machine, args)
        if given is not None and _is_held_out(args):
            machine.emit(Augmented(place, name.rpartition(".")[2], "held-out", given))


def _switched_on(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, Constant) and not value.value)


def _random_ones(machine: Machine, values: tuple[Value, ...]) -> Iterator[Place]:
    from nnlint.analysis.containers import known_items

    for value in values:
        if isinstance(value, (List, Tuple)):
            yield from _random_ones(machine, known_items(machine, value))
        elif isinstance(value, Unknown) and value.place in machine.feed.augmenters:
            yield machine.feed.augmenters[value.place]


def _augmenter(machine: Machine, args: Args) -> Place | None:
    return next(_random_ones(machine, tuple(args.keywords.values())), None)


def _is_held_out(args: Args) -> bool:
    train, split = args.keywords.get("train"), args.keywords.get("split")
    if isinstance(split, Constant) and split.value in _HELD_SPLITS:
        return True
    return isinstance(train, Constant) and train.value is False


def called(machine: Machine, node: ir.Call, args: Args) -> None:
    """Something is made with a random transform, or images flow out of a generator that changes them."""
    func, found = node.func, None
    if isinstance(func, ir.Attr) and func.name.startswith("flow"):
        _flows(machine, func, args, machine.place(node.id))
        if func.name == "flow_from_directory":
            note_directory(machine, args, machine.place(node.id))
    if isinstance(func, ir.Attr) and func.name.startswith("flow") and "subset" not in args.keywords:
        source = func.value
        value = machine.lookup(source.name) if isinstance(source, ir.Name) else None
        place = value.place if isinstance(value, Unknown) else machine.place(source.id)
        found = machine.feed.augmenters.get(place) if place is not None else None
    else:
        places = (value.place for value in (*args.positional, *args.keywords.values()) if _is_unknown(value))
        known = machine.feed.augmenters
        found = next((known[place] for place in places if place is not None and place in known), None)
    if found is not None and found != machine.place(node.id):
        machine.feed.augmented[machine.place(node.id)] = found


def _flows(machine: Machine, func: ir.Attr, args: Args, place: Place) -> None:
    """Images come out of a generator: in a random order unless that is switched off, scaled or not."""
    owner = machine.lookup(func.value.name) if isinstance(func.value, ir.Name) else None
    shuffled = args.keywords.get("shuffle", Constant(True)) == Constant(True) and not args.open
    made = owner.place if isinstance(owner, Unknown) else machine.place(func.value.id)
    look = machine.feed.looks.get(made) if made is not None else None
    if func.name == "flow":  # whether the arrays are scaled already is another matter
        x = args.positional[0] if args.positional else args.keywords.get("x")
        as_they_are = look is not None and look.place is None and "subset" not in args.keywords
        if as_they_are and isinstance(x, Tensor) and x.data is not None:
            machine.feed.arrays[place] = x.data
        return
    machine.feed.flows[place] = (shuffled, look is not None and look.place is None)
    if look is not None:
        machine.feed.looks[place] = look


def generator_fitted(machine: Machine, func: ir.Attr, node: ir.Call, args: Args) -> None:
    """``ImageDataGenerator(featurewise_center=True).fit(x)``: it will use the statistics of `x`."""
    owner = machine.lookup(func.value.name) if isinstance(func.value, ir.Name) else None
    x = args.positional[0] if args.positional else args.keywords.get("x")
    if not isinstance(owner, Unknown) or owner.place not in machine.feed.generators:
        return
    if isinstance(x, Tensor) and x.data is not None:
        place = machine.place(node.id)
        learnt = Tensor(place, made="statistic", by="statistics", data=x.data)
        by_hand(machine, place, "-", x.data, learnt, spell(node.args[0]) if node.args else "")


def _is_unknown(value: Value) -> TypeGuard[Unknown]:
    return isinstance(value, Unknown)


def loaded(machine: Machine, target: ir.Expr, value: ir.Call) -> None:
    """What was made with a random transform gets a name that speaks of held-out data."""
    given = machine.feed.augmented.get(machine.place(value.id))
    if given is None or not isinstance(target, (ir.Name, ir.Attr)):
        return
    words = {word.lower() for word in WORD.findall(target.name)}
    if word_role(target.name) in HELD_OUT and not words & _ON_PURPOSE and not _is_transform(machine, value):
        machine.emit(Augmented(machine.place(value.id), spell(value.func), word_role(target.name), given))


def _is_transform(machine: Machine, value: ir.Call) -> bool:
    return machine.place(value.id) in machine.feed.augmenters


def fed(given: Given) -> None:
    """A loader over a data set: in which order, and who draws random numbers in its workers."""
    machine, values = given.machine, given.values
    dataset = values.get("dataset")
    if isinstance(dataset, Unknown) and dataset.place in machine.feed.ordered and not given.open:
        shuffle = values.get("shuffle", Constant(False))
        if not values.keys() & {"sampler", "batch_sampler"} and shuffle == Constant(False):
            machine.feed.unshuffled[given.place] = dataset.place
    workers = values.get("num_workers")
    if not isinstance(dataset, Instance) or not isinstance(workers, Constant) or not workers.value:
        return
    if "worker_init_fn" in values or given.open:
        return
    method = lookup_member(dataset.cls, "__getitem__")
    draw = _draw(method) if isinstance(method, Function) else None
    if draw is not None and isinstance(method, Function):
        machine.emit(RandomItem(given.place, Place(method.module.path, draw.id), dataset.cls.name))


def _draw(method: Function) -> ir.Call | None:
    """Where a method draws from NumPy's global generator."""
    found = None
    for call in _calls(method.node.body):
        called = _full_name(method, call.func)
        module, _, name = called.rpartition(".")
        if called == "numpy.random.seed":
            return None
        if module == "numpy.random" and name not in _NO_DRAWS:
            found = found or call
    return found


def _calls(node: object) -> Iterator[ir.Call]:
    if isinstance(node, ir.Call):
        yield node
    if isinstance(node, tuple):
        for part in node:
            if isinstance(part, tuple):
                yield from _calls(part)


def _full_name(method: Function, func: ir.Expr) -> str:
    if isinstance(func, ir.Name):
        known = method.module.attrs.get(func.name)
        return known.name if isinstance(known, External) else ""
    if isinstance(func, ir.Attr):
        owner = _full_name(method, func.value)
        return f"{owner}.{func.name}" if owner else ""
    return ""


def gone_through(machine: Machine) -> None:
    """A step of learning, in a loop over a loader that keeps the order of the classes and gives them."""
    path = machine.path.inside("loop") if machine.path is not None else None
    while path is not None:
        expr = machine.notes.loops.get(path.place)
        if (
            isinstance(expr, ir.Call)
            and expr.args
            and spell(expr.func).rpartition(".")[2] in {"enumerate", "tqdm"}
        ):
            expr = expr.args[0]
        value = machine.lookup(expr.name) if isinstance(expr, ir.Name) else None
        place = value.place if isinstance(value, (Unknown, Tensor)) else None
        if place in machine.feed.unshuffled and path.place not in machine.notes.unlabelled:
            _unshuffled(machine, place, "the loader", machine.feed.unshuffled[place])
            return
        path = path.outer.inside("loop") if path.outer is not None else None


def _unshuffled(machine: Machine, place: Place, name: str, source: Place) -> None:
    machine.emit(Unshuffled(place, name, machine.feed.ordered[source], source))


def ordered_split(machine: Machine, place: Place, name: str, roots: Iterator[Place | None]) -> None:
    """Data in the order of their classes are divided without shuffling."""
    for root in roots:
        if root is not None and root in machine.feed.ordered:
            _unshuffled(machine, place, f"`{name}`", root)
            return


def ordered_folds(machine: Machine, place: Place, roots: Iterator[Place | None]) -> None:
    """Data in the order of their classes are folded without shuffling: that may only be shown."""
    for root in roots:
        if root is not None and root in machine.feed.ordered:
            machine.feed.folded[place] = root


def fold_learnt_from(machine: Machine, data: Provenance | None) -> None:
    """Something learns from such a fold."""
    for rows in data.rows if data is not None else ():
        if isinstance(rows.key, Place) and rows.key in machine.feed.folded:
            _unshuffled(machine, rows.key, "`KFold`", machine.feed.folded[rows.key])
