"""What a value means, in the words that `# revealed:` uses."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.values import (
    Built,
    Class,
    Constant,
    External,
    Function,
    Instance,
    List,
    Mapping,
    Method,
    Module,
    OneOf,
    Partial,
    Provenance,
    Tensor,
    Tuple,
    Unknown,
    Value,
)

__all__ = ["facts", "satisfies"]


def satisfies(value: Value, wanted: str) -> bool:
    """Whether every fact of a comma-separated list holds; ``not fact`` holds if the fact does not."""
    known = set(facts(value))
    for fact in (part.strip() for part in wanted.split(",")):
        negated = fact.startswith("not ")
        if (fact.removeprefix("not ") in known) is negated:
            return False
    return True


def facts(value: Value) -> Iterator[str]:
    """Everything known of a value, the most telling first."""
    if isinstance(value, Unknown):
        yield "unknown"
    elif isinstance(value, Constant):
        yield repr(value.value)
    elif isinstance(value, Tensor):
        yield from _of_tensor(value)
    elif isinstance(value, Tuple):
        yield f"tuple of {len(value.items)}"
    elif isinstance(value, List):
        items = value.attrs.get("items")
        yield f"list of {len(items.items)}" if isinstance(items, Tuple) else "list"
    elif isinstance(value, Mapping):
        yield "dict"
    elif isinstance(value, OneOf):
        yield "one of " + " | ".join(sorted(next(facts(option)) for option in value.options))
    else:
        yield from _of_object(value)


def _of_object(value: Value) -> Iterator[str]:
    """Names of things, by kind."""
    if isinstance(value, Built):
        yield value.name.rpartition(".")[2]
        yield value.name
        if "items" in value.attrs:
            items = value.attrs["items"]
            yield f"{len(items.items)} layers" if isinstance(items, Tuple) else "unknown layers"
    elif isinstance(value, Instance):
        yield f"instance of {value.cls.name}"
    elif isinstance(value, Class):
        yield f"class {value.name}"
    elif isinstance(value, Function):
        yield f"function {value.name}"
    elif isinstance(value, Method):
        yield f"method {value.function.name if value.function is not None else value.name}"
    elif isinstance(value, Module):
        yield f"module {value.dotted}"
    elif isinstance(value, External):
        yield value.name
    elif isinstance(value, Partial):
        yield f"partial of {next(facts(value.function))}"
    else:
        yield type(value).__name__.lower()


def _of_tensor(value: Tensor) -> Iterator[str]:
    """Scale, activation, size, what made it, and where its data come from."""
    yield value.scale.value
    if value.function:
        yield value.function
    if value.units is not None:
        yield f"{value.units} units"
    if value.shifted:
        yield "shifted"
    if value.attached is False:
        yield "detached"
    if value.made:
        yield f"made by {value.made}"
    if value.measure is not None:
        yield {1: "loss", -1: "negated loss", 0: "mixed loss"}[value.measure.sign]
    if value.data is not None:
        yield from _of_data(value.data)


def _of_data(data: Provenance) -> Iterator[str]:
    """The role of data, and what was done to them."""
    if data.role:
        yield f"{data.role} data"
    if data.part:
        yield {"x": "samples", "y": "labels"}[data.part]
    for step in data.steps:
        yield f"after {step.name}"
        if step.fitted:
            yield f"after {step.name} fitted on {step.fitted} data"
