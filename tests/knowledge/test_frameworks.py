"""Every entry of the knowledge tables is held against the installed framework it speaks of.

The parameters of compiled functions, for which `inspect.signature` knows nothing, are taken from the
type stubs inside the package, else from the first line of the docstring: both are written by the
framework's own build from the same declarations that parse the arguments. What is left is attributes.
"""

from __future__ import annotations

import inspect
from importlib.util import find_spec

import pytest
from signatures import CALLED, UNREADABLE, Real, application_signatures, real_signatures, resolve

from nnlint.knowledge import index
from nnlint.knowledge.spec import Base, Entry

pytestmark = [
    pytest.mark.frameworks,
    pytest.mark.filterwarnings("ignore"),
]

_NAMES = sorted({name.partition(".")[0] for table in index.frameworks() for name in table.entries})
by_root = pytest.mark.parametrize("root", _NAMES)


def entries_of(root: str) -> dict[str, Entry]:
    """The entries of one top-level package that still exist in its current release."""
    require(root)
    return {
        name: entry
        for table in index.frameworks()
        for name, entry in table.entries.items()
        if name.partition(".")[0] == root and not entry.until
    }


def require(root: str) -> None:
    """Skips where the package is not installed."""
    if find_spec(root) is None:
        pytest.skip(f"{root} is not installed, so its entries cannot be held against it")


def report(problems: dict[str, str]) -> str:
    """One line per entry that disagrees with its framework."""
    return "\n".join(f"{name}: {problem}" for name, problem in sorted(problems.items()))


def resolves(name: str) -> bool:
    """Whether the name exists; a test of its own reports the ones that do not."""
    try:
        resolve(name)
    except (AttributeError, ImportError):
        return False
    return True


def misfit(declared: tuple[str, ...], real: tuple[str, ...]) -> bool:
    """Whether parameters as an entry states them are not those of the real signature.

    Positional ones must agree in name and order, keyword-only ones in name; a final "..." leaves
    the rest of either open.
    """
    open_end = declared[-1:] == ("...",)
    stated = declared[:-1] if open_end else declared
    positional, keywords = divide(stated)
    real_positional, real_keywords = divide(real)
    if open_end and not keywords and not any(token.startswith("*") for token in positional):
        return positional != real_positional[: len(positional)]
    if positional != real_positional:
        return True
    return not keywords <= real_keywords if open_end else keywords != real_keywords


def divide(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], set[str]]:
    """The positional tokens, with "*args", and the keyword-only ones, with "**kwargs"."""
    for at, token in enumerate(tokens):
        if token == "*":
            return tokens[:at], set(tokens[at + 1 :])
        if token.startswith("**"):
            return tokens[:at], {token, *tokens[at + 1 :]}
        if token.startswith("*"):
            return tokens[: at + 1], set(tokens[at + 1 :])
    return tokens, set()


def spelled(default: object) -> object:
    """A default as tables state it: functions and enums by name, text in small letters."""
    if callable(default):
        return str(getattr(default, "__name__", default)).lower()
    return default.lower() if isinstance(default, str) else default


def wrong_defaults(entry: Entry, signatures: list[Real]) -> str:
    """The stated defaults that no real signature has."""
    real = {name: value for one in signatures for name, value in one.defaults.items()}
    for name, stated in entry.defaults.items():
        if name not in real:
            return f"{name} has no default"
        if real[name] is UNREADABLE:
            return f"the default of {name} cannot be read"
        if spelled(real[name]) != spelled(stated):
            return f"{name} is {real[name]!r} by default, not {stated!r}"
    return ""


@by_root
def test_names_resolve(root: str) -> None:
    missing = {name: "no such name" for name in entries_of(root) if not resolves(name)}
    assert not missing, report(missing)


@by_root
def test_parameters_match(root: str) -> None:
    problems = {}
    for name, entry in entries_of(root).items():
        if resolves(name):
            signatures = real_signatures(name)
            if all(misfit(entry.params, one.tokens) for one in signatures) and (signatures or entry.params):
                real = " | ".join(" ".join(one.tokens) for one in signatures) or "no parameters"
                problems[name] = f"states ({' '.join(entry.params)}), really ({real})"
    assert not problems, report(problems)


@by_root
def test_defaults_match(root: str) -> None:
    problems = {}
    for name, entry in entries_of(root).items():
        if entry.defaults and resolves(name):
            signatures = real_signatures(name)
            if entry.builds and set(entry.defaults) & set(entry.operands):
                signatures = signatures + application_signatures(name)
            if problem := wrong_defaults(entry, signatures):
                problems[name] = problem
    assert not problems, report(problems)


@by_root
def test_operands_match(root: str) -> None:
    """Objects that are never called (estimators) state no operands."""
    problems = {}
    for name, entry in entries_of(root).items():
        if entry.builds and resolves(name) and inspect.isclass(resolve(name)):
            signatures = application_signatures(name)
            if (signatures or entry.operands) and all(
                misfit(entry.operands, one.tokens) for one in signatures
            ):
                real = " | ".join(" ".join(one.tokens) for one in signatures) or "not callable"
                problems[name] = f"is applied to ({' '.join(entry.operands)}), really ({real})"
    assert not problems, report(problems)


@by_root
def test_kinds_of_object_match(root: str) -> None:
    """A class said to have another one's methods is its subclass, or has at least one of them."""
    problems = {}
    for name, entry in entries_of(root).items():
        if entry.isa and resolves(name) and inspect.isclass(resolve(name)) and resolves(entry.isa):
            parent, child = resolve(entry.isa), resolve(name)
            methods = [key for key in index._entries() if key.rpartition(".")[0] == entry.isa]
            shared = any(hasattr(child, key.rpartition(".")[2]) for key in methods)
            if not shared and not issubclass(child, parent):  # type: ignore[arg-type]
                problems[name] = f"is no {entry.isa}"
    assert not problems, report(problems)


@pytest.mark.parametrize("name", sorted(CALLED))
def test_unreadable_signatures_by_calling(name: str) -> None:
    """What no source states is tried out: all parameters by name, the same by position, and one too many."""
    require(name.partition(".")[0])
    target, arguments = resolve(name), CALLED[name]
    assert callable(target)
    target(**arguments)
    target(*arguments.values())
    with pytest.raises(TypeError):
        target(*arguments.values(), None)
    with pytest.raises(TypeError):
        target(**arguments, no_such_parameter=None)


_BASES = {name: base for table in index.frameworks() for name, base in table.bases.items()}


@pytest.mark.parametrize(("name", "base"), sorted(_BASES.items()), ids=sorted(_BASES))
def test_bases_exist(name: str, base: Base) -> None:
    require(name.partition(".")[0])
    target = resolve(name)
    assert inspect.isclass(target)
    assert not base.call or callable(getattr(target, base.call))
    if base.isa:
        assert issubclass(target, resolve(base.isa))  # type: ignore[arg-type]
