"""Lowering by pieces gives what lowering the whole file gives, whatever is typed into it."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from nnlint.chunks import Splitter
from nnlint.frontend.broken import Broken
from nnlint.frontend.incremental import Lowering
from nnlint.frontend.parse import parse
from nnlint.frontend.spans import Places
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

HERE = Path(__file__).parents[2]
FILES = sorted((HERE / "src" / "nnlint").rglob("*.py"))[::6] + sorted((HERE / "examples").glob("*.py"))
TYPED = (
    "(", ")", "'", '"', '"""', "\n", "x = 1\n", "    y = 2\n", "else:\n", "@dec\n", "\\\n", "# c\n", "]", " ",
    "def f():\n    pass\n", "if a:\n", "\n\n", "f'{a}'", 'f"{x["a"]}"', "\t", "\f", "\r\n", "é = 'ß'\n",
)  # fmt: skip


def _numbered(node: Any, number: Any) -> Any:
    """A node with the number of every node in it put through a function."""
    if not isinstance(node, tuple):
        return node
    parts = [_numbered(part, number) for part in node]
    if not hasattr(node, "_fields"):
        return tuple(parts)
    if node._fields[0] == "id":
        parts[0] = number(node[0])
    return type(node)(*parts)


def _compare(lowering: Lowering, text: str) -> str:
    """What became of the text, after holding it against the whole file."""
    source = Source(Path("f.py"), text)
    whole, found = parse(source), lowering.lower(source)
    if isinstance(whole, Broken) or isinstance(found, Broken):
        assert found == whole
        return "broken"
    if found == whole and not lowering.pieces():
        return "whole"
    pieces = lowering.pieces()
    firsts = [piece.start for piece in pieces]
    starts = [0, *accumulate(len(piece) for piece in pieces)]

    def dense(number: int) -> int:
        place = bisect_right(firsts, number) - 1
        return number - firsts[place] + starts[place]

    assert _numbered(found, dense) == whole
    _compare_places(lowering, text, whole, {number: dense(number) for piece in pieces for number in piece})
    return "pieces"


def _compare_places(lowering: Lowering, text: str, whole: ModuleIR, numbers: dict[int, int]) -> None:
    assert sorted(numbers.values()) == list(range(whole.size))
    assert sorted(numbers) == list(numbers), "numbers grow with the place in the text"
    places, all_places = lowering.places(text), Places(text)
    expected = all_places.spans(set(numbers.values()))
    assert places.spans(set(numbers)) == {
        number: expected[dense] for number, dense in numbers.items() if dense in expected
    }
    for number in list(numbers)[::97]:
        node, other = places.node(number), all_places.node(numbers[number])
        assert type(node) is type(other)
        if node is not None and other is not None:
            assert places.span(node) == all_places.span(other)
            above = [type(each).__name__ for each in places.parents(node)]
            assert above == [type(each).__name__ for each in all_places.parents(other)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_by_pieces(path: Path) -> None:
    lowering = Lowering()
    text = path.read_text("utf-8")
    assert _compare(lowering, text) == "pieces"
    assert _compare(lowering, text.replace("\n", "\r\n")) == "pieces"


@pytest.mark.parametrize("seed", range(12))
def test_typing(seed: int) -> None:
    """Random edits, most of which break the file for a while."""
    chosen = random.Random(seed)
    text = chosen.choice(FILES).read_text("utf-8")[:6_000].rpartition("\n\n\n")[0] + "\n"
    lowering = Lowering()
    outcomes = {_compare(lowering, text)}
    for _ in range(40):
        at = chosen.randrange(len(text) + 1)
        edited = text[:at] + chosen.choice(TYPED) + text[at + chosen.choice((0, 0, 1, 12)) :]
        outcomes.add(_compare(lowering, edited))
        if chosen.random() < 0.3 and isinstance(parse(Source(Path("f.py"), edited)), ModuleIR):
            text = edited
    assert {"pieces", "broken"} <= outcomes


def test_typing_in_one_function_parses_that_function() -> None:
    functions = [f"def f{number}(x):\n    y = x + {number}\n    return y\n\n\n" for number in range(100)]
    lowering = Lowering()
    before = lowering.lower(Source(Path("f.py"), "".join(functions)))
    lowering.parsed = 0
    functions[40] = functions[40].replace("y = x", "y = 2 * x")
    after = lowering.lower(Source(Path("f.py"), "".join(functions)))
    assert lowering.parsed == len(functions[40])
    assert isinstance(before, ModuleIR)
    assert isinstance(after, ModuleIR)
    assert [one is other for one, other in zip(before.body, after.body, strict=True)].count(False) == 1
    assert len(lowering.kept) == 99


def test_many_functions_written_at_one_place() -> None:
    lowering = Lowering()
    head, tail, text = "a = 1\n", "b = 2\n", ""
    for number in range(120):
        text += f"def f{number}():\n    pass\n"
        assert _compare(lowering, head + text + tail) == "pieces"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("# only a comment\n", 1),
        ("a = 1\nb = 2\n", 2),
        ("if a:\n    b\nelse:\n    c\nd\n", 2),
        ("try:\n    a\nexcept B:\n    c\nfinally:\n    d\n", 1),
        ("@a\n@b(\nc,\n)\n# why\ndef f():\n    pass\n", 1),
        ("x = '''\na = 1\nb = '\n'''\ny = 1\n", 2),
        ("x = (\n1,\n2)\ny = '#'\n", 2),
        ("x = 1 + \\\n2\ny = 1\n", 2),
        ("if a: b\nelif c: d\n", 1),
    ],
)
def test_cuts(text: str, count: int) -> None:
    pieces = Splitter().split(text)
    assert pieces is not None
    assert "".join(pieces) == text
    assert len(pieces) == count


@pytest.mark.parametrize(
    "text", ["x = (\n", "x = 'a\n", "x = 1)\n", "a\rb\n", "a\f\n", "'''\n", "@a\n", "x\\\n"]
)
def test_in_doubt_nothing_is_cut(text: str) -> None:
    assert Splitter().split(text) is None


@pytest.mark.parametrize(
    "broken", ["from a import", "from a import \\", "if a:", "x = 1 +", "def f(:", "    y = 1"]
)
def test_the_place_of_a_syntax_error(broken: str) -> None:
    """Also where a line ends too early, which the parser notices later."""
    lines = ['"""Words."""', "", "import a", "", "", "def f():", "    pass", "", "", "x = 1", ""]
    for row in range(len(lines)):
        lowering = Lowering()
        assert _compare(lowering, "\n".join(lines)) == "pieces"
        assert _compare(lowering, "\n".join([*lines[:row], broken, *lines[row:]])) in {"broken", "pieces"}
