"""What every format makes of the same findings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nnlint import __version__
from nnlint.checks import RuleInfo
from nnlint.diagnostic import Diagnostic, Position, Related, Severity, Span
from nnlint.pages import page_uri
from nnlint.report import FORMATS, Report, render
from nnlint.report.fingerprint import fingerprints
from nnlint.report.frame import Place, frame
from nnlint.report.text import visible
from nnlint.source import CellLine, Source

TEXT = "import torch\nx = '''\n'''; y = 1\n"


def span(row: int, column: int, end_row: int, end_column: int) -> Span:
    return Span(Position(row, column), Position(end_row, end_column))


ONE = Diagnostic(
    "a.py",
    None,
    span(2, 5, 3, 4),
    "NN201",
    "probabilities-as-logits",
    "gets probabilities",
    Severity.ERROR,
    (Related("b.ipynb", span(1, 1, 1, 3), "softmax is applied here", 4),),
)
TWO = Diagnostic("b.ipynb", 3, span(4, 1, 4, 2), "NN101", "overwritten", "lost", Severity.WARNING)


def source(path: Path) -> Source | None:
    if path.name == "b.ipynb":
        rows = (CellLine(3, 1), CellLine(3, 2), CellLine(3, 3), CellLine(3, 4), CellLine(4, 1))
        return Source(path, "a\nb\nc\nd\nsoftmax(x)\n", rows)
    return Source(path, TEXT) if path.name == "a.py" else None


REPORT = Report((ONE, TWO), source)


def test_concise() -> None:
    assert render("concise", REPORT) == (
        "a.py:2:5: NN201 gets probabilities\nb.ipynb:cell 3:4:1: NN101 lost\n"
    )
    assert render("concise", Report(())) == ""


def test_full() -> None:
    assert (
        render("full", REPORT)
        == """\
error[NN201] gets probabilities
 --> a.py:2:5
  |
1 | import torch
2 | x = '''
  |     ^^^
3 | '''; y = 1
  |
 ::: b.ipynb:cell 4:1:1
  |
1 | softmax(x)
  | -- softmax is applied here
  |
  = help: probabilities-as-logits, explained by `nnlint explain NN201`

warning[NN101] lost
 --> b.ipynb:cell 3:4:1
  |
2 | b
3 | c
4 | d
  | ^
  |
  = help: overwritten, explained by `nnlint explain NN101`

"""
    )


def test_a_related_place_at_the_finding_itself_needs_no_frame_of_its_own() -> None:
    same = replace(ONE, related=(Related("a.py", ONE.span, "made here"), *ONE.related))
    shown = render("full", Report((same,), source))
    assert shown == render("full", Report((ONE,), source)).replace("^^^", "^^^ made here")


def test_full_without_source() -> None:
    gone = replace(TWO, path="gone.py", cell=None, related=ONE.related)
    assert (
        render("full", Report((gone,)))
        == """\
warning[NN101] lost
 --> gone.py:4:1
 ::: b.ipynb:cell 4:1:1 softmax is applied here
 = help: overwritten, explained by `nnlint explain NN101`

