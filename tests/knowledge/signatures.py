"""Reads the real signatures of installed frameworks, for the tests that hold the knowledge to them."""

from __future__ import annotations

import ast
import inspect
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from nnlint import knowledge

UNREADABLE = object()
"""Stands for a default that the stub leaves out."""

STUBS = {"torch": ("_C/_VariableFunctions.pyi", "_C/_nn.pyi", "_C/__init__.pyi")}
"""Type stubs shipped inside a package: the only complete record of its compiled functions' parameters."""

HANDED_ON = {"keras.Model": "keras.src.models.functional.Functional"}
"""Classes whose constructor takes anything and makes an object of another class."""

OPEN = ("*args", "**kwargs")

CALLED: dict[str, dict[str, object]] = {
    "torch.autograd.Variable": {
        "data": None, "requires_grad": False, "volatile": False, "_grad_fn": None, "name": None,
    },
}  # fmt: skip
"""Compiled classes without signature, stub or docstring: arguments in the order they are accepted in."""


@dataclass(frozen=True)
class Real:
    """One real signature: parameter tokens as in `Entry.params`, and the defaults by parameter."""

    tokens: tuple[str, ...]
    defaults: dict[str, object]


@cache
def _homes() -> dict[str, str]:
    """Names that the installed release keeps elsewhere (TensorFlow 1 under `tensorflow.compat.v1`)."""
    names = (f"{knowledge.__name__}.{info.name}" for info in iter_modules(knowledge.__path__))
    modules = map(import_module, names)
    return {name: home for module in modules for name, home in getattr(module, "INSTALLED_AS", {}).items()}


def resolve(dotted: str) -> object:
    """The object behind a dotted name; `AttributeError` or `ImportError` when there is none."""
    parts = _homes().get(dotted, dotted).split(".")
    found: object = import_module(parts[0])
    for end, part in enumerate(parts[1:], 2):
        try:
            found = getattr(found, part)
        except AttributeError:
            found = import_module(".".join(parts[:end]))
    return found


def real_signatures(dotted: str) -> list[Real]:
    """Every signature the name can be called with: its own, its overloads', or its stub's."""
    if dotted in CALLED:
        return [Real(tuple(CALLED[dotted]), CALLED[dotted])]
    target = resolve(HANDED_ON.get(dotted, dotted))
    owner = resolve(_homes().get(dotted, dotted).rpartition(".")[0])
    found = [_from_signature(sig) for sig in _signatures(target, inspect.isclass(owner))]
    precise = [one for one in found if one.tokens != OPEN]
    if precise:
        return precise
    root, last = dotted.partition(".")[0], dotted.rpartition(".")[2]
    name = getattr(target, "__name__", last)
    stubbed = [] if inspect.isfunction(target) else list(_from_stubs(root, name, inspect.isclass(owner)))
    return stubbed or list(_from_docstring(last, target)) or found


def application_signatures(dotted: str) -> list[Real]:
    """The signatures an object of the class can be called with.

    The call runs `forward` in PyTorch; in Keras `call`, for a metric `update_state`. "(*args, **kwargs)"
    says nothing while one of the others says more.
    """
    target = resolve(HANDED_ON.get(dotted, dotted))
    methods = [getattr(target, name, None) for name in ("forward", "call", "update_state", "__call__")]
    found = [
        _from_signature(sig) for one in methods if inspect.isfunction(one) for sig in _signatures(one, True)
    ]
    return [one for one in found if one.tokens != OPEN] or found


def _signatures(target: object, bound: bool) -> Iterator[inspect.Signature]:
    """Signatures of a callable or class; `bound` drops the receiver of a plain method."""
    if inspect.isclass(target):
        yield from _class_signatures(target)
        return
    for function in (target, *_variants(target)):
        try:
            sig = inspect.signature(function)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
        yield _without_receiver(sig) if bound and not inspect.ismethod(function) else sig


