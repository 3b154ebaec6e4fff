"""Configuration files: where they are found, what they may say, what errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.checks import RuleInfo
from nnlint.config import ConfigError, Resolver, Settings
from nnlint.config_file import Layer
from nnlint.diagnostic import Severity
from nnlint.selection import Choice

RULES = (
    RuleInfo("NN101", "overwritten-layer-output", "error", "", True, "NN1"),
    RuleInfo("NN201", "probabilities-as-logits", "error", "", True, "NN2"),
    RuleInfo("NN202", "logits-as-probabilities", "error", "", True, "NN2"),
)


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder whose own configuration keeps those above it out."""
    (tmp_path / "nnlint.toml").write_text("")
    return tmp_path


def settings(folder: Path, **fields: object) -> Settings:
    command_line = Layer(folder, **fields)  # type: ignore[arg-type]
    return Resolver(command_line, RULES).settings(folder)


def write(folder: Path, text: str, name: str = "nnlint.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def error(folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        settings(folder)
    return str(caught.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = Resolver(Layer(tmp_path), RULES, isolated=True).settings(tmp_path)
    assert found.rules == {"NN101", "NN201", "NN202"}
    assert found.file is None
    assert found.excludes(tmp_path / "x" / "node_modules")
    assert found.includes(tmp_path / "a.ipynb")
    assert not found.includes(tmp_path / "a.pyi")


def test_pyproject_counts_only_with_its_table(top: Path) -> None:
    write(top, 'ignore = ["NN101"]')
    write(top / "a", '[tool.nnlint]\nignore = ["NN201"]\n', "pyproject.toml")
    write(top / "a" / "b", "[tool.ruff]\n", "pyproject.toml")
    assert settings(top / "a" / "b").rules == {"NN101", "NN202"}
    assert settings(top).rules == {"NN201", "NN202"}


def test_nearest_file_wins_and_extend_reaches_another(top: Path) -> None:
    write(top, 'ignore = ["NN101"]\nexclude = ["x.py"]')
    write(top / "a", 'extend-ignore = ["NN201"]')
    assert settings(top / "a").rules == {"NN101", "NN202"}
    write(top / "a", 'extend = "../nnlint.toml"\nextend-ignore = ["NN201"]\nextend-exclude = ["y/*"]')
    found = settings(top / "a")
    assert found.rules == {"NN202"}
    assert found.excludes(top / "a" / "x.py")
    assert found.excludes(top / "a" / "y" / "z.py")
    assert not found.excludes(top / "y" / "z.py")


def test_extend_in_a_circle(top: Path) -> None:
    write(top, 'extend = "other.toml"')
    write(top, 'extend = "nnlint.toml"', "other.toml")
    assert "leads back" in error(top)


def test_extend_of_a_missing_file(top: Path) -> None:
    write(top, 'extend = "gone.toml"')
    assert error(top).endswith("gone.toml: No such file or directory")


def test_explicit_file_speaks_for_all_folders(top: Path) -> None:
    file = write(top, 'select = ["NN2"]', "special.toml")
    write(top / "a", 'select = ["NN1"]')
    found = Resolver(Layer(top), RULES, explicit=file).settings(top / "a")
    assert found.rules == {"NN201", "NN202"}


def test_everything_a_file_may_say(top: Path) -> None:
    write(
        top,
        """
        select = ["ALL"]
        extend-select = ["NN101"]
        ignore = ["NN202"]
        exclude = ["old"]
        extend-exclude = ["gen_*.py"]
        include = ["*.py"]
        first-party = ["lib", "../shared"]
        framework = ["torch"]
        severity = "warning"
        force-exclude = true
        respect-gitignore = false
        required-version = ">=0.1"

        [per-file-ignores]
        "tests/*" = ["NN1", "probabilities-as-logits"]
        "!src/*" = ["NN101"]
        """,
    )
    found = settings(top)
    assert found.rules == {"NN101", "NN201"}
    assert found.rules_for(top / "tests" / "a" / "b.py") == set()
    assert found.rules_for(top / "setup.py") == {"NN201"}
    assert found.rules_for(top / "src" / "a.py") == {"NN101", "NN201"}
    assert found.excludes(top / "a" / "old")
    assert found.excludes(top / "gen_a.py")
    assert not found.excludes(top / ".git")
    assert not found.includes(top / "a.ipynb")
    assert found.first_party == (top / "lib", top / "../shared")
    assert (found.framework, found.force_exclude, found.respect_gitignore) == (("torch",), True, False)
    assert not found.shows(Severity.INFO)
    assert found.shows(Severity.WARNING)
    assert found.shows(Severity.ERROR)


def test_command_line_wins(top: Path) -> None:
    write(top, 'select = ["NN1"]\nseverity = "error"\n[per-file-ignores]\n"a.py" = ["NN101"]')
    found = settings(
        top,
        choice=Choice(extend_select=("NN201",)),
        severity=Severity.INFO,
        extend_per_file_ignores=(("b.py", ("NN201",)),),
    )
    assert found.rules == {"NN101", "NN201"}
    assert found.severity is Severity.INFO
    assert found.rules_for(top / "a.py") == {"NN201"}
    assert found.rules_for(top / "b.py") == {"NN101"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selct = []", "unknown key 'selct', did you mean 'select'?"),
        ("extend_ignore = []", "unknown key 'extend_ignore', did you mean 'extend-ignore'?"),
        ("zzz = 1", "known keys: apis, "),
        ('select = "ALL"', "select: must be a list of strings"),
        ("select = [1]", "select: must be a list of strings"),
        ('select = ["NN209"]', "select: unknown rule 'NN209', did you mean 'NN20"),
        ('[per-file-ignores]\n"a" = ["NN3"]', "per-file-ignores: unknown rule 'NN3'"),
        ('per-file-ignores = ["a"]', "per-file-ignores: must be a table"),
        ('severity = "fatal"', "severity: must be one of error, warning, info"),
        ("force-exclude = 1", "force-exclude: must be true or false"),
        ('required-version = ">99"', "asks for >99"),
        ('required-version = "newest"', "invalid version requirement 'newest'"),
        ("select = [", "invalid TOML"),
        ("select = " + "[" * 5000 + "]" * 5000, "nested too deeply"),
    ],
)
def test_errors_name_the_file_and_the_fault(top: Path, text: str, expected: str) -> None:
    write(top, text)
    message = error(top)
    assert message.startswith(f"{top / 'nnlint.toml'}: ")
    assert expected in message


def test_errors_of_the_command_line_name_the_option(tmp_path: Path) -> None:
    resolver = Resolver(Layer(tmp_path, choice=Choice(extend_ignore=("NN9",))), RULES, isolated=True)
    with pytest.raises(ConfigError, match="--extend-ignore: unknown rule 'NN9'"):
        resolver.settings(tmp_path)


def test_frameworks_are_checked(top: Path) -> None:
    write(top, 'framework = ["pytorch"]')
    assert "framework: unknown framework 'pytorch', did you mean 'torch'?" in error(top)
