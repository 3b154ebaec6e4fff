"""The provenance of data: choosing rows and columns, joining tables, and who has seen whose rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from nnlint.analysis.limits import LIMITS
from nnlint.analysis.values import Columns, Place, Provenance, Rows, Split, Step
from nnlint.ir import nodes as ir

__all__ = [
    "DOUBT",
    "DRAWN",
    "GLUED",
    "HELD_OUT",
    "LEARNING",
    "UNKNOWN_ORDER",
    "WORD",
    "Drawn",
    "begun",
    "chosen",
    "disjoint",
    "joined",
    "learnt_from",
    "may_be_columns",
    "may_be_held",
    "met",
    "originals",
    "own_column",
    "role_of",
    "role_word",
    "same_rows",
    "seen_by",
    "side_by_side",
    "spelled",
    "with_columns",
    "word_role",
    "written",
]

HELD_OUT = frozenset({"test", "validation"})
LEARNING = frozenset({"scaler", "shift", "imputer", "reducer", "selector", "vectorizer", "transformer"})
"""Kinds of transformation that carry what they learnt from some rows into all rows."""

DRAWN = 0
"""The first half of the key of a random choice of some rows; the other half is its place."""

UNKNOWN_ORDER = (("unknown",),)
"""The rows may have been put in any order."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An order that comes out again wherever its key does. place: where it was drawn."""

    key: tuple[object, ...]
    place: Place = field(compare=False)


_EITHER = "either"
DOUBT = Step(Place("", 0), "maybe", "", 0, "", True, False)
_MAY_BE_HELD = re.compile(r"[Tt]est|[Vv]al|[Dd]ev|TEST|VAL|DEV")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
GLUED = re.compile(r"(train|test|val|valid|dev)(loader|set|data|dataset|iter|dataloader|gen|generator|ds|dl)")
"""A split and what holds it, written as one word."""
_ROLES = {
    "train": "train",
    "training": "train",
    "trainval": "train",
    "trn": "train",
    "test": "test",
    "testing": "test",
    "tst": "test",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
}


_POSITION = re.compile(r"_(pos|position|start|begin|end|offset)(_|$)", re.I)


@cache
def may_be_held(name: str) -> bool:
    """Whether a name may speak of held-out data: one look at its letters, before the words are told apart."""
    return _MAY_BE_HELD.search(name) is not None


@cache
def word_role(name: str) -> str:
    """The split a name speaks of: "train", "test", "validation", or "" for none or several."""
    if _POSITION.search(name):
        return ""  # where the rows of a split begin: no data
    found = {role for word in WORD.findall(name) if (role := role_word(word))}
    return found.pop() if len(found) == 1 else ""


@cache
def role_word(word: str) -> str:
    """The split that one word stands for, "" for most words: `train`, `ytest`, `valloader`."""
    lower = word.lower()
    role = _ROLES.get(lower) or (_ROLES.get(lower[1:]) if lower[0] in "xy" else None)
    if role:
        return role
    glued = GLUED.fullmatch(lower)
    return _ROLES[glued[1]] if glued else ""


def begun(place: Place, role: str = "all", part: str = "", hint: str = "", raw: bool = False) -> Provenance:
    """An original: read, made or handed in."""
    columns = Columns(frozenset(), False)
    return Provenance(place, role, part, None, hint=hint, columns=columns, raw=raw)


def role_of(data: Provenance) -> str:
    """The role a split gave, or else the one that the original's own name gives."""
    if data.role in {"train", "test", "validation"}:
        return data.role
    return data.hint or data.role


def chosen(data: Provenance, kind: str, key: object, place: Place) -> Provenance:
    """Some of the rows. A cut alone does not tell what it is for; that comes with a name or a use."""
    role = kind if kind in {"train", "test"} else "part" if data.role == "all" else data.role
    if role == "test" and data.role == "train":
        # Dividing training data again makes a validation split of the test half.
        role = "validation"
    split = Split(place, data.root) if kind in {"train", "test"} else data.split
    return data._replace(role=role, rows=(*data.rows, Rows(kind, key)), split=split)


def disjoint(one: Provenance, other: Provenance) -> bool:
    """Whether two choices certainly have no row in common, and belong to the same data."""
    if one.root != other.root or one.root is None:
        return one.part == other.part and {one.hint, other.hint} in (
            {"train", "test"},
            {"train", "validation"},
        )
    for left, right in zip(one.rows, other.rows):  # noqa: B905 (the shorter one decides)
        if left != right:
            return _apart(left, right) or {role_of(one), role_of(other)} in (
                {"train", "test"},
                {"train", "validation"},
                {"validation", "test"},
            )
    return False


