"""Which assignments are lost."""

from __future__ import annotations

import libcst as cst
import pytest

from nnlint.frontend.cst_lower import lower
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import Lost, lost_assignments


def lost(*lines: str) -> list[Lost]:
    body = "\n".join(f"    {line}" for line in lines)
    code = lower(cst.parse_module(f"def f(x):\n{body}\n"), "f.py")
    function = code.body[0]
    assert isinstance(function, ir.Function)
    return list(lost_assignments(function.body, function.names).values())


@pytest.mark.parametrize(
    "lines",
    [
        ("a = g(x)", "return a"),
        ("a = g(x)", "if x:", "    a = h(x)", "return a"),
        ("a = g(x)", "def inner():", "    return a", "a = h(x)", "return inner"),
        ("a = g(x)", "try:", "    a = h(x)", "except E:", "    pass", "return a"),
        ("a = g(x)", "for b in x:", "    use(a)", "    a = h(b)"),
        ("a = g(x)", "while a:", "    a = h(x)"),
        ("a = g(x)", "print(f'{a}')", "a = h(x)", "return a"),
        ("a = g(x)", "print(locals())", "a = h(x)", "return a"),
        ("a = g(x)", "b = [a for _ in x]", "a = h(x)", "return a, b"),
        ("_ = g(x)", "_ = h(x)", "return x"),
        ("a = g(x)", "del a"),
        ("a = g(x)", "if x:", "    a = h(x)", "    return a"),
    ],
    ids=lambda lines: "; ".join(line.strip() for line in lines),
)
def test_kept(lines: tuple[str, ...]) -> None:
    assert lost(*lines) == []


def test_overwritten() -> None:
    (one,) = lost("a = g(x)", "a = h(x)", "return a")
    assert (one.name, len(one.by)) == ("a", 1)


def test_overwritten_on_every_branch() -> None:
    (one,) = lost("a = g(x)", "if x:", "    a = h(x)", "else:", "    a = k(x)", "return a")
    assert (one.name, len(one.by)) == ("a", 2)


def test_never_read() -> None:
    (one,) = lost("a = g(x)", "return x")
    assert (one.name, one.by) == ("a", ())
    (saved,) = lost("kept = x", "x = g(x)", "return x")
    assert (saved.name, saved.alias) == ("kept", "x")


def test_a_name_like_any_other_when_it_is_read() -> None:
    (one,) = lost("_ = g(x)", "_ = h(x)", "return _")
    assert one.name == "_"


def test_overwritten_by_its_own_loop() -> None:
    (one,) = lost("for layer in x:", "    out = layer(x)", "return out")
    assert one.loop
