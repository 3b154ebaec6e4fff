"""The walk finds every node that a generic search of the tuples finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nnlint.frontend.parse import parse
from nnlint.ir import nodes as ir
from nnlint.ir.walk import parts
from nnlint.source import Source

_TEXT = """
import os, torch.nn as nn
from .near import thing as other

@decorate(a.b)
class Net(nn.Module, metaclass=Meta):
    size: int = 3
    async def forward(self, x: int = d[0], *rest, key=lambda q: q + 1, **more):
        global counted
        with open(path) as handle, lock:
            for i, (j, k) in enumerate(x[1:2:3]):
                x[i] = y if j else {**more, "a": [n for n in k if n > 1 or not n]}
            else:
                x += -j ** k
        try:
            assert await x, f"{x.y!r} is {z}"
        except (A, B) as error:
            raise C(error, *rest, **more) from None
        finally:
            del x, y
        while (w := x()) is not None and w < v <= u:
            break
        match x:
            case [first, *others] if first.ok:
                yield first
            case _:
                return (yield from others)
"""


def _generic(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield node
        for each in node:
            yield from _generic(each)


def test_every_node_is_found() -> None:
    code = parse(Source(Path("text.py"), _TEXT))
    assert isinstance(code, ir.ModuleIR)

    def counted(found: Iterator[object]) -> Counter[tuple[str, int]]:
        kinds = {ir.Names, ir.Imported, tuple}
        return Counter(
            (type(each).__name__, each[0])  # type: ignore[index]
            for each in found
            if isinstance(each, tuple) and type(each) not in kinds
        )

    wanted = counted(_generic(code.body))
    assert len({kind for kind, _ in wanted}) > 30
    assert counted(parts(code.body)) == wanted