def _class_signatures(target: type) -> Iterator[inspect.Signature]:
    """A class may state its parameters in `__init__`, in `__new__` or through its metaclass."""
    for function in (target.__init__, target.__new__):  # type: ignore[misc]
        if function not in (object.__init__, object.__new__):
            yield from _signatures(function, True)
    try:
        yield inspect.signature(target)
    except (TypeError, ValueError):
        return


def _variants(target: object) -> Iterator[object]:
    """The typed overloads, and the branches of a function that dispatches on a flag."""
    if inspect.isfunction(target):
        yield from getattr(typing, "get_overloads", lambda _: ())(target)
        hidden = inspect.getclosurevars(target).nonlocals if target.__closure__ else {}
        yield from (hidden[name] for name in ("if_true", "if_false") if name in hidden)


def _without_receiver(sig: inspect.Signature) -> inspect.Signature:
    """The signature as the caller sees it; static methods keep their first parameter."""
    params = list(sig.parameters.values())
    if params and params[0].name in ("self", "cls", "_cls"):
        return sig.replace(parameters=params[1:])
    return sig


def _from_signature(sig: inspect.Signature) -> Real:
    tokens: list[str] = []
    for param in sig.parameters.values():
        if param.kind is param.VAR_POSITIONAL:
            tokens.append(f"*{param.name}")
        elif param.kind is param.VAR_KEYWORD:
            tokens.append(f"**{param.name}")
        else:
            if param.kind is param.KEYWORD_ONLY and not any(token.startswith("*") for token in tokens):
                tokens.append("*")
            tokens.append(param.name)
    defaults = {p.name: p.default for p in sig.parameters.values() if p.default is not p.empty}
    return Real(tuple(tokens), defaults)


def _from_stubs(root: str, name: str, method: bool) -> Iterator[Real]:
    for node in _stub_functions(root).get((method, name), ()):
        yield _from_arguments(node.args)


@cache
def _stub_functions(root: str) -> dict[tuple[bool, str], list[ast.FunctionDef]]:
    """The functions in a package's stubs, by whether they are methods and by name."""
    found: dict[tuple[bool, str], list[ast.FunctionDef]] = {}
    folder = Path(str(import_module(root).__file__)).parent
    for path in STUBS.get(root, ()):
        for node in ast.parse((folder / path).read_text(encoding="utf-8")).body:
            method = isinstance(node, ast.ClassDef) and node.name == "TensorBase"
            for item in node.body if isinstance(node, ast.ClassDef) and method else [node]:
                if isinstance(item, ast.FunctionDef):
                    found.setdefault((method, item.name), []).append(item)
    return found


def _from_docstring(name: str, target: object) -> Iterator[Real]:
    """A compiled function without a stub states its signature in the first line of its docstring."""
    for match in re.finditer(
        rf"^\s*(?:[\w.]*\.)?{re.escape(name)}(\(.*\))", inspect.getdoc(target) or "", re.M
    ):
        try:
            node = ast.parse(f"def f{match[1].partition(' ->')[0]}: ...").body[0]
        except SyntaxError:
            continue
        assert isinstance(node, ast.FunctionDef)
        yield _from_arguments(node.args)


def _from_arguments(args: ast.arguments) -> Real:
    """The parameters of a parsed function, without its receiver."""
    positional = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    defaults = dict(zip(reversed(positional), map(_literal, reversed(args.defaults)), strict=False))
    tokens = [name for name in positional if name != "self"]
    if args.vararg or args.kwonlyargs:
        tokens.append(f"*{args.vararg.arg}" if args.vararg else "*")
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        tokens.append(arg.arg)
        if default is not None:
            defaults[arg.arg] = _literal(default)
    if args.kwarg:
        tokens.append(f"**{args.kwarg.arg}")
    return Real(tuple(tokens), defaults)


def _literal(node: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(node)
    except ValueError:
        return UNREADABLE
    return UNREADABLE if value is Ellipsis else value
