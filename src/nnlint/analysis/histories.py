"""The layers that tensors came through, to the loss: what a learning rate has to suit."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import History, Judged
from nnlint.analysis.values import Built, Constant, Place, Tensor, Tuple, Unknown, Value

__all__ = ["history_of", "judge", "mixed", "passed_on"]

NOTHING = History(Place("", 0), "", 0, 0, False)


def history_of(machine: Machine, value: Value | None) -> History | None:
    """What a tensor came through; of several, of all of them."""
    if isinstance(value, Tuple):
        known = [found for item in value.items[:8] if (found := history_of(machine, item)) is not None]
        return _together(known) if known else None
    if isinstance(value, (Tensor, Unknown)) and value.place is not None:
        return machine.settings.histories.get(value.place)
    return None


def _together(known: list[History]) -> History:
    last = max(known, key=lambda one: one.layers)
    convolutions = max(one.convolutions for one in known)
    return last._replace(convolutions=convolutions, normal=any(one.normal for one in known))


def mixed(machine: Machine, left: Value, right: Value, place: Place) -> None:
    """The result of an operator came through what both sides came through."""
    found = history_of(machine, Tuple((left, right)))
    if found is not None:
        machine.settings.histories[place] = found


def passed_on(machine: Machine, inner: Place | None, outer: Place) -> None:
    """What a function returns came through what its last layer came through."""
    found = machine.settings.histories.get(inner) if inner is not None else None
    if found is not None:
        machine.settings.histories[outer] = found


def judge(machine: Machine) -> None:
    """Note what every loss of a finished run judges, where a rate gave reason to ask."""
    facts = machine.settings.facts
    if not facts.doubtful:
        return
    for event in machine.events:
        if type(event) is not LossCall:
            continue
        found = history_of(machine, event.prediction)
        if found is not None:
            facts.judged.append(Judged(found, event.effect.task, _is_mean(machine, event)))


def _is_mean(machine: Machine, loss: LossCall) -> bool:
    """Whether nothing tells that the loss is added up over the batch."""
    made = machine.settings.reductions.get(loss.place)
    return made is None or (isinstance(made, Constant) and made.value == "mean")


def reduced(machine: Machine, place: Place, param: str, built: Value | None, given: Value | None) -> None:
    """Remember how a loss is reduced."""
    value = built.args.get(param) if isinstance(built, Built) else given
    if value is not None:
        machine.settings.reductions[place] = value
