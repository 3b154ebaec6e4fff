"""Findings in pinned public packages, each with a verdict."""
