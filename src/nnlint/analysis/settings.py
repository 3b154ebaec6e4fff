"""Numbers that configure training, and where they come from: literals, constants, command-line defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nnlint.analysis.settings_events import Chain, Facts, History, Link, Setting, Start
from nnlint.analysis.values import (
    Built,
    Constant,
    External,
    Function,
    OneOf,
    Origin,
    Place,
    Tensor,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

if TYPE_CHECKING:
    from nnlint.analysis.calls import Args
    from nnlint.analysis.machine import Machine

__all__ = [
    "OPTION_CALLS", "Settings", "number", "option_read", "options", "regularized", "rescheduled", "suppose",
    "weighted",
]  # fmt: skip

OPTION_CALLS = frozenset({"add_argument", "parse_args", "parse_known_args"})
"""Methods by which a program declares and reads its options; `DEFINE_…` is the other way."""


@dataclass(slots=True)
class Settings:
    """What one run knows of numbers and first weights.

    options: the default of each option, by name, and where it stands. parsed: places of parsed options.
    supposed: unknown values that are one of these defaults. defaults: those of parameters of functions that
    nothing calls: the number, where it stands and the name. penalties: sums of squared weights, and what
    made them.
    starts: how tensors start, None where the same call makes others that start otherwise. chains: what fed
    them. histories: all layers they came through.
    links: dense layers that feed each other, with nothing but linear maps between.
    bottlenecks: where dense layers are made whose width is named like that of a bottleneck. kept: where dense
    layers are made that are named for what is kept of the network.
    repeated: the layers of a comprehension that stand for any number of layers, all made alike.
    reductions: how losses are reduced, where that is chosen.
    regularizers: the factors of those made so far, by where they are made; they weigh nothing by themselves.
    rates: the learning rates of optimizers, by serial number.
    """

    options: dict[str, tuple[float, Place]] = field(default_factory=dict)
    parsed: set[Place] = field(default_factory=set)
    supposed: dict[Place, str] = field(default_factory=dict)
    defaults: dict[Place, tuple[float, Place, str]] = field(default_factory=dict)
    penalties: dict[Place, str] = field(default_factory=dict)
    starts: dict[Place, Start | None] = field(default_factory=dict)
    chains: dict[Place, Chain] = field(default_factory=dict)
    histories: dict[Place, History] = field(default_factory=dict)
    links: list[tuple[Link, Link]] = field(default_factory=list)
    bottlenecks: set[Place] = field(default_factory=set)
    kept: set[Place] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)
    reductions: dict[Place, Value] = field(default_factory=dict)
    regularizers: dict[Place, list[Setting]] = field(default_factory=dict)
    rates: dict[int, Setting] = field(default_factory=dict)
    facts: Facts = field(default_factory=lambda: Facts(set(), set(), []))


def regularized(machine: Machine, regularizer: Built) -> None:
    """A regularizer is given to what it is for."""
    for setting in machine.settings.regularizers.get(regularizer.place, ()):
        machine.emit(setting)


def number(settings: Settings, value: Value | None) -> tuple[float | None, tuple[Origin, ...]]:
    """The number a value is, or is by default, and where that default is set; None where it is not known."""
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return (None if isinstance(value.value, bool) else float(value.value)), ()
    option = ""
    if isinstance(value, Unknown) and value.place is not None:
        known = settings.defaults.get(value.place)
        if known is not None:
            return known[0], (Origin(known[1], f"the default of {known[2]} is set here"),)
        option = settings.supposed.get(value.place, "")
    elif isinstance(value, External) and ".FLAGS." in value.name:
        option = value.name.rpartition(".")[2]
    if option not in settings.options:
        return None, ()
    default, place = settings.options[option]
    return default, (Origin(place, f"the default of the option {option} is set here"),)


def options(settings: Settings, place: Place, name: str, args: Args, result: Value) -> None:
    """Note an option that is declared, or that all of them are parsed."""
    if name.startswith("parse"):
        if isinstance(result, Unknown) and result.place is not None:
            settings.parsed.add(result.place)
        return
    defined = name.startswith("DEFINE")
    option = _name(args.positional, defined)
    default = args.keywords.get("default", args.keywords.get("default_value"))
    if defined and default is None and len(args.positional) > 1:
        default = args.positional[1]
    if option and isinstance(default, Constant) and type(default.value) in {int, float}:
        settings.options[option] = (float(default.value), place)  # type: ignore[arg-type]


def _name(values: tuple[Value, ...], defined: bool) -> str:
    """The attribute an option becomes: its first long spelling."""
    texts = [value.value for value in values if isinstance(value, Constant) and isinstance(value.value, str)]
    if defined:
        return texts[0] if texts else ""
    long = next((text for text in texts if text.startswith("--")), "")
    return long.removeprefix("--").replace("-", "_")


def suppose(settings: Settings, function: Function) -> None:
    """Note the defaults of a function that nothing calls; 0 and below may stand for "not given"."""
    node, path = function.node, function.module.path
    given = {param.name: param.default for param in node.params if isinstance(param.default, ir.Const)}
    if isinstance(node, ir.Function):
        given |= _declared(node)
    for param in node.params:
        default = given.get(param.name)
        value = default.value if default is not None else None
        if default is not None and isinstance(value, (int, float)) and type(value) is not bool and value > 0:
            settings.defaults[Place(path, param.id)] = (float(value), Place(path, default.id), param.name)


def _declared(node: ir.Function) -> dict[str, ir.Const]:
    """Defaults of command-line options that decorators declare: ``@click.option("--lr", default=0.1)``."""
    found: dict[str, ir.Const] = {}
    for decorator in node.decorators:
        if isinstance(decorator, ir.Call) and spell(decorator.func).rpartition(".")[2] == "option":
            names = tuple(Constant(arg.value) for arg in decorator.args if isinstance(arg, ir.Const))
            default = next((expr for name, expr in decorator.keywords if name == "default"), None)
            if isinstance(default, ir.Const):
                found[_name(names, False)] = default
    return found


def option_read(settings: Settings, name: str, found: Value) -> None:
    """Note that an unknown value is the option of that name."""
    if isinstance(found, Unknown) and found.place is not None:
        settings.supposed[found.place] = name


def weighted(machine: Machine, left: Value, right: Value, place: Place) -> None:
    """Note how strongly a sum of squared weights counts: ``0.01 * l2_loss(weights)``."""
    for penalty, factor in ((left, right), (right, left)):
        if not isinstance(penalty, Tensor) or penalty.place is None:
            continue
        name = machine.settings.penalties.get(penalty.place)
        found, because = number(machine.settings, factor)
        if name is not None and found is not None:
            because = (*because, Origin(penalty.place, "the squared weights are added up here"))
            facts = machine.settings.facts
            machine.emit(
                Setting(
                    place, "squares", name, name, found, "", False, because, None, "", False, False, facts
                )
            )


def rescheduled(settings: Settings, optimizer: Value | None, lowered: bool = False) -> None:
    """The rates of an optimizer are set elsewhere, too, or only lowered in time."""
    serials = settings.facts.lowered if lowered else settings.facts.rescheduled
    for option in optimizer.options if isinstance(optimizer, OneOf) else (optimizer,):
        if isinstance(option, Built):
            serials.add(option.serial)
