"""A short run of the fuzzer."""

from __future__ import annotations

import pytest
from tests.robustness import fuzz

import nnlint.check


def test_no_program_makes_nnlint_fail() -> None:
    assert len(fuzz.programs()) > 500
    assert not list(fuzz.failures(300, seed=7))


def test_a_failure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(nnlint.check, "lowered", fail)
    assert "ZeroDivisionError" in fuzz.look("import torch\n").error
