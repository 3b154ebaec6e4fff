"""The rule pages: beside the package when installed, in `rules/` of a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import nnlint

__all__ = ["find_page", "folders", "page_path", "page_uri"]


def folders() -> tuple[Path, ...]:
    """Where pages may lie: the installed package's data, then the source checkout."""
    package = Path(nnlint.__file__).parent
    return (package / "rules", package.parents[1] / "rules")


def page_path(code: str, name: str) -> Path | None:
    """The file of the page of a rule; None where there is none."""
    places = (folder / f"{code}-{name}.md" for folder in folders())
    return next((place for place in places if place.is_file()), None)


@cache
def page_uri(code: str, name: str) -> str | None:
    """The address of the page of a rule, for programs that link to it; None where there is none."""
    path = page_path(code, name)
    return path.absolute().as_uri() if path is not None else None


def find_page(code: str, name: str) -> str | None:
    """The Markdown page of a rule; None where there is none."""
    for folder in folders():
        try:
            return (folder / f"{code}-{name}.md").read_text("utf-8")
        except OSError:
            continue
    return None
