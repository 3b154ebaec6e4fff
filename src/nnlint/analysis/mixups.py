"""Which data a test name, a test loop or a test call gets, beside the data that were meant for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nnlint.analysis.data_events import Renamed
from nnlint.analysis.files import file_path, module_ir
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import (
    GLUED,
    HELD_OUT,
    WORD,
    may_be_held,
    role_word,
    same_rows,
    spelled,
    word_role,
)
from nnlint.analysis.values import Provenance, Tensor, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = [
    "evaluated_on",
    "is_exchange",
    "judged_by",
    "loops_over",
    "mislabelled",
    "validated_by",
    "without_role",
]

_GOES_THROUGH = frozenset({"enumerate", "iter", "tqdm", "cycle", "trange"})
_ASKS = frozenset({"len", "isinstance", "print", "bool", "str", "type"})
_SHOWING = frozenset(
    {"print", "display", "format", "info", "debug", "len", "size", "next", "numpy", "imshow", "show"}
)
_JUDGES = frozenset({"validate", "evaluate", "eval", "evaluation"})


@cache
def without_role(name: str) -> str:
    """A name without the words for a split: what `train_loader` and `val_loader` have in common."""
    words = [word.lower() for word in WORD.findall(name)]
    glued = [GLUED.fullmatch(word) for word in words]
    kept = [
        found[2] if found else "" if role_word(word) else word
        for word, found in zip(words, glued, strict=True)
    ]
    return "".join(kept)


def mislabelled(machine: Machine, target: ir.Name | ir.Attr, value: Tensor) -> None:
    """``X_test = scaler.transform(X_train)``, with the test part of the same split at hand."""
    data = value.data
    if data is None or data.role != "train" or not data.rows or machine.feed.exchanging:
        return
    if data.rows[-1].kind != "train" or value.made == "statistic" or not may_be_held(target.name):
        return
    role = word_role(target.name)
    if role not in HELD_OUT:
        return
    rest = data.rows[-1]._replace(kind="test")
    for name, other in machine.frame.attrs.items():
        part = other.data if isinstance(other, Tensor) else None
        if _is_index(other, "test", rest.key):
            _report(machine, target, _index_of(machine, rest.key), name, f"`{target.name}` is chosen by")
            return
        if part is None or part.role != role or rest not in part.rows:
            continue
        if data.part == "p" or part.part == data.part:
            _report(machine, target, _name_of(machine, data), name, f"`{target.name}` is made from")
            return


def _is_index(value: Value, role: str, place: object) -> bool:
    """Whether these are the numbers of the rows of one part of a fold."""
    return isinstance(value, Tensor) and (value.made, value.by, value.place) == ("index", role, place)


def _index_of(machine: Machine, place: object) -> str:
    """The variable that holds the numbers of the training rows beside those of the held-out ones."""
    names = (name for name, other in machine.frame.attrs.items() if _is_index(other, "train", place))
    return next(names, "the training rows")


def is_exchange(values: list[Value]) -> bool:
    """Whether training and held-out data are handed over together, as where they change places."""
    roles = {value.data.role for value in values if isinstance(value, Tensor) and value.data is not None}
    return "train" in roles and not roles.isdisjoint(HELD_OUT)


def _name_of(machine: Machine, data: Provenance) -> str:
    """The variable that holds the rows of `data`."""
    for name, other in machine.frame.attrs.items():
        if isinstance(other, Tensor) and other.data is not None and same_rows(other.data, data):
            return name
    return "training data"


def judged_by(machine: Machine, target: ir.Expr, value: ir.Call) -> None:
    """``test_loss = test(model, val_loader)``, and `test_loader` is used for nothing."""
    names = [item.name for item in _named(target)]
    if not any(map(may_be_held, names)) or _trains(value.func) or spell(value.func).startswith("os."):
        return
    roles = {word_role(name) for name in names} - {""}
    role = roles.pop() if len(roles) == 1 else ""
    if role not in HELD_OUT:
        return
    args = [arg for arg in (*value.args, *(each for _, each in value.keywords)) if _is_named(arg)]
    given = [arg.name for arg in args if isinstance(arg, (ir.Name, ir.Attr))]
    said = set(map(word_role, given))
    wrong = {"train"} if role == "validation" else {"train", "validation"}
    if role in said or not said & wrong:
        return
    for arg in args:
        # A transform that is random is another rule's affair.
        if isinstance(arg, (ir.Name, ir.Attr)) and "transform" in arg.name.lower():
            continue
        if isinstance(arg, (ir.Name, ir.Attr)) and word_role(arg.name) in wrong:
            twin = _idle_twin(machine, arg, {role})
            if twin:
                alone = sum(word_role(name) in wrong for name in given) == 1
                text = f"`{spell(value.func)}` gets"
                _report(machine, target, spell(arg), twin, text, arg if alone else None)
                return


def _named(target: ir.Expr) -> Iterator[ir.Name | ir.Attr]:
    if isinstance(target, (ir.Name, ir.Attr)):
        yield target
    elif isinstance(target, ir.Sequence):
        for item in target.items:
            yield from _named(item)


def _is_named(expr: ir.Expr) -> bool:
    return isinstance(expr, (ir.Name, ir.Attr))


def _trains(func: ir.Expr) -> bool:
    name = spell(func).lower()
    return "train" in name or "fit" in name


def validated_by(machine: Machine, node: ir.Call, keyword: str) -> None:
    """``model.fit(train_generator, validation_data=train_generator)`` beside another generator."""
    given = next((expr for name, expr in node.keywords if name == keyword), None)
    if isinstance(given, ir.Sequence) and given.items:
        given = given.items[0]
    if not isinstance(given, (ir.Name, ir.Attr)) or word_role(given.name) != "train":
        return
    word = without_role(given.name)
    for name in _beside(machine, given):
        if word_role(name) in HELD_OUT and without_role(name) == word:
            _report(machine, given, spell(given), name, "the validation data are")
            return


def evaluated_on(machine: Machine, node: ir.Call) -> None:
    """``Trainer(train_dataset=train_set, eval_dataset=train_set)`` beside an `eval_set`."""
    given = {name: expr for name, expr in node.keywords if name.endswith("_dataset")}
    train, held = given.get("train_dataset"), given.get("eval_dataset")
    if not isinstance(train, (ir.Name, ir.Attr)) or not isinstance(held, (ir.Name, ir.Attr)):
        return
    if spell(train) != spell(held) or word_role(held.name) != "train":
        return
    words = ("eval", "val", "valid", "validation", "test", "dev")
    expected = {re.sub(r"train(ing)?", word, held.name) for word in words}
    for name, _ in machine.frame.attrs.items():
        if name in expected and not _used(_scope(machine, held), name):
            _report(machine, held, spell(held), name, "the data to evaluate on are", held)
            return


def loops_over(machine: Machine, node: ir.For) -> None:
    """A loop without gradients goes over the training data, in a place that speaks of the held-out ones."""
    if not _judging(machine):
        return
    source = _iterated(node.iter)
    if source is None or word_role(source.name) in HELD_OUT or _is_one_of_several(machine, source):
        return
    twin = _idle_twin(machine, source, HELD_OUT)
    if twin and _does_something(node.body) and _speaks_of_judging(machine, node, twin):
        _report(machine, node.iter, spell(source), twin, "the loop that judges goes over", source)


def _is_one_of_several(machine: Machine, source: ir.Name | ir.Attr) -> bool:
    """Whether a loop takes one data set after the other: `for loader in [valid_loader, test_loader]`."""
    loops = (part for part in _inner(_scope(machine, source)) if isinstance(part, ir.For))
    return any(target.name == source.name for loop in loops for target in _named(loop.target))


def _does_something(body: ir.Block) -> bool:
    """Whether the body of a loop does more than show what it goes over, as one that tries a loader does."""
    calls = (part for part in _inner(body) if isinstance(part, ir.Call))
    return any(spell(call.func).rpartition(".")[2] not in _SHOWING for call in calls)


def _judging(machine: Machine) -> bool:
    """Whether no gradients are kept here, or the function is called after judging."""
    function = machine.frame.function
    if function is not None and (word_role(function.name) in HELD_OUT or _says_judge(function.name)):
        return True
    path = machine.path.inside("no_grad") if machine.path is not None else None
    call = machine.path.inside("call") if machine.path is not None else None
    return path is not None and (call is None or call.inside("no_grad") is None)


def _says_judge(name: str) -> bool:
    return not _JUDGES.isdisjoint(word.lower() for word in WORD.findall(name))


def _iterated(expr: ir.Expr) -> ir.Name | ir.Attr | None:
    for _ in range(3):
        if isinstance(expr, (ir.Name, ir.Attr)):
            return expr
        if (
            not isinstance(expr, ir.Call)
            or not expr.args
            or spell(expr.func).rpartition(".")[2] not in _GOES_THROUGH
        ):
            return None
        expr = expr.args[0]
    return None


def _speaks_of_judging(machine: Machine, node: ir.For, twin: str) -> bool:
    """Whether the function, what the loop sums up or the use of the length say that it judges."""
    function = machine.frame.function
    name = function.name if function is not None else ""
    if word_role(name) in HELD_OUT or _says_judge(name):
        return True
    if any(word_role(target.name) in HELD_OUT for target in _summed(node.body)):
        return True
    return function is not None and _mentioned(function.node.body, twin)


def _summed(body: ir.Block) -> Iterator[ir.Name | ir.Attr]:
    for part in _inner(body):
        if isinstance(part, ir.Aug):
            yield from _named(part.target)


def _idle_twin(machine: Machine, source: ir.Name | ir.Attr, roles: frozenset[str] | set[str]) -> str:
    """The counterpart of `source` for one of these roles, bound and used for nothing; "" if there is none."""
    word = without_role(source.name)
    for name in _beside(machine, source):
        if word_role(name) in roles and without_role(name) == word:
            text = name if isinstance(source, ir.Name) else f"{spelled(source.value)}.{name}"
            if not _used(_scope(machine, source), text):
                return text
    return ""


def _beside(machine: Machine, source: ir.Name | ir.Attr) -> list[str]:
    """The names bound where `source` is."""
    frame = machine.frame
    if isinstance(source, ir.Name):
        return [name for name, _ in frame.attrs.items() if may_be_held(name)]
    owner: Value | None = frame.attrs.get(source.value.name) if isinstance(source.value, ir.Name) else None
    attrs = getattr(owner, "attrs", {})
    return [name for name in attrs if may_be_held(name)]


def _scope(machine: Machine, source: ir.Name | ir.Attr) -> tuple[ir.Block, ...]:
    """Where a name could be used: the function, the class of an attribute, or the module."""
    function = machine.frame.function
    if function is None:
        code = module_ir(machine.project, file_path(machine.frame.module.path))
        return () if code is None else (code.body,)
    if isinstance(source, ir.Attr) and function.owner is not None:
        return (function.owner.node.body,)
    return (function.node.body,) if isinstance(function.node, ir.Function) else ()


def _used(scopes: tuple[ir.Block, ...], text: str) -> bool:
    """Whether something reads what `text` names, other than to ask for its length or whether it is there."""
    return not scopes or any(_reads(body, text) for body in scopes)


def _reads(node: object, text: str) -> bool:
    if isinstance(node, (ir.Name, ir.Attr)) and spelled(node) == text:
        return True
    if isinstance(node, ir.Call) and _asks(node, text):
        return False
    if isinstance(node, ir.Compare) and spelled(node.left) == text:
        return False
    if isinstance(node, ir.If) and spelled(node.test) == text:
        return _reads((node.body, node.orelse), text)
    if isinstance(node, ir.Assign):
        bound = [spelled(item) for target in node.targets for item in _named(target)]
        others = tuple(target for target in node.targets if not isinstance(target, (ir.Name, ir.Sequence)))
        # What is only made into something else under the same name is still used for nothing.
        return text not in bound and _reads((node.value, others), text)
    return isinstance(node, tuple) and any(_reads(part, text) for part in node if isinstance(part, tuple))


def _asks(node: ir.Call, text: str) -> bool:
    return spell(node.func) in _ASKS and any(spelled(arg).startswith(text) for arg in node.args)


def _mentioned(node: object, text: str) -> bool:
    if isinstance(node, (ir.Name, ir.Attr)) and spelled(node) == text:
        return True
    return isinstance(node, tuple) and any(_mentioned(part, text) for part in node if isinstance(part, tuple))


def _inner(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield node
        for part in node:
            if isinstance(part, tuple):
                yield from _inner(part)


def _report(
    machine: Machine, where: ir.Expr, source: str, twin: str, text: str, node: ir.Expr | None = None
) -> None:
    """node: the source, where giving the twin in its place is all there is to do."""
    taken = machine.place(node.id) if node is not None else None
    machine.emit(Renamed(machine.place(where.id), text, source, twin, taken))
