"""`python -m nnlint`."""

from __future__ import annotations

from nnlint.cli.main import main

if __name__ == "__main__":
    main()
