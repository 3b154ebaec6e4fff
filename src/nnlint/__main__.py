"""`python -m nnlint`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Python looks for modules in the current folder first. What is linted is read, never run: a file
    # there that is called like a module of the standard library must not take its place.
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]

    from nnlint.cli.main import main

    main()
