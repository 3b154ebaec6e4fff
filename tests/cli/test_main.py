"""The command line as users meet it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli

from nnlint import __version__
from nnlint.cli.main import main

BUGGY = """\
import torch.nn.functional as F
from torch import nn


def score(layer: nn.Linear, x, y):
    return nn.CrossEntropyLoss()(F.softmax(layer(x), dim=1), y)
"""
LINE = re.compile(r"a\.py:6:\d+: NN201 ")


@pytest.fixture(autouse=True)
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test: one buggy file."""
    (tmp_path / "nnlint.toml").write_text("")
    (tmp_path / "a.py").write_text(BUGGY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Outcome:
    """What a command said, and how it exited."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *args: str) -> None:
        with pytest.raises(SystemExit) as caught:
            main(list(args))
        self.status = caught.value.code
        self.out, self.err = capsys.readouterr()


def command(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "nnlint", *args], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize("args", [("check", "a.py"), ("a.py",), (".",), (), ("check",), ("-j", "1", "a.py")])
def test_findings(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, *args)
    assert found.status == 1
    assert LINE.match(found.out)
    assert found.out.count("\n") == 1
    assert found.err.startswith("nnlint: 1 finding in 1 file (1 file checked)\n")


def test_no_findings(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "a.py").write_text("x = 1\n")
    found = Outcome(capsys)
    assert (found.status, found.out, found.err) == (0, "", "nnlint: no findings (1 file checked)\n")


def test_no_files(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "empty").mkdir()
    found = Outcome(capsys, "empty")
    assert (found.status, found.err) == (0, "nnlint: no Python files or notebooks found\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("gone.py",), "no such file or folder: gone.py"),
        (("--select", "NN299", "."), "--select: unknown rule 'NN299', did you mean 'NN2"),
        (("--slect", "NN2", "."), "--slect"),
        (("--config", "gone.toml", "."), "gone.toml: No such file"),
        (("--per-file-ignores", "a.py", "."), "must look like PATTERN:RULE"),
        (("--output-format", "xml", "."), "xml"),
        (("-", "a.py"), "cannot be combined"),
        (("explain", "NN299"), "unknown rule 'NN299', did you mean 'NN2"),
        (("explain",), "RULE"),
        (("rules", "zzz"), "unknown rule 'zzz'"),
        (("--output-file", "a.py/x", "."), "cannot write a.py/x"),
    ],
)
def test_usage_errors(args: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, *args)
    assert found.status == 2
    assert message in found.err
    assert found.out == ""


def test_configuration_errors(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "nnlint.toml").write_text("selekt = []")
    found = Outcome(capsys)
    assert found.status == 2
    assert found.err == f"Error: {top / 'nnlint.toml'}: unknown key 'selekt', did you mean 'select'?\n"
    assert Outcome(capsys, "--isolated").status == 1


@pytest.mark.parametrize(
    "args",
    [
        ("--ignore", "NN201"),
        ("--ignore", "NN1,NN2"),
        ("--select", "NN1", "--select", "NN3,NN5"),
        ("--select", "NN2", "--ignore", "NN201"),
        ("--extend-ignore", "probabilities-as-logits"),
        ("--per-file-ignores", "*.py:NN2"),
        ("--exclude", "a.py"),
        ("--extend-exclude", "*.py"),
        ("--framework", "sklearn"),
        ("--exit-zero",),
    ],
)
def test_ways_to_exit_with_zero(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, *args)
    assert found.status == 0
    assert (LINE.match(found.out) is not None) == (args == ("--exit-zero",))


def test_quiet_and_verbose(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Outcome(capsys, "-q").err == ""
    expected = (
        rf"nnlint: configuration: {top / 'nnlint.toml'}\n"
        r"nnlint: 1 file analysed in \d+\.\d\d s\n"
        r"nnlint: 1 finding in 1 file \(1 file checked\)\n"
        r"nnlint: 1 unsafe fix with `--fix --unsafe-fixes`\n"
    )
    assert re.fullmatch(expected, Outcome(capsys, "-v").err)


def test_output_file(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = Outcome(capsys, "--output-format", "json", "-o", "out/report.json")
    assert (found.status, found.out) == (1, "")
    (one,) = json.loads((top / "out" / "report.json").read_text())
    assert (one["code"], one["filename"]) == ("NN201", "a.py")


def test_statistics(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "b.py").write_text(BUGGY)
    (top / "c.py").write_text("import torch\nx = (\n")
    found = Outcome(capsys, "--statistics")
    assert (found.status, found.out) == (1, "2  NN201  probabilities-as-logits\n1  NN900  syntax-error\n")


def test_show_files(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "b.ipynb").write_text("")
    found = Outcome(capsys, "--show-files")
    assert (found.status, found.out, found.err) == (0, "a.py\nb.ipynb\n", "")


def test_show_settings(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (top / "nnlint.toml").write_text('select = ["NN2"]\n[per-file-ignores]\n"t/*" = ["NN201"]')
    found = Outcome(capsys, "--show-settings", "--severity", "error", "--ignore", "NN202,NN204")
    assert found.status == 0
    assert f"# configuration: {top / 'nnlint.toml'}\n" in found.out
    shown = tomli.loads(found.out)
    assert {"NN201", "NN203"} <= set(shown["select"])
    assert {"NN101", "NN202", "NN204"}.isdisjoint(shown["select"])
    assert (shown["severity"], shown["per-file-ignores"]) == ("error", {"t/*": ["NN201"]})
    (top / "nnlint.toml").write_text(found.out)
    assert tomli.loads(Outcome(capsys, "--show-settings").out) == shown


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def given(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    given(BUGGY)
    assert re.match(r"-:6:\d+: NN201 ", Outcome(capsys, "-").out)
    given(BUGGY)
    found = Outcome(capsys, "-", "--stdin-filename", "sub/new.py")
    assert re.match(r"sub/new\.py:6:\d+: NN201 ", found.out)
    given(json.dumps({"cells": [{"cell_type": "code", "source": BUGGY}], "metadata": {}}))
    found = Outcome(capsys, "-", "--stdin-filename", "n.ipynb")
    assert re.match(r"n\.ipynb:cell 1:6:\d+: NN201 ", found.out)
    given("x = 1\0")
    assert Outcome(capsys, "-").out == "-:1:1: NN901 cannot read this file: it holds a NUL byte\n"


def test_standard_input_may_import_files_and_replaces_its_own(
    top: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (top / "a.py").write_text("import nothing\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BUGGY.encode())))
    assert LINE.match(Outcome(capsys, "-", "--stdin-filename", "a.py").out)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--version", "-V"):
        assert Outcome(capsys, flag).out == f"nnlint {__version__}\n"
    for flag in ("--help", "-h"):
        found = Outcome(capsys, flag)
        assert found.status == 0
        assert "explain" in found.out
    assert "--select" in Outcome(capsys, "check", "--help").out


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Outcome(capsys, "rules").out.splitlines()
    assert lines == sorted(lines)
    assert any(re.match(r"NN201  probabilities-as-logits +error +on +\S", line) for line in lines)
    (one,) = json.loads(Outcome(capsys, "rules", "nn201", "--output-format", "json").out)
    assert (one["code"], one["name"], one["family"], one["default"]) == (
        "NN201", "probabilities-as-logits", "NN2", True,
    )  # fmt: skip


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    by_code = Outcome(capsys, "explain", "nn201")
    by_name = Outcome(capsys, "explain", "probabilities-as-logits")
    assert by_code.status == 0
    assert by_code.out == by_name.out
    assert "NN201" in by_code.out


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["check", "--help"]])
def test_quick_commands_import_no_engine(args: list[str]) -> None:
    script = (
        "import sys\nfrom nnlint.cli.main import main\n"
        f"try: main({args!r})\nexcept SystemExit: pass\n"
        "heavy = ('libcst', 'nnlint.analysis', 'nnlint.knowledge', 'nnlint.checks', 'nnlint.frontend')\n"
        "sys.exit(sum(name in sys.modules for name in heavy))\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert found.returncode == 0


def test_module_can_be_run() -> None:
    found = command("a.py")
    assert found.returncode == 1
    assert LINE.match(found.stdout)


@pytest.mark.parametrize("name", ["shutil", "random", "libcst", "click"])
def test_what_is_linted_is_never_imported(top: Path, name: str) -> None:
    (top / f"{name}.py").write_text("raise SystemExit(7)\n")
    found = command("-q", "-j", "2", ".")
    assert (found.returncode, found.stderr) == (1, "")
    assert LINE.match(found.stdout)


@pytest.mark.parametrize("path", [".", "a.py", "other.py", "zero.py", "itself.py"])
def test_pipes_and_devices_do_not_hold_up(top: Path, path: str) -> None:
    os.mkfifo(top / "other.py")
    os.mkfifo(top / ".gitignore")
    (top / "zero.py").symlink_to("/dev/zero")
    (top / "itself.py").symlink_to("itself.py")
    (top / "round").symlink_to(".")
    found = command("-q", "-j", "1", "--no-cache", path, timeout=100)
    assert found.returncode == 1
    assert found.stderr == ""
    assert ("NN901" in found.stdout) is (path not in {".", "a.py"})


def test_closed_pipe_is_quiet(top: Path) -> None:
    for number in range(300):
        (top / f"f{number}.py").write_text(BUGGY)
    script = f"{sys.executable} -m nnlint -j 1 2> err | head -n 1 > out"
    subprocess.run(script, shell=True, check=True)
    assert LINE.match((top / "out").read_text())
    assert "Traceback" not in (top / "err").read_text()
    assert "Broken" not in (top / "err").read_text()


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which NNLINT stands for the command."""
    script = script.replace("NNLINT", f"{sys.executable} -m nnlint -j 1")
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("path", ["a.py", "-"])
def test_closed_streams(closed: str, path: str) -> None:
    done = shell(f"exec 9>&1; NNLINT {path} < a.py {closed} 9>&-; echo status $? >&9")
    is_read = path != "-" or "<" not in closed
    assert done.stdout.endswith(f"status {int(is_read)}\n")
    assert "Traceback" not in done.stderr
    assert "error" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk() -> None:
    done = shell("NNLINT a.py > /dev/full")
    assert done.returncode == 2
    assert done.stderr.endswith("nnlint: cannot write the output: No space left on device\n")
    assert shell("NNLINT a.py > /dev/full 2>&1").returncode == 2
    assert shell("NNLINT a.py 2> /dev/full").returncode == 2


SLOW = """
import signal, sys, time
from pathlib import Path
from nnlint import check
from nnlint.cli.main import main

def slow(*args):
    Path("started").touch()
    time.sleep(60)

check.check = slow
# A shell that started the tests in the background had interrupts ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
main(sys.argv[1:])
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_is_quiet(top: Path, jobs: str) -> None:
    for number in range(20):
        (top / f"f{number}.py").write_text(BUGGY)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, "-j", jobs, "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not (top / "started").exists() and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=50)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_names_that_cannot_be_printed(top: Path) -> None:
    (top / os.fsdecode(b"\xff\x1b.py")).write_text(BUGGY)
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    found = command("-q", ".", env={**os.environ, **ascii_only})
    assert found.returncode == 1
    assert "\x1b" not in found.stdout
    assert "Traceback" not in found.stderr
