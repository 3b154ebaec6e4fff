"""LibCST to IR, and back to places in the text."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

from nnlint.diagnostic import Position
from nnlint.frontend.cst_lower import lower, lower_recording
from nnlint.frontend.parse import Broken, parse
from nnlint.frontend.spans import locate
from nnlint.ir import nodes as ir
from nnlint.source import Source

TEXT = '''\
import torch.nn as nn
from .net import *


@nn.jit
async def f(a, /, b=1, *args, c: int = -2, **rest):
    """Words."""
    global g
    with open(a) as h, b:
        x, *y = [i for i in args if i], {"k": 1, **rest}
    try:
        assert a < b <= c, "no"
    except (ValueError, TypeError) as error:
        raise error from None
    else:
        del x[0], y
    finally:
        a += lambda q: q @ b
    for i in range(3):
        if i and not a or (z := i):
            continue
        elif f"{i:{b}}" "text":
            break
    while True:
        yield await a.b(*args, k=1, **rest)[1:2, ::3]
    match a:
        case [x, *rest] if x:
            pass
        case _:
            return None if a else (b,)


class C(Base, metaclass=M):
    x: int
    y: int = 0x1F
'''


def test_every_construct_is_lowered() -> None:
    code = lower(cst.parse_module(TEXT), "f.py")
    kinds = [type(statement) for statement in code.body]
    assert kinds == [ir.Import, ir.Import, ir.Function, ir.Class]
    function = code.body[2]
    assert isinstance(function, ir.Function)
    assert [(param.name, param.kind) for param in function.params] == [
        ("a", "/"), ("b", ""), ("args", "*"), ("c", "k"), ("rest", "**"),
    ]  # fmt: skip
    assert function.generator
    assert function.names.outer == {"g"}
    assert [type(statement) for statement in function.body] == [
        ir.Scope, ir.With, ir.Try, ir.For, ir.While, ir.Match,
    ]  # fmt: skip


def test_numbers_are_the_same_each_time_and_lead_back_to_the_text() -> None:
    module = cst.parse_module(TEXT)
    code = lower(module, "f.py")
    assert code == lower(cst.parse_module(TEXT), "f.py")
    assert len(lower_recording(module)) == code.size
    (cls,) = (each for each in code.body if isinstance(each, ir.Class))
    assert locate(TEXT, {cls.id})[cls.id].start == Position(33, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1_000", 1000),
        ("0x1F", 31),
        ("1e-3", 0.001),
        ("-2", -2),
        ("'a' 'b'", "ab"),
        ("b'x'", b"x"),
        ("None", None),
    ],
)
def test_literals(text: str, value: object) -> None:
    (statement,) = lower(cst.parse_module(f"x = {text}\n"), "f.py").body
    assert isinstance(statement, ir.Assign)
    assert isinstance(statement.value, ir.Const)
    assert statement.value.value == value


def test_a_syntax_error_has_a_place() -> None:
    broken = parse(Source(Path("f.py"), "x = 1\ny = (\n"))
    assert isinstance(broken, Broken)
    assert broken.row >= 2


def test_a_star_that_only_the_parser_allows() -> None:
    code = lower(cst.parse_module("def f(x):\n    yield *x\n"), "x.py")
    assert "Star" in repr(code.body)
