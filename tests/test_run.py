"""From targets to what is reported, with an analysis that finds what the text says."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from nnlint import __version__
from nnlint.checks import RuleInfo
from nnlint.config import Resolver
from nnlint.config_file import Layer
from nnlint.diagnostic import Diagnostic, Position, Related, Severity, Span
from nnlint.discovery import Target, discover
from nnlint.project import Project
from nnlint.run import Result, Run, run
from nnlint.selection import Choice, catalogue
from nnlint.worker import describe_failure

MARK = re.compile(r"find\((?P<code>NN\d+)(?:, (?P<file>\w+))?\)")

pytestmark = pytest.mark.usefixtures("top")


def fake(target: Path, project: Project, select: frozenset[str]) -> list[Diagnostic]:
    """Report each `find(CODE)`, or in another module `find(CODE, module)`, on its row; or fail, or die."""
    source = project.source(target)
    assert source is not None
    if "divide()" in source.text:
        raise ZeroDivisionError("division by zero")
    if "die()" in source.text:
        os._exit(3)
    found = []
    for row, line in enumerate(source.text.split("\n"), start=1):
        if mark := MARK.search(line):
            other = project.find_module(mark["file"], target) if mark["file"] else target
            assert other is not None
            start = Position(row if other == target else 1, mark.start() + 1)
            span = Span(start, Position(start.row, mark.end() + 1))
            related = Related(str(target), Span(Position(1, 1), Position(1, 2)), f"from {target.name}")
            severity = Severity.WARNING if mark["code"] == "NN103" else Severity.ERROR
            found.append(Diagnostic(str(other), None, span, mark["code"], "n", "m", severity, (related,)))
    return [one for one in found if one.code in select]


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test."""
    (tmp_path / "nnlint.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(files: dict[str, str], *paths: str, jobs: int = 1, **options: object) -> Result:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    rules: tuple[RuleInfo, ...] = catalogue()
    resolver = Resolver(Layer(Path.cwd(), **options), rules)  # type: ignore[arg-type]
    targets = discover([Path(path) for path in paths or (".",)], resolver)

    def settings_of(path: Path) -> Target:
        return Target(path, resolver.settings(path.absolute().parent))

    return run(Run(targets, settings_of, rules, jobs=jobs, check=fake))


def shown(result: Result) -> list[str]:
    return [
        f"{one.path}:{one.cell or ''}:{one.span.start.row}:{one.span.start.column} {one.code}"
        for one in result.diagnostics
    ]


def test_findings_are_sorted() -> None:
    files = {"b.py": "import torch\nfind(NN201)\nfind(NN101)\n", "a.py": "import torch\n  find(NN202)\n"}
    result = lint(files)
    assert shown(result) == ["a.py::2:3 NN202", "b.py::2:1 NN201", "b.py::3:1 NN101"]
    assert (result.analysed, result.errors) == (2, ())


def test_files_without_frameworks_are_not_analysed() -> None:
    result = lint({"a.py": "find(NN201)\n"})
    assert (shown(result), result.analysed) == ([], 0)


def test_suppressed_findings_and_unused_suppressions() -> None:
    text = "import torch\nfind(NN201)  # noqa: NN201\nfind(NN202)  # noqa: NN201\n"
    assert shown(lint({"a.py": text})) == ["a.py::3:1 NN202", "a.py::3:22 NN902"]


def test_a_comment_in_a_file_not_analysed_is_unused_too() -> None:
    assert shown(lint({"a.py": "x = 1  # noqa: NN201\n"})) == ["a.py::1:16 NN902"]
    assert shown(lint({}, framework=("torch",))) == []
    assert shown(lint({}, choice=Choice(ignore=("NN902",)))) == []
    assert shown(lint({}, choice=Choice(select=("NN902",)))) == []


def test_skipped_files() -> None:
    assert shown(lint({"a.py": "# nnlint: skip-file\nimport torch\nfind(NN201)  # noqa: NN101\n"})) == []


def test_findings_in_other_files_are_judged_there() -> None:
    files = {
        "main.py": "import torch\nfind(NN201, other)\n",
        "more.py": "import torch\nfind(NN201, other)\n",
        "other.py": "x = 1  # noqa: NN201\n",
    }
    assert shown(lint(files)) == []
    result = lint(files | {"other.py": "x = 1\n"})
    assert shown(result) == ["other.py::1:1 NN201"]
    assert [one.message for one in result.diagnostics[0].related] == ["from main.py"]
    assert shown(lint({}, "main.py")) == ["other.py::1:1 NN201"]
    assert shown(lint({}, "main.py", extend_exclude=("other.py",))) == []
    assert shown(lint({}, per_file_ignores=(("other.py", ("NN2",)),))) == []


def test_severity() -> None:
    files = {"a.py": "import torch\nfind(NN103)\nfind(NN201)\n"}
    assert shown(lint(files, severity=Severity.ERROR)) == ["a.py::3:1 NN201"]


def test_selection_and_per_file_ignores() -> None:
    files = {"a.py": "import torch\nfind(NN103)\nfind(NN201)\n", "b.py": "import torch\nfind(NN201)\n"}
    assert shown(lint(files, choice=Choice(ignore=("NN103",)))) == ["a.py::3:1 NN201", "b.py::2:1 NN201"]
    assert shown(lint(files, per_file_ignores=(("a.*", ("NN2",)),))) == ["a.py::2:1 NN103", "b.py::2:1 NN201"]


def test_places_in_notebooks_count_in_cells() -> None:
    sources = ["# text", "import torch\n", "x = 1\nfind(NN201)\nfind(NN101)  # noqa: NN101\n"]
    kinds = ["markdown", "code", "code"]
    cells = [{"cell_type": kind, "source": source} for kind, source in zip(kinds, sources, strict=True)]
    result = lint({"a.ipynb": json.dumps({"cells": cells, "metadata": {}})})
    assert shown(result) == ["a.ipynb:3:2:1 NN201"]
    (related,) = result.diagnostics[0].related
    assert (related.cell, related.span.start) == (2, Position(1, 1))


def test_columns_in_indented_cells(top: Path) -> None:
    cells = [{"cell_type": "code", "source": "  import torch\n  find(NN201)\n"}]
    (top / "a.ipynb").write_text(json.dumps({"cells": cells}))
    assert shown(lint({})) == ["a.ipynb:1:2:3 NN201"]


def test_unreadable_files_are_reported(top: Path) -> None:
    (top / "a.py").write_bytes(b"import torch\nx = '\xff'\n")
    (top / "b.ipynb").write_text("{}")
    assert shown(lint({})) == ["a.py::1:1 NN901", "b.ipynb::1:1 NN903"]
    assert shown(lint({}, choice=Choice(ignore=("NN9",)))) == []


def test_a_failing_file_does_not_stop_the_others() -> None:
    files = {"a.py": "import torch\ndivide()  # noqa: NN201\n", "b.py": "import torch\nfind(NN201)\n"}
    result = lint(files)
    assert shown(result) == ["b.py::2:1 NN201"]
    (error,) = result.errors
    assert error.startswith(f"internal error in a.py (nnlint {__version__} at test_run.py:")
    assert error.endswith("): ZeroDivisionError: division by zero")


def test_processes_change_nothing() -> None:
    files = {f"f{number:02}.py": f"import torch\n\nfind(NN{number % 3 + 101})\n" for number in range(40)}
    files["g.py"] = "import torch\ndivide()\n"
    alone, together = lint(files, jobs=1), lint(files, jobs=2)
    assert shown(alone) == shown(together)
    assert len(shown(alone)) == 40
    assert alone.errors == together.errors
    assert len(alone.errors) == 1


def test_a_dying_process_costs_one_file() -> None:
    files = {f"f{number:02}.py": "import torch\nfind(NN101)\n" for number in range(20)}
    files["f07.py"] = "import torch\ndie()\n"
    result = lint(files, jobs=2)
    assert len(shown(result)) == 19
    (error,) = result.errors
    assert error.startswith("internal error in f07.py")
    assert "the process died" in error


def test_a_failure_that_cannot_be_shown_is_told_by_its_kind() -> None:
    class Silent:
        def __repr__(self) -> str:
            raise RecursionError

    assert describe_failure(KeyError(Silent())).endswith(": KeyError")
