"""Version requirements."""

from __future__ import annotations

import pytest

from nnlint.version import InvalidRequirement, satisfies


@pytest.mark.parametrize(
    ("requirement", "met"),
    [
        ("1.2.3", True), ("==1.2.3", True), ("==1.2", False), ("==1.2.*", True), ("==1.3.*", False),
        ("!=1.2.*", False), ("!=1.2.4", True), (">=1.2", True), (">=1.2.4", False), (">1.2.3", False),
        ("<=1.2.3.0", True), ("<2", True), ("<1.2.3", False), ("~=1.2", True), ("~=1.2.4", False),
        ("~=1.1.0", False), (">=1, <2", True), (">=1, <1.2", False),
    ],
)  # fmt: skip
def test_requirements(requirement: str, met: bool) -> None:
    assert satisfies("1.2.3", requirement) is met


@pytest.mark.parametrize("requirement", ["", "new", ">=1,", "=>1", "~=1"])
def test_invalid_requirements(requirement: str) -> None:
    with pytest.raises(InvalidRequirement):
        satisfies("1.2.3", requirement)


def test_development_versions_count_as_their_release() -> None:
    assert satisfies("1.2.3.dev1+abc", "==1.2.3")
