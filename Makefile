PYTHON ?= python3

.PHONY: ecosystem
ecosystem:  ## Lint pinned public packages and hold the findings against their verdicts.
	$(PYTHON) -m tests.ecosystem
