"""How much of what people call in a framework the knowledge base knows.

    python -m benchmarks.coverage ~/src/project ~/src/package --top 50

Every call of a framework's function, constructor or method that the interpreter reaches is counted once per
place in the code. "Carrying" calls hand over, or are called on, something with a meaning that rules follow: a
tensor, layer, model, loss, optimizer, split. The share of those that are known is the figure of the project.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nnlint.analysis import calls, objects
from nnlint.analysis.calls import Args
from nnlint.analysis.effects import dispatch
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import (
    Built,
    External,
    Instance,
    List,
    Mapping,
    Method,
    Parameters,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.knowledge import index

__all__ = ["main"]

FRAMEWORKS = ("keras", "sklearn", "tensorflow", "tf_slim", "torch")
_SKIPPED = frozenset({".git", "__pycache__", "build", "node_modules", "site-packages"})
_DEEP = 3


@dataclass(slots=True)
class Tally:
    """The calls seen: canonical name and whether it is known, by place. carrying: places that carry.

    methods: places where a tensor was asked for a method that is not known, and its name. paths: for each
    path on the command line, how many of the calls that carry are known, and how many there are. own: the
    packages that stand under the path: what a framework calls of itself is no call from outside.
    """

    seen: dict[tuple[Place, str], bool] = field(default_factory=dict)
    carrying: set[tuple[Place, str]] = field(default_factory=set)
    methods: dict[Place, str] = field(default_factory=dict)
    paths: dict[Path, tuple[int, int]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def note(self, place: Place, name: str, known: bool, values: Sequence[Value]) -> None:
        """Count a call; it is unknown as soon as one way to it is."""
        if name.partition(".")[0] in self.own:
            return
        key = (place, name)
        self.seen[key] = self.seen.get(key, True) and known
        if any(map(_carries, values)):
            self.carrying.add(key)


def _carries(value: Value, depth: int = 0) -> bool:
    """Whether rules follow the value, or something it holds."""
    if isinstance(value, (Tensor, Built, Parameters)):
        return True
    if isinstance(value, Instance):
        return objects.framework_base(value.cls) != ""
    inner: Sequence[Value] = ()
    if isinstance(value, Tuple):
        inner = value.items
    elif isinstance(value, (List, Mapping)):
        inner = tuple(value.attrs.values())
    return depth < _DEEP and any(_carries(item, depth + 1) for item in inner[:8])


def _is_known(name: str) -> bool:
    owner = name.removesuffix(".__init__")
    return index.find(name) is not None or index.base(owner) is not None or index.is_inert(name)


def watch(tally: Tally) -> None:
    """Let the interpreter tell of every call it makes outside the project."""
    external, method, of_tensor, opaque = (
        dispatch.apply_external,
        dispatch.apply_method,
        objects._of_tensor,
        calls.opaque,
    )

    def apply_external(machine: Machine, callee: External, args: Args, node: Any) -> Value:
        given = (*args.positional, *args.keywords.values())
        tally.note(machine.place(node.id), callee.name, _is_known(callee.name), given)
        return external(machine, callee, args, node)

    def apply_method(machine: Machine, callee: Method, args: Args, node: Any) -> Value:
        result = method(machine, callee, args, node)
        # Calling `forward` is applying, and containers know their own methods.
        known = _is_known(callee.name) or not isinstance(result, Unknown)
        known = known or callee.name.rpartition(".")[2] in {"forward", "call", "__call__", "__init__"}
        tally.note(machine.place(node.id), callee.name, known, (callee.receiver,))
        return result

    def asked(machine: Machine, value: Tensor, name: str, place: Place) -> Value:
        found = of_tensor(value, name, place)
        if isinstance(found, Unknown):
            tally.methods[place] = f"{_library(machine, value)}.{name}"
        return found

    def unseen(machine: Machine, node: Any) -> None:
        place = machine.place(getattr(node.func, "id", node.id))
        if place in tally.methods:
            tally.note(machine.place(node.id), tally.methods[place], False, (Tensor(),))
        opaque(machine, node)

    def of_tensor_seen(value: Tensor, name: str, place: Place) -> Value:
        return asked(_Running.machine, value, name, place)

    get_attribute = objects.get_attribute

    def attribute(machine: Machine, value: Value, name: str, number: int) -> Value:
        _Running.machine = machine
        return get_attribute(machine, value, name, number)

    dispatch.apply_external, dispatch.apply_method = apply_external, apply_method
    objects._of_tensor, calls.opaque = of_tensor_seen, unseen
    from nnlint.analysis import expressions

    objects.get_attribute = expressions.get_attribute = attribute


class _Running:
    """The machine that runs."""

    machine: Machine


def _library(machine: Machine, value: Tensor) -> str:
    """Whose tensors a file works with, as far as its imports tell."""
    names = machine.frame.module.attrs
    if value.data is not None or not names:
        return "numpy.ndarray"
    if "torch" in names or "nn" in names or "F" in names:
        return "torch.Tensor"
    return "tensorflow.Tensor" if {"tf", "keras", "K"} & set(names) else "numpy.ndarray"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        else:
            found = (one for end in ("py", "ipynb") for one in path.rglob(f"*.{end}"))
            yield from sorted(
                one for one in found if not _SKIPPED.intersection(one.relative_to(path).parts[:-1])
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Count over the paths and print the shares and the most frequent unknown names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description="Measure coverage.")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--top", type=int, default=50, help="unknown names to list")
    parser.add_argument("--all", action="store_true", help="list the unknown names of other packages, too")
    parser.add_argument("--calls", action="store_true", help="list calls that carry nothing, too")
    parser.add_argument("--cache", type=Path, help="folder where lowered code is kept from run to run")
    parser.add_argument("--where", help="print the places of the unknown calls of this name")
    wanted = parser.parse_args(arguments)
    tally = Tally()
    watch(tally)
    failed = [error for path in wanted.paths for error in _run(tally, path, wanted.cache)]
    print(_by_path(tally), end="\n\n")
    print(_shares(tally))
    unknown = Counter(
        name
        for (place, name), known in tally.seen.items()
        if not known
        and (wanted.calls or (place, name) in tally.carrying)
        and (wanted.all or _is_counted(name))
    )
    for name, count in unknown.most_common(wanted.top):
        print(f"{count:6}  {name}")
    for (place, name), known in tally.seen.items():
        if name == wanted.where and not known:
            print(place)
    for error in failed:
        print(error, file=sys.stderr)
    return 1 if failed else 0


def _run(tally: Tally, path: Path, cache: Path | None) -> list[str]:
    """Lint what stands under a path in this process, counting; the failures."""
    from nnlint.selection import catalogue
    from nnlint.worker import Setup, Task, Worker

    before = len(tally.seen)
    inits = (init for top in (path, path / "src") for init in top.glob("*/__init__.py"))
    tally.own = frozenset(init.parent.name for init in inits)
    files = list(_files([path]))
    codes = frozenset(rule.code for rule in catalogue())
    worker = Worker(Setup((), tuple(files), (path,) if path.is_dir() else (), cache=cache))
    results = [worker.look(Task(one, codes)) for one in files]
    added = [key for key in list(tally.seen)[before:] if key in tally.carrying and _is_counted(key[1])]
    tally.paths[path] = (sum(tally.seen[key] for key in added), len(added))
    return [result.error for result in results if result.error]


def _is_counted(name: str) -> bool:
    return name.partition(".")[0] in FRAMEWORKS


def _by_path(tally: Tally) -> str:
    """A line per path: known calls that carry, all that do, the share."""
    lines = [f"{'path':40} {'known':>8} {'carrying':>9}"]
    for path, (known, count) in tally.paths.items():
        lines.append(f"{path.name[:40]:40} {known:8} {count:9} {known / count if count else 1:7.1%}")
    return "\n".join(lines)


def _shares(tally: Tally) -> str:
    """A line per framework: known and all calls, those that carry first."""
    lines = [f"{'framework':12} {'known':>8} {'carrying':>9} {'share':>7}      {'calls':>8} {'share':>7}"]
    for root in (*FRAMEWORKS, "all"):
        wanted = FRAMEWORKS if root == "all" else (root,)
        mine = [key for key in tally.seen if key[1].partition(".")[0] in wanted]
        carrying = [key for key in mine if key in tally.carrying]
        known = sum(tally.seen[key] for key in carrying)
        lines.append(f"{root:12} {known:8} {_share(tally, carrying)}      {_share(tally, mine)}")
    return "\n".join(lines)


def _share(tally: Tally, keys: Sequence[tuple[Place, str]]) -> str:
    known = sum(tally.seen[key] for key in keys)
    return f"{len(keys):9} {known / len(keys):7.1%}" if keys else f"{0:9} {'':7}"


if __name__ == "__main__":
    sys.exit(main())
