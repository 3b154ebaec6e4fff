"""Taking an activation out of a network, however it is written."""

from __future__ import annotations

import libcst as cst

from nnlint.fix.draft import Change, Draft, Hopeless
from nnlint.fix.steps import delete, keyword, without_argument, without_item

__all__ = ["unwrap"]

_OPERANDS = ("input", "x", "logits", "features", "inputs", "tensor", "_input_tensor")


def unwrap(draft: Draft, call: cst.Call, option: str) -> Change:
    """A layer loses its option, a container an item, and what is applied gives way to its operand."""
    if option:
        return _without_option(draft, call, option)
    operand = _operand(call)
    if operand is None:
        return _without(draft, call)
    return _bare(draft, call, operand)


def _without_option(draft: Draft, call: cst.Call, option: str) -> Change:
    """The option of the layer, or of the constructor call that is applied at once."""
    layers = [layer for layer in (call, call.func) if isinstance(layer, cst.Call)]
    for layer in layers:
        for number, argument in enumerate(layer.args):
            if argument.keyword is not None and argument.keyword.value == option:
                if option == "activation_fn":
                    return keyword(draft, layer, option, "None")  # left out, it is ReLU
                return without_argument(draft, layer, number)
    if option != "activation_fn":
        raise Hopeless  # given by position, or elsewhere
    return keyword(draft, layers[-1], option, "None")


def _operand(call: cst.Call) -> cst.BaseExpression | None:
    """What an applied activation is applied to; None for a layer that is only made here."""
    for argument in call.args:
        name = argument.keyword.value if argument.keyword is not None else ""
        if argument.star or (name and name not in _OPERANDS):
            continue
        if isinstance(argument.value, (cst.BaseNumber, cst.BaseString, cst.UnaryOperation)):
            break
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "Activation":
            break
        return None if _is_name(call.func, "Activation") else argument.value
    if isinstance(call.func, cst.Attribute) and call.func.attr.value.islower():
        return call.func.value  # ``x.softmax(dim=1)``
    return None


def _is_name(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def _bare(draft: Draft, call: cst.Call, operand: cst.BaseExpression) -> Change:
    """The operand in place of the call."""
    parent = draft.parent(call)
    text = draft.source(operand)
    names = [draft.source(one.target) for one in parent.targets] if isinstance(parent, cst.Assign) else []
    if names == [text]:
        return delete(draft, call)  # ``x = x`` says nothing
    siblings = draft.parent(parent).children if isinstance(parent, cst.Element) else ()
    if any(isinstance(one, cst.Element) and draft.source(one.value) == text for one in siblings):
        raise Hopeless  # ``return sigmoid(x), x`` hands out both: another use took the wrong one
    enclosed = isinstance(parent, cst.Arg) and not operand.lpar
    simple = isinstance(operand, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)) and "\n" not in text
    free = isinstance(parent, (cst.Return, cst.Assign)) and "\n" not in text and not operand.lpar
    if not (simple or free or (enclosed and not isinstance(operand, cst.NamedExpr))):
        text = f"({text})"
    return Change(*draft.range(call), text)


def _without(draft: Draft, call: cst.Call) -> Change:
    """A container without the item, or a model to which it is not added."""
    parent = draft.parent(call)
    outer = draft.parent(parent)
    if isinstance(parent, cst.Element) and isinstance(outer, (cst.List, cst.Tuple)):
        values = [element.value for element in outer.elements]
        if len(values) < 3 and isinstance(outer, cst.Tuple):
            raise Hopeless
        return without_item(draft, values, list(outer.elements).index(parent), parent)
    if isinstance(parent, cst.Arg) and isinstance(outer, cst.Call):
        if isinstance(outer.func, cst.Attribute) and outer.func.attr.value in {"add", "append"}:
            return delete(draft, call)
        if parent.keyword is None and len(outer.args) > 1:
            return without_argument(draft, outer, list(outer.args).index(parent))
    raise Hopeless
