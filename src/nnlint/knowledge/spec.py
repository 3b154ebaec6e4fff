"""The vocabulary in which framework calls are described: frozen, typed data without behaviour.

An `Entry` describes one public name of a framework: the parameters of its signature and one *effect*,
what applying it means. A function applies at once (`F.softmax(x)`); a class with ``builds=True`` makes
an object that applies when it is called (`nn.Softmax()(x)`, `Dense(10)(x)`). The fields of an effect
that hold a parameter name ("operand", "axis", …) name a parameter of the signature, or of `operands`
when the entry builds; ``"self"`` is the receiver of a method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnlint.knowledge.effects import (
    Action,
    Activation,
    Axis,
    Bag,
    ClassIds,
    Compile,
    Compute,
    Constant,
    Container,
    Detach,
    Effect,
    Either,
    Estimator,
    EstimatorKind,
    Fit,
    FitTransform,
    Give,
    Initializer,
    Keep,
    Layer,
    LayerKind,
    Load,
    Loss,
    Make,
    Merit,
    Metric,
    Minimize,
    Model,
    Optimizer,
    Penalty,
    Permute,
    Predict,
    Repeat,
    Scale,
    Scope,
    Score,
    Split,
    Statistic,
    Target,
    Task,
    Train,
    Transform,
    computed,
)  # fmt: skip

__all__ = [
    "Action", "Activation", "Axis", "Bag", "Base", "ClassIds", "Compile", "Compute", "Constant",
    "Container", "Detach", "Effect", "Either", "Entry", "Estimator", "EstimatorKind", "Fit",
    "FitTransform", "Framework", "Give", "Initializer", "Keep", "Layer", "LayerKind", "Load", "Loss",
    "Make", "Merit", "Metric", "Minimize", "Model", "Optimizer", "Penalty", "Permute", "Predict", "Repeat",
    "Scale", "Scope", "Score", "Split", "Statistic", "Target", "Task", "Train", "Transform", "build",
    "call", "computed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One public name of a framework.

    params: the parameters in the order of the real signature ("self" left out), "*args" and "**kwargs"
        as such, a bare "*" before keyword-only ones. Leading ones must be complete; trailing ones that
        nothing refers to may be left off with a final "...".
    does: what one application means. builds: calling it makes an object that applies when called.
    operands: parameters of that application. defaults: stated defaults, by parameter, checked against
        the real signature; activations by their canonical function name.
    isa: the known class whose methods an object made by this entry has.
    until: the release that removed the name ("2.0"), "" while it exists.
    """

    params: tuple[str, ...]
    does: Effect
    builds: bool = False
    operands: tuple[str, ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    isa: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """A framework class that users subclass. call: the method that runs when an instance is called.

    isa: another known class whose methods it has too. tracks: what its methods do is differentiated, unless
    they say otherwise.
    """

    call: str
    isa: str = ""
    tracks: bool = True


@dataclass(frozen=True, slots=True)
class Framework:
    """Everything nnlint knows of one framework.

    roots: top-level packages whose import makes a file interesting.
    aliases: dotted prefixes that are another name of a canonical prefix, longest first wins.
    entries: canonical dotted name to what it is; methods as "package.Class.method".
    strings: for a domain ("activation", "loss", "metric", "optimizer"), the string names and the
        canonical dotted names they stand for.
    bases: classes that users subclass.
    inert: dotted prefixes whose calls neither keep, change nor return a tensor, model or optimizer
        (logging, printing, file names): passing something to them is no escape.
    nans: names of the value that is no number.
    """

    name: str
    roots: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bases: Mapping[str, Base] = field(default_factory=dict)
    inert: tuple[str, ...] = ()
    nans: tuple[str, ...] = ()


def call(params: str, does: Effect, *, isa: str = "", until: str = "", **defaults: object) -> Entry:
    """An entry that applies at once; `params` separated by spaces: ``call("input dim=None", …)`` is
    written ``call("input dim", Activation("softmax", axis="dim"))``.
    """
    return Entry(tuple(params.split()), does, defaults=defaults, isa=isa, until=until)


def build(
    params: str, does: Effect, *, operands: str = "input", isa: str = "", until: str = "", **defaults: object
) -> Entry:
    """An entry that makes an object; calling the object with `operands` applies it."""
    return Entry(tuple(params.split()), does, True, tuple(operands.split()), defaults, isa, until)
