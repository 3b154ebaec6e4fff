"""The two readings give the same IR, number for number, so that what one finds the other can place."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import libcst as cst
import pytest

from nnlint.check import check
from nnlint.frontend.ast_lower import lower_quickly
from nnlint.frontend.cst_lower import lower
from nnlint.frontend.pieces import places_of
from nnlint.frontend.spans import Places
from nnlint.project import Project
from nnlint.source import Source

ROOT = Path(__file__).parents[2]
OWN = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))

EVERYTHING = '''
"""Doc."""
"a" "doc" ; b"c" ; (...) ; f"{run()}"
import os.path as p, sys, a.b
from ..d import *
from . import a as b, c
@e(1, *f, k=2, **g)
@h.i
async def h(i, /, j: int = 3, *l, m=4, o, **n) -> None:
    global o, q; nonlocal_ = 1
    await q
    async with r as s, t: pass
    async for u in v: break
    else: pass
    return [w async for w in x if w if not x]
class C(D, *bases, metaclass=E.F, **more):
    f: int = 1; h: float
    g: str
    def h(self): yield from self.i; yield; x = yield 2; yield *a, b
class One(metaclass=type(x)): k: int
try: raise A from B
except (C, D) as e: del a, b[0]
except: del (c, [d.e, f]), g
else: assert c, "d"
finally: ...
for (a, *b), [c, d] in e: continue
else: pass
while not a and b and c or d or (e and (f and g)) and (h or i): x = y if z else -1
with (a as b, c): pass
with (open(a)) as (f, g), (h): pass
if a: pass
elif b < c <= d is not e not in f: pass
else: x += 1; y @= 2; z[0] //= 3; w.v **= 4
lambda x, *y, z=1, **k: (x, [y], {z}, {k: 1, **m}, *n)
f(*a, b, k=1, *c, **d)
f(x for x in y)
f"a{b!r:>{c}}d{e=}" 'e' f"{g}" + rb"f" b"g" + "h" "i" + u"j" + """k
l"""
x[1:2:3, ..., a] = {b: c for d in e for f in d} | {f for g in h} ^ ~i
x[a, b]; x[(a, b)]; x[(a), b]; x[(a), (b)]; x[((a), (b))]; x[a,]; x[(a,)]; x[()]; x[(a), (b),]
x[  # (
    (a), b]; x[(  # )
    a), (b)]; x[(i for i in j), 2]; x[(*a, b)]
(y := 1j) + 0x1F * 1_000.5e3 % 2 << 3 >> 4 & 5 + 0o17 - -1.0 - +2 - (-True) - 10 ** 400
match a:
    case [1, *rest] | {"k": v, **kw} if g: pass
    case C(x, y=D(z=q)) as z: pass
    case None | a.b | -1: pass
    case _: pass
x: int
y.z: int = 1
'''
STARS = "try: pass\nexcept* E as e: pass\nx[*a]\nx[*a, b]\n"

TEXTS = {
    "everything": EVERYTHING,
    "nothing": "",
    "comment": "# only a comment",
    "windows": "x=1;y='''a\r\nb'''\r\nif x:\r\n\tz",
    "other letters": "größe = 1  # R²\nx = 'ﬁ' + größe\n",
    "escapes": "x = '\\d\\x41' + b'\\d'.decode()\n",
    "long chain": "if a:\n    b\n"
    + "".join(f"elif c{i}:\n    d(e)\n" for i in range(80))
    + "else:\n    if g: h\n",
    "chain without an end": "if a: b\n" + "elif c: d\n" * 60,
    "ifs in elses": "".join(" " * i + "if a: b\n" + " " * i + "else:\n" for i in range(60))
    + " " * 60
    + "c\n",
    "form feed": "x = 1\n\f\ny = 2\n",
}


def _concretely(text: str) -> object:
    return lower(cst.parse_module(text), "")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_both_readings_are_the_same(text: str) -> None:
    code = lower_quickly(text, "")
    assert code is not None
    assert code == _concretely(text)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="stars that are new in Python 3.11")
def test_newer_stars_are_the_same() -> None:
    assert lower_quickly(STARS, "") == _concretely(STARS)


@pytest.mark.parametrize("path", [*OWN[::4], *LIBRARY[::3]], ids=lambda path: path.name)
def test_real_files_are_the_same(path: Path) -> None:
    text = path.read_text("utf-8")
    try:
        concrete = _concretely(text)
    except cst.ParserSyntaxError:
        pytest.skip("LibCST cannot read it")
    assert lower_quickly(text, "") in (concrete, None)


def test_the_quick_reading_hardly_ever_gives_up() -> None:
    texts = [path.read_text("utf-8") for path in LIBRARY]
    assert sum(lower_quickly(text, "") is None for text in texts) <= len(texts) / 100


@pytest.mark.parametrize("text", ["ﬁt = 1\n", "x = = 1\n", "print 'a'\n", "x = '\0'\n", "'a' b'b'\n"])
def test_what_is_left_to_libcst(text: str) -> None:
    """Names that Python would normalise, and all that Python refuses."""
    assert lower_quickly(text, "") is None


def test_numbers_begin_where_they_are_told_to() -> None:
    code, moved = (lower_quickly("x = f(1)\n", "", first) for first in (0, 100))
    assert code is not None
    assert moved is not None
    assert moved.size == code.size == 5
    assert (code.body[0].id, moved.body[0].id) == (0, 100)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_places_piece_by_piece_are_those_of_the_whole(text: str) -> None:
    pieced, whole = places_of(text), Places(text)
    code = lower_quickly(text, "")
    numbers = set(range(0 if code is None else code.size))
    assert pieced.spans(numbers) == whole.spans(numbers)
    assert pieced.imported() == whole.imported()


DISPUTED = "(x): int = 1\n"
"""Python reads this annotation, LibCST 1.9 takes it for an error."""
HEAD = "import torch.nn.functional as F\ndef loss(x, y):\n    "
TWICE = "F.cross_entropy(F.softmax(x, 1), y)\n"


def _codes(text: str) -> list[str]:
    path = Path("f.py")
    project = Project((), {path: Source(path, text)}.get, (path,))
    return [each.code for each in check(path, project, frozenset({"NN201", "NN900"}))]


def test_libcst_has_the_last_word_only_where_a_place_is_asked_of_it() -> None:
    with pytest.raises(cst.ParserSyntaxError):
        cst.parse_module(DISPUTED)
    assert _codes(DISPUTED) == []
    assert _codes(HEAD + "return " + TWICE) == ["NN201"]
    assert _codes(HEAD + "return " + TWICE + DISPUTED) == ["NN201"]
    assert _codes(HEAD + "(z): int = " + TWICE) == ["NN900"]
