"""The cheaper nodes of `light` say what LibCST's own say, and leave LibCST as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import libcst as cst
import pytest

from nnlint.frontend.light import parse_light

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])

EVERYTHING = '''
"""Doc."""
import os.path as p, sys
from . import a as b, c
from ..d import *
@e(1, *f, k=2, **g)
async def h(i, /, j: int = 3, *l, m=4, **n) -> None:
    global o; nonlocal_ = 1
    await q
    async with r as s, t: pass
    async for u in v: break
    else: pass
    return [w async for w in x if w]
class C(D, metaclass=E):
    f: int = 1
    g: str
    def h(self): yield from self.i; yield; x = yield 2
try: raise A from B
except (C, D) as e: del a, b[0]
else: assert c, "d"
finally: ...
try: pass
except* E: pass
for (a, *b), [c, d] in e: continue
while not a and b or c: x = y if z else -1
with (a as b, c): pass
if a: pass
elif b < c <= d is not e not in f: pass
else: x += 1; y @= 2; z //= 3; w **= 4
lambda x, *y, z=1, **k: (x, [y], {z}, {k: 1, **m})
f"a{b!r:>{c}}d" 'e' + rb"f" b"g"
x[1:2:3, ..., a] = {b: c for d in e} | {f for g in h} ^ ~i
(y := 1j) + 0x1F * 1_000.5e3 % 2 << 3 >> 4 & 5
match a:
    case [1, *rest] | {"k": v, **kw} if g: pass
    case C(x, y=2) as z: pass
    case None | a.b | _: pass
'''


def _differences(light: object, own: object, where: str = "module") -> Iterator[str]:
    """Where two trees differ, layout left out."""
    if isinstance(light, SimpleNamespace):
        assert isinstance(own, cst.CSTNode)
    elif isinstance(own, cst.CSTNode):
        if type(light) is not type(own):
            yield f"{where}: {type(light)} for {type(own)}"
            return
        for field in dataclasses.fields(own):
            yield from _differences(
                getattr(light, field.name), getattr(own, field.name), f"{where}.{field.name}"
            )
    elif isinstance(own, Sequence) and not isinstance(own, (str, bytes)):
        assert isinstance(light, Sequence)
        if len(light) != len(own):
            yield f"{where}: {len(light)} for {len(own)}"
        for number, (one, other) in enumerate(zip(light, own, strict=False)):
            yield from _differences(one, other, f"{where}[{number}]")
    elif light != own:
        yield f"{where}: {light!r} for {own!r}"


@pytest.mark.parametrize(
    "text", [EVERYTHING, "", "\n", "# only a comment", "x=1;y=2\r\nif x:\r\n\tz", "\ufeffx = 1\n"]
)
def test_the_tree_is_that_of_libcst_but_for_layout(text: str) -> None:
    assert list(_differences(parse_light(text), cst.parse_module(text))) == []


@pytest.mark.parametrize("text", ["x = = 1", "def f(:\n", "x = (\n", "  x = 1\n"])
def test_the_error_is_that_of_libcst(text: str) -> None:
    with pytest.raises(cst.ParserSyntaxError) as own:
        cst.parse_module(text)
    with pytest.raises(cst.ParserSyntaxError) as light:
        parse_light(text)
    assert str(light.value) == str(own.value)


@pytest.mark.parametrize("path", FILES[::5], ids=lambda path: path.name)
def test_the_files_of_this_project_give_the_same_tree(path: Path) -> None:
    text = path.read_text("utf-8")
    assert list(_differences(parse_light(text), cst.parse_module(text))) == []


@pytest.mark.parametrize("text", ["x = 1\n", "x = = 1\n"])
def test_libcst_is_left_as_it_was(text: str) -> None:
    before = dict(vars(cst))
    with suppress(cst.ParserSyntaxError):
        parse_light(text)
    after = dict(vars(cst))
    assert after == before
    assert cst.parse_module("x = [1,  2]  # c\n").code == "x = [1,  2]  # c\n"


def test_layout_is_not_built() -> None:
    (line,) = parse_light("x = 1  # one\n").body
    assert isinstance(line, cst.SimpleStatementLine)
    assert isinstance(line.trailing_whitespace, SimpleNamespace)


def test_with_layout_it_is_the_whole_tree() -> None:
    own = cst.parse_module(EVERYTHING)
    light = parse_light(EVERYTHING, layout=True)
    assert light.deep_equals(own)
    assert light.code == EVERYTHING


def test_what_only_the_validation_of_nodes_refuses_is_read() -> None:
    with pytest.raises(cst.CSTValidationError):
        cst.parse_module("x = 'a' b'c'\n")
    assert len(parse_light("x = 'a' b'c'\n", layout=True).body) == 1
