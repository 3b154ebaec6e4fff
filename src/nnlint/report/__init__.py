"""Reports: one module per format, each with `render(report) -> str`."""

from __future__ import annotations

from importlib import import_module

from nnlint.report.base import Report

__all__ = ["FORMATS", "Report", "render"]

FORMATS = (
    "concise",
    "full",
    "grouped",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "junit",
    "sarif",
    "pylint",
    "azure",
    "rdjson",
)


def render(name: str, report: Report) -> str:
    """The text of a report in one of the FORMATS, empty or ending with a line feed."""
    text: str = import_module(f"nnlint.report.{name.replace('-', '_')}").render(report)
    return text
