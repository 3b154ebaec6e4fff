"""`nnlint explain CODE`: the page of a rule."""

from __future__ import annotations

import click

from nnlint.cli.options import complete_rules

__all__ = ["command"]


@click.command("explain", short_help="Print the page of a rule.")
@click.argument("rules", nargs=-1, required=True, metavar="RULE...", shell_complete=complete_rules)
def command(rules: tuple[str, ...]) -> None:
    """Print the page of each RULE, given by code or name: what it finds, why it hurts, examples."""
    for number, rule in enumerate(rules):
        if number:
            click.echo("\n---\n")
        click.echo(_page(rule).rstrip("\n"))


def _page(text: str) -> str:
    """The page of a rule; a rule without a page is described by its summary."""
    from nnlint.pages import find_page
    from nnlint.selection import UnknownRule, catalogue, find_rule

    try:
        rule = find_rule(text, catalogue())
    except UnknownRule as error:
        raise click.ClickException(str(error)) from error
    page = find_page(rule.code, rule.name)
    return page if page is not None else f"# {rule.code}: {rule.name}\n\n{rule.summary}"
