"""nnlint: a static linter for neural-network code."""

__version__ = "0.1.0"
