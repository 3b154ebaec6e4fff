"""The rules: one file each, found by walking this package."""

from nnlint.checks.registry import RuleInfo, rules

__all__ = ["RuleInfo", "rules"]
