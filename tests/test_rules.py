"""The rules themselves, linted: names, severities, summaries, messages, and what they may know."""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import walk_packages

import pytest
from linting import diagnostics
from notation import Program, programs, sections

import nnlint.checks
from nnlint.checks import RuleInfo, rules
from nnlint.checks.registry import Rule
from nnlint.knowledge.index import roots

TOP = Path(__file__).parents[1]
PAGES = TOP / "rules"
CHECKS = TOP / "src" / "nnlint" / "checks"
FILES = sorted(CHECKS.rglob("*.py"))
EXAMPLES = [
    program
    for source in sorted(PAGES.glob("NN*.md"))
    for section in sections(source)
    for program in programs(source, section)
    if section.path[1:2] == ("Bad",)
]


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in rules()}) == len(rules())
    assert len({rule.name for rule in rules()}) == len(rules())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_rule_is_well_named(rule: RuleInfo) -> None:
    assert re.fullmatch(r"NN[1-9]\d\d", rule.code)
    assert rule.family == rule.code[:3]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name), "the name of the mistake, in kebab case"
    assert not rule.name.startswith(("no-", "use-", "avoid-", "check-")), "name the mistake, not the cure"
    assert rule.severity in {"error", "warning", "info"}
    assert rule.default or rule.severity != "error", "an error that nobody asked to see"
    assert 20 <= len(rule.summary) <= 100
    assert rule.summary[0].islower() or rule.summary[0] == "`", "a summary goes on from the code"
    assert (PAGES / f"{rule.code}-{rule.name}.md").is_file(), "the rule has no page"


def test_each_rule_has_a_file_of_its_own() -> None:
    for package in walk_packages(nnlint.checks.__path__, "nnlint.checks."):
        module = import_module(package.name)
        found = [value.info for value in vars(module).values() if isinstance(value, Rule)]
        if found:
            (info,) = found
            assert package.name.rpartition(".")[2] == info.name.replace("-", "_")
            assert (module.__doc__ or "").startswith(f"{info.code}: ")
            family = import_module(package.name.rpartition(".")[0]).__doc__ or ""
            assert family.startswith(f"{info.family}: "), "it lies in the folder of another family"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CHECKS).as_posix())
def test_rules_spell_no_name_of_a_framework(path: Path) -> None:
    dotted = re.compile(rf"\b({'|'.join(sorted(roots()))})\.\w+")
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            assert not dotted.search(node.value), f"teach the knowledge base about {node.value!r}"


def _id(program: Program) -> str:
    return f"{program.source.name.partition('-')[0]}-{program.title.partition(' / ')[2]}"


@pytest.mark.parametrize("program", EXAMPLES, ids=_id)
def test_messages_have_one_style(program: Program, tmp_path: Path) -> None:
    for one in diagnostics(program, tmp_path):
        for text in chain([one.message], (related.message for related in one.related)):
            assert text == text.strip()
            assert text, "an empty message"
            assert "\n" not in text
            assert not text.endswith((".", "!")), f"a message is no sentence: {text}"
            assert "  " not in text
            assert "``" not in text
            assert "`None`" not in text, f"something is not filled in: {text}"
            assert len(text) <= 220, text
        assert len({(related.path, related.span) for related in one.related}) == len(one.related), one.related


def test_index_is_up_to_date() -> None:
    sys.path.insert(0, str(TOP / "scripts"))
    try:
        index = import_module("index_rules")
    finally:
        sys.path.remove(str(TOP / "scripts"))
    assert (PAGES / "README.md").read_text("utf-8") == index.index(), "run python scripts/index_rules.py"
