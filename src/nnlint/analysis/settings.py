"""Numbers that configure training, and where they come from: literals, constants, command-line defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nnlint.analysis.settings_events import Chain, Facts, Start
from nnlint.analysis.values import Built, Constant, External, Origin, Place, Unknown, Value

if TYPE_CHECKING:
    from nnlint.analysis.calls import Args

__all__ = ["OPTION_CALLS", "Settings", "number", "option_read", "options", "rescheduled"]

OPTION_CALLS = frozenset({"add_argument", "parse_args", "parse_known_args"})
"""Methods by which a program declares and reads its options; `DEFINE_…` is the other way."""


@dataclass(slots=True)
class Settings:
    """What one run knows of numbers and first weights.

    options: the default of each option, by name, and where it stands. parsed: places of parsed options.
    supposed: unknown values that are one of these defaults. starts: how tensors start. chains: what fed them.
    """

    options: dict[str, tuple[float, Place]] = field(default_factory=dict)
    parsed: set[Place] = field(default_factory=set)
    supposed: dict[Place, str] = field(default_factory=dict)
    starts: dict[Place, Start] = field(default_factory=dict)
    chains: dict[Place, Chain] = field(default_factory=dict)
    facts: Facts = field(default_factory=lambda: Facts(set(), set()))


def number(settings: Settings, value: Value | None) -> tuple[float | None, tuple[Origin, ...]]:
    """The number a value is, or is by default, and where that default is set; None where it is not known."""
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return (None if isinstance(value.value, bool) else float(value.value)), ()
    option = ""
    if isinstance(value, Unknown) and value.place is not None:
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


def option_read(settings: Settings, name: str, found: Value) -> None:
    """Note that an unknown value is the option of that name."""
    if isinstance(found, Unknown) and found.place is not None:
        settings.supposed[found.place] = name


def rescheduled(settings: Settings, optimizer: Value | None) -> None:
    """The rates of an optimizer are set elsewhere, too."""
    if isinstance(optimizer, Built):
        settings.facts.rescheduled.add(optimizer.serial)