""".replace(" = help", "  = help")
    )


def framed(text: str, start: int, end: int) -> list[str]:
    report = Report((), lambda path: Source(path, text))
    place = Place("a.py", None, span(1, start, 1, end), label="here")
    return frame(report, place, 1, str, str)[1:3]


def test_marks_stand_under_what_is_shown() -> None:
    assert framed("\tx = f(y)", 6, 10) == ["1 |     x = f(y)", "  |         ^^^^ here"]
    assert framed("x = '漢字' + é", 12, 13) == ["1 | x = '漢字' + é", "  |              ^ here"]
    assert framed("x = 'e\u0301' + y", 12, 13) == ["1 | x = 'e\u0301' + y", "  |           ^ here"]
    assert framed("x = '\x1b[0m'", 5, 11) == ["1 | x = '␛[0m'", "  |     ^^^^^^ here"]


def test_marks_stay_inside_the_line() -> None:
    assert framed("abc", 9, 12) == ["1 | abc", "  |    ^ here"]
    assert framed("abc", 2, 2) == ["1 | abc", "  |  ^ here"]
    assert framed("abc", 1, 99) == ["1 | abc", "  | ^^^ here"]


def test_long_lines_are_cut_around_the_mark() -> None:
    shown, marks = framed("a" * 500 + "(bcd)" + "e" * 500, 502, 505)
    assert len(shown) <= 4 + 120
    assert shown.startswith("1 | …aaa")
    assert shown.endswith("e…")
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "bcd"
    shown, marks = framed("x = " + "y" * 500, 5, 505)
    assert shown.startswith("1 | x = yyy")
    assert marks.count("^") == 120 - 4


def test_colours_can_be_taken_away() -> None:
    for name in ("full", "grouped"):
        coloured = render(name, replace(REPORT, colour=True))
        assert "\x1b[1;31m" in coloured
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(name, REPORT)


def test_grouped() -> None:
    lower = replace(ONE, span=span(10, 12, 10, 13))
    assert render("grouped", Report((ONE, lower, TWO))) == (
        "a.py:\n  2:5    NN201  gets probabilities\n  10:12  NN201  gets probabilities\n\n"
        "b.ipynb:\n  cell 3:4:1  NN101  lost\n\n"
    )


def test_pylint() -> None:
    assert render("pylint", REPORT) == (
        "a.py:2: [NN201] gets probabilities\nb.ipynb:cell 3:4: [NN101] lost\n"
    )


def test_github() -> None:
    inside = replace(ONE, span=span(2, 5, 2, 9), path="a,b:c.py", severity=Severity.INFO, message="50% off")
    assert render("github", replace(REPORT, diagnostics=(ONE, TWO, inside))) == (
        "::error title=nnlint (NN201),file=a.py,line=2,endLine=3::a.py:2:5: NN201 gets probabilities\n"
        "::warning title=nnlint (NN101),file=b.ipynb::b.ipynb:cell 3:4:1: NN101 lost\n"
        "::notice title=nnlint (NN201),file=a%2Cb%3Ac.py,line=2,col=5,endLine=2,endColumn=9"
        "::a,b:c.py:2:5: NN201 50%25 off\n"
    )


def test_azure() -> None:
    odd = replace(ONE, path="a;b].py", message="50% off", severity=Severity.INFO)
    assert render("azure", Report((ONE, TWO, odd))) == (
        "##vso[task.logissue type=error;sourcepath=a.py;linenumber=2;columnnumber=5;code=NN201;]"
        "gets probabilities\n"
        "##vso[task.logissue type=warning;sourcepath=b.ipynb;code=NN101;]cell 3:4:1: lost\n"
        "##vso[task.logissue type=warning;sourcepath=a%3Bb%5D.py;linenumber=2;columnnumber=5;code=NN201;]"
        "50%AZP25 off\n"
    )


def test_gitlab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    one, two = json.loads(render("gitlab", REPORT))
    assert one["location"] == {
        "path": "a.py",
        "positions": {"begin": {"line": 2, "column": 5}, "end": {"line": 3, "column": 4}},
    }
    assert (one["check_name"], one["severity"]) == ("NN201", "major")
    assert one["description"] == "NN201: gets probabilities"
    assert two["description"] == "NN101: cell 3, line 4: lost"
    monkeypatch.setenv("CI_PROJECT_DIR", str(Path.cwd().parent))
    assert json.loads(render("gitlab", REPORT))[0]["location"]["path"] == f"{Path.cwd().name}/a.py"


def test_fingerprints_survive_moved_lines() -> None:
    def names(text: str, *rows: int) -> list[str]:
        found = tuple(replace(ONE, span=span(row, 1, row, 2)) for row in rows)
        return [name for _, name in fingerprints(Report(found, lambda path: Source(path, text)))]

    before = names("one\ntwo\n", 1, 2)
    assert names("zero\none\n\n  two\n", 2, 4) == before
    assert len(set(names("same\nsame\n", 1, 2))) == 2
    assert names("other\n", 1) != before[:1]


def test_junit() -> None:
    tree = ElementTree.fromstring(render("junit", REPORT))
    one, two = tree.findall("testsuite")
    assert (one.get("name"), one.get("tests"), one.get("failures")) == ("a.py", "1", "1")
    (case,) = two.findall("testcase")
    assert (case.get("name"), case.get("classname")) == ("NN101 overwritten (cell 3:4:1)", "b.ipynb")
    (failure,) = one.findall("testcase/failure")
    assert (failure.get("type"), failure.get("message")) == ("error", "gets probabilities")
    assert failure.text == ("a.py:2:5: NN201 gets probabilities\nb.ipynb:cell 4:1:1: softmax is applied here")


def test_junit_without_findings_has_one_case_that_passed() -> None:
    (suite,) = ElementTree.fromstring(render("junit", Report(()))).findall("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_junit_is_well_formed_whatever_the_text() -> None:
    evil = replace(ONE, path='a\x00\ufffe"<&.py', message="]]>\x0b\udc80")
    (suite,) = ElementTree.fromstring(render("junit", Report((evil,)))).findall("testsuite")
    assert suite.get("name") == 'a␀�"<&.py'


def test_sarif() -> None:
    rules = {"NN201": RuleInfo("NN201", "probabilities-as-logits", "error", "A summary.", True, "NN2")}
    log = json.loads(render("sarif", replace(REPORT, rules=rules, errors=("it broke",))))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("nnlint", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["NN101", "NN201"]
    assert driver["rules"][1]["shortDescription"] == {"text": "A summary."}
    assert driver["rules"][1]["help"]["text"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "it broke"}
    one, two = run["results"]
    assert (one["ruleId"], one["ruleIndex"], one["level"]) == ("NN201", 1, "error")
    physical = one["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "a.py"}
    assert physical["region"] == {"startLine": 2, "startColumn": 5, "endLine": 3, "endColumn": 4}
    (related,) = one["relatedLocations"]
    assert related["message"] == {"text": "softmax is applied here"}
    assert related["logicalLocations"] == [{"fullyQualifiedName": "cell 4:1:1"}]
    assert (two["ruleIndex"], two["level"]) == (0, "warning")
    assert "region" not in two["locations"][0]["physicalLocation"]


def test_sarif_names_files_by_uri(tmp_path: Path) -> None:
    def uri(path: str) -> str:
        report = Report((replace(ONE, path=path),), folder=tmp_path)
        (result,) = json.loads(render("sarif", report))["runs"][0]["results"]
        found: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        return found

    assert uri(str(tmp_path / "a b#é.py")) == "a%20b%23%C3%A9.py"
    assert uri("/elsewhere/a.py") == "file:///elsewhere/a.py"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found(name: str) -> None:
    empty = render(name, Report(()))
    assert empty == "" or (empty.endswith("\n") and name in ("json", "gitlab", "junit", "sarif", "rdjson"))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_control_characters_through(name: str) -> None:
    text = "x = '\x1b]0;title\x07\u202e'\n"
    evil = replace(ONE, path="a\x1b[2J\r\n.py", message="m\x1b[2J\x9b\n", span=span(1, 5, 1, 10))
    shown = render(name, Report((evil,), lambda path: Source(path, text)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", shown)


def test_json() -> None:
    one, two = json.loads(render("json", REPORT))
    assert one == {
        "cell": None,
        "code": "NN201",
        "end_location": {"column": 4, "row": 3},
        "filename": "a.py",
        "fix": None,
        "location": {"column": 5, "row": 2},
        "message": "gets probabilities",
        "name": "probabilities-as-logits",
        "noqa_row": 3,
        "related": [
            {
                "cell": 3,
                "end_location": {"column": 3, "row": 1},
                "filename": "b.ipynb",
                "location": {"column": 1, "row": 1},
                "message": "softmax is applied here",
            }
        ],
        "severity": "error",
        "url": page_uri("NN201", "probabilities-as-logits"),
    }
    assert (two["cell"], two["location"], two["noqa_row"]) == (2, {"column": 1, "row": 4}, 4)
    assert json.loads(render("json", Report(()))) == []
    assert [json.loads(line) for line in render("json-lines", REPORT).splitlines()] == [one, two]


def test_control_characters_become_visible() -> None:
    assert visible("a\x1b[31m\r\n\t\x7f\x9b\u202e\udc80é漢\u200d") == "a␛[31m␍␊␉␡���é漢\u200d"
    evil = Diagnostic("a\x1b]0;\x07.py", None, ONE.span, "NN101", "n", "m\x1b[2J", Severity.ERROR)
    assert render("concise", Report((evil,))) == "a␛]0;␇.py:2:5: NN101 m␛[2J\n"
