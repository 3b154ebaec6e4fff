"""The intermediate representation: what of a Python file matters to the analysis."""
