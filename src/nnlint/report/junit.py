"""JUnit's XML, as test reporters of CI systems read it: a suite per file, a failed case per finding.

Valid under the schema of Ant's reports (windyroad/JUnit-Schema) and under Jenkins' junit-10.xsd.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from nnlint.diagnostic import Diagnostic
from nnlint.report.base import Report, place
from nnlint.report.text import visible

__all__ = ["render"]

_PASSED = '    <testcase name="no findings" classname="nnlint" time="0"/>'
_NO_XML = re.compile("[\ufffe\uffff]")


def render(report: Report) -> str:
    """All findings; without any, one case that passed."""
    files = [(path, list(found)) for path, found in groupby(report.diagnostics, key=lambda one: one.path)]
    suites = [_suite(number, path, found, report) for number, (path, found) in enumerate(files)]
    if not suites:
        suites = [_suite(0, "nnlint", [], report)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""])


def _suite(number: int, path: str, found: list[Diagnostic], report: Report) -> str:
    moment = report.time.strftime("%Y-%m-%dT%H:%M:%S")
    cases = [_case(one) for one in found] or [_PASSED]
    lines = [
        f'  <testsuite id="{number}" package="nnlint" name={_attribute(path)} tests="{len(cases)}" '
        f'failures="{len(found)}" errors="0" time="0" timestamp="{moment}" hostname="localhost">',
        "    <properties/>",
        *cases,
        "    <system-out/>",
        "    <system-err/>",
        "  </testsuite>",
    ]
    return "\n".join(lines)


def _case(one: Diagnostic) -> str:
    where = place(one.path, one.cell, one.span.start)
    name = f"{one.code} {one.name} ({where.removeprefix(one.path + ':')})"
    text = [f"{where}: {one.code} {one.message}"]
    text += [f"{place(at.path, at.cell, at.span.start)}: {at.message}" for at in one.related]
    return (
        f'    <testcase name={_attribute(name)} classname={_attribute(one.path)} time="0">\n'
        f"      <failure type={_attribute(one.severity.value)} message={_attribute(one.message)}>"
        f"{escape(_clean(text))}</failure>\n"
        "    </testcase>"
    )


def _clean(lines: list[str]) -> str:
    return "\n".join(_NO_XML.sub("\ufffd", visible(line)) for line in lines)


def _attribute(text: str) -> str:
    return quoteattr(_clean([text]))
