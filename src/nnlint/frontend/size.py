"""Whether a text holds more than memory should be spent on: data written as code."""

from __future__ import annotations

__all__ = ["TOO_LARGE", "too_large"]

_MOST = 700_000
"""Each value or statement takes about a kilobyte while it is read: this keeps it below one gigabyte."""
_LARGE = 2 * _MOST
TOO_LARGE = f"too large to be read: more than {_MOST:,} values and lines"


def too_large(text: str) -> bool:
    """Whether a text has more lines, statements and items than nnlint reads, by what separates them."""
    return len(text) > _LARGE and sum(map(text.count, ",;\n")) > _MOST