def _apart(one: Rows, other: Rows) -> bool:
    if one.kind == other.kind == "part":
        return one.key != other.key
    return one.key == other.key and {one.kind, other.kind} in (
        {"head", "tail"},
        {"train", "test"},
        {"some", "rest"},
    )


def may_be_columns(rows: Rows) -> bool:
    """Whether what was chosen by an unknown key may be columns."""
    return rows.kind == "some" and type(rows.key) is tuple and type(rows.key[-1]) is str


def same_rows(one: Provenance, other: Provenance) -> bool:
    """Whether two values surely hold the same rows of the same original."""
    return one.root is not None and one.root == other.root and one.rows == other.rows


def learnt_from(data: Provenance, place: Place, kind: str, name: str, of: Place | None = None) -> Step:
    """A transformation without an estimator object, whose statistic was taken from `data`."""
    return Step(place, kind, name, 0, role_of(data), False, False, data.root, data.rows, None, of)


def seen_by(step: Step, data: Provenance) -> bool:
    """Whether a step learnt from all rows of `data` (and perhaps from more)."""
    if step.rows is None or step.root is None or step.root != data.root:
        return False
    return data.rows[: len(step.rows)] == step.rows


def joined(parts: list[Provenance], place: Place) -> Provenance:
    """Rows below rows: the rows that all have in common with the original, or a new original."""
    first = parts[0]
    steps = _all_steps(parts)
    if all(same_rows(part, first) for part in parts):
        return first._replace(steps=steps)
    if all(part.root == first.root and part.root is not None for part in parts):
        rows = _union(list(dict.fromkeys(part.rows for part in parts)), place)
        role = "all" if not rows else "train" if all(part.role == "train" for part in parts) else "part"
        return first._replace(steps=steps, rows=rows, role=role, order=(), split=None)
    hint = first.hint if all(part.hint == first.hint for part in parts) else ""
    role = first.role if all(part.role == first.role for part in parts) else "all"
    return Provenance(place, role, first.part, None, steps, hint=hint)


def _union(choices: list[tuple[Rows, ...]], place: Place) -> tuple[Rows, ...]:
    """The rows that several choices have together; two halves of one division are what was divided."""
    while len(choices) > 1:
        halves = next(
            (
                (one, other)
                for one in choices
                for other in choices
                if one and other and one[:-1] == other[:-1] and _halves(one[-1], other[-1])
            ),
            None,
        )
        if halves is None:
            break
        choices = [choice for choice in choices if choice not in halves]
        choices.append(halves[0][:-1])
    shortest = min(choices, key=len)
    if all(choice[: len(shortest)] == shortest for choice in choices):
        return shortest
    common = 0
    while all(len(choice) > common and choice[common] == shortest[common] for choice in choices):
        common += 1
    return (*shortest[:common], Rows("some", place))


def _halves(one: Rows, other: Rows) -> bool:
    return one.kind != "part" and _apart(one, other)


def met(one: Provenance, other: Provenance) -> Provenance | None:
    """What holds where two paths meet; a step that only one of them took is left as a doubt."""
    if one.root is None or other.root is None:
        return None
    if one.root != other.root:
        return _either(one, other, _one_of(one.root, other.root))
    common = 0
    while min(len(one.rows), len(other.rows)) > common and one.rows[common] == other.rows[common]:
        common += 1
    acts = {(step.place, step.kind) for step in other.steps}
    # One of several transformers, whichever it was, was applied by the same call.
    steps = tuple(step for step in one.steps if step in other.steps or (step.place, step.kind) in acts)
    if len(steps) != len(one.steps) or len(steps) != len(other.steps):
        steps = (*steps, DOUBT)
    whole = len(one.rows) == common == len(other.rows)
    return one._replace(
        role=one.role if one.role == other.role else "part",
        part=one.part if one.part == other.part else "",
        split=one.split if one.split == other.split else None,
        steps=steps,
        rows=one.rows[:common] if whole else (*one.rows[:common], Rows("some", "?")),
        hint=one.hint if one.hint == other.hint else "",
        columns=_met_columns(one.columns, other.columns),
        order=one.order if one.order == other.order else UNKNOWN_ORDER,
        raw=one.raw and other.raw,
        timed=one.timed or other.timed,
    )


def _either(one: Provenance, other: Provenance, root: Place | None) -> Provenance | None:
    """Whichever of two originals was read, all of it or the same half: an original of its own."""
    if root is None or one.role != other.role or not (_is_untouched(one) and _is_untouched(other)):
        return None
    return one._replace(
        root=root,
        part=one.part if one.part == other.part else "",
        rows=tuple(Rows(kind, root) for kind, _ in one.rows),
        hint=one.hint if one.hint == other.hint else "",
        columns=_met_columns(one.columns, other.columns),
        order=one.order if one.order == other.order else UNKNOWN_ORDER,
        raw=one.raw and other.raw,
        timed=None,
    )


