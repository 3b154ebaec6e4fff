"""Which files around the targets are read, too: those that import them, directly or through each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.context import users_of


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _users(folder: Path, *targets: str) -> list[str]:
    found = users_of([folder / target for target in targets])
    return [str(path.relative_to(folder)) for path in found]


def test_beside_and_above(tmp_path: Path) -> None:
    _write(tmp_path, pkg__net="", pkg__fit="from .net import Net", train="import pkg.net", other="import os")
    assert _users(tmp_path, "pkg/net.py") == ["pkg/fit.py", "train.py"]


def test_through_each_other(tmp_path: Path) -> None:
    _write(
        tmp_path,
        model__head__yolo="",
        model__build="from model.head.yolo import Head",
        train="from model.build import build",
        launch="import train",
        beyond="import launch",
    )
    assert _users(tmp_path, "model/head/yolo.py") == ["launch.py", "model/build.py", "train.py"]


@pytest.mark.parametrize("folder", ["scripts", "tools", "training"])
def test_folders_of_scripts_beside_the_package(tmp_path: Path, folder: str) -> None:
    _write(tmp_path, models__net="", **{f"{folder}__train": "from models.net import Net"})
    _write(tmp_path, docs__conf="from models.net import Net")
    assert _users(tmp_path, "models/net.py") == [f"{folder}/train.py"]


def test_what_a_package_hands_out(tmp_path: Path) -> None:
    _write(tmp_path, pkg__net="", train="from pkg import Net")
    (tmp_path / "pkg" / "__init__.py").write_text("from .net import *\n")
    assert _users(tmp_path, "pkg/net.py") == ["pkg/__init__.py", "train.py"]


def test_targets_are_no_users(tmp_path: Path) -> None:
    _write(tmp_path, net="", train="from net import Net")
    assert _users(tmp_path, "net.py", "train.py") == []
