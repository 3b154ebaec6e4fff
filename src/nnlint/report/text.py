"""Making text from sources safe to show: no control character of a file reaches a terminal."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
"""Needed by some scripts and by emoji; they neither move the cursor nor reorder text."""


def visible(text: str) -> str:
    """The text with one visible character in place of each control, formatting or surrogate character."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_safe(character) else _picture(character) for character in text)


def _is_safe(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _HIDDEN


def _picture(character: str) -> str:
    """Unicode has a picture of each ASCII control character; others get the replacement character."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