def _is_untouched(data: Provenance) -> bool:
    """Whether these are data as they were read: all of them, or the half that comes for a purpose."""
    whole = data.rows == () if data.role == "all" else data.rows == (Rows(data.role, data.root),)
    return whole and not data.steps and data.split is None


def originals(root: Place) -> tuple[Place, ...]:
    """Where an original was read or made, or each of those that it is one of."""
    if not root.path.startswith(f"{_EITHER}\n"):
        return (root,)
    halves = (text.rpartition(":") for text in _spelled_out(root))
    return tuple(Place(path, int(node)) for path, _, node in halves)


def _one_of(one: Place, other: Place) -> Place | None:
    """The place that stands for one of a few; it is no place in a file."""
    places = {text for place in (one, other) for text in _spelled_out(place)}
    return Place("\n".join((_EITHER, *sorted(places))), 0) if len(places) <= LIMITS.alternatives else None


def _spelled_out(place: Place) -> list[str]:
    kind, *places = place.path.split("\n")
    return places if kind == _EITHER else [f"{place.path}:{place.node}"]


def _met_columns(one: Columns | None, other: Columns | None) -> Columns | None:
    if one is None or other is None or one._replace(added=other.added) != other:
        return None
    return one._replace(added=one.added | other.added)


def side_by_side(parts: list[Provenance]) -> Provenance:
    """Columns beside columns: the same rows, with what either went through."""
    first = max(parts, key=lambda part: len(part.rows))
    return first._replace(steps=_all_steps(parts), columns=None)


def _all_steps(parts: list[Provenance]) -> tuple[Step, ...]:
    return tuple(dict.fromkeys(step for part in parts for step in part.steps))


def with_columns(data: Provenance, names: frozenset[str], only: bool) -> Provenance:
    """The named columns, or all but them; steps that changed none of what is left are gone."""
    before = data.columns
    added = frozenset() if before is None else before.added
    columns = Columns(names, True, added & names) if only else None
    if before is not None and before.of is None and not only:
        left = before.names - names if before.only else before.names | names
        columns = Columns(left, before.only, added - names)
    kept = tuple(
        step
        for step in data.steps
        if step.columns is None or (step.columns & names if only else step.columns - names)
    )
    return data._replace(columns=columns, steps=kept)


def written(data: Provenance, value: Provenance, names: frozenset[str] | None) -> Provenance:
    """A table after some of its columns were replaced by `value`."""
    more = tuple(step._replace(columns=names) for step in value.steps if step not in data.steps)
    known = {(step.place, step.columns) for step in data.steps}
    more = tuple(step for step in more if (step.place, step.columns) not in known)
    columns = data.columns
    if columns is not None and names is not None:
        left = columns.names | names if columns.only else columns.names - names
        columns = None if columns.of is not None else Columns(left, columns.only, columns.added | names)
    timed = data.timed or value.timed
    return data._replace(steps=(*data.steps, *more), columns=columns, timed=timed)


def spelled(expr: ir.Expr | None) -> str:
    """An expression as a key: equal text means the same expression."""
    if expr is None:
        return ""
    if isinstance(expr, ir.Name):
        return expr.name
    if isinstance(expr, ir.Const):
        return repr(expr.value)
    if isinstance(expr, ir.Attr):
        return f"{spelled(expr.value)}.{expr.name}"
    if isinstance(expr, ir.Binary):
        return f"({spelled(expr.left)}{expr.op}{spelled(expr.right)})"
    if isinstance(expr, ir.Unary):
        return f"{expr.op}{spelled(expr.operand)}"
    if isinstance(expr, ir.Call):
        return f"{spelled(expr.func)}({','.join(map(spelled, expr.args))})"
    if isinstance(expr, ir.Index):
        return f"{spelled(expr.value)}[{','.join(map(spelled, expr.items))}]"
    return f"?{expr.id}"


def own_column(node: ir.Call) -> str:
    """The column in ``fit(table, table["target"])``: whatever the table is, it has that column then."""
    table, column = node.args[:2] if len(node.args) > 1 else (None, None)
    if not isinstance(table, ir.Name) or not isinstance(column, ir.Index) or len(column.items) != 1:
        return ""
    of, name = column.value, column.items[0]
    if not isinstance(of, ir.Name) or of.name != table.name or not isinstance(name, ir.Const):
        return ""
    return name.value if isinstance(name.value, str) else ""
