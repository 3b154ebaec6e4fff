"""`nnlint rules`: the catalogue as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nnlint.selection import UnknownRule, catalogue, codes_of

if TYPE_CHECKING:
    from nnlint.ruleinfo import RuleInfo

__all__ = ["command"]


@click.command("rules", short_help="List the rules.")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(selectors: tuple[str, ...], output_format: str) -> None:
    """List every rule, or those a SELECTOR stands for: a code, prefix, name or family."""
    rules = catalogue()
    try:
        wanted = {code for selector in selectors for code in codes_of(selector, rules)}
    except UnknownRule as error:
        raise click.ClickException(str(error)) from error
    shown = [rule for rule in rules if not selectors or rule.code in wanted]
    click.echo(_json(shown) if output_format == "json" else _table(shown))


def _table(rules: Sequence[RuleInfo]) -> str:
    width = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        state = "on" if rule.default else "opt-in"
        lines.append(
            f"{rule.code}  {rule.name:{width}}  {rule.severity:7}  {state:6}  {rule.fix:6}  {rule.summary}"
        )
    return "\n".join(lines)


def _json(rules: Sequence[RuleInfo]) -> str:
    records = [
        {
            "code": rule.code,
            "name": rule.name,
            "family": rule.family,
            "severity": rule.severity,
            "default": rule.default,
            "summary": rule.summary,
            "fix": rule.fix or None,
        }
        for rule in rules
    ]
    return json.dumps(records, indent=2)
