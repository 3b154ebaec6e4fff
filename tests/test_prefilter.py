"""Which files are worth parsing."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnlint.prefilter import Prefilter
from nnlint.project import Project
from nnlint.source import Source


def passes(name: str, files: dict[str, str], folder: Path, frameworks: tuple[str, ...] = ()) -> bool:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    project = Project((folder,), lambda path: Source(path, path.read_text()))
    return Prefilter(project, frameworks).passes(folder / name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import torch\n", True),
        ("import os, torch.nn as nn\n", True),
        ("from torch import nn\n", True),
        ("from torch.nn import (\n    Linear,\n)\n", True),
        ("import os, \\\n    keras\n", True),
        ("def f():\n    from tensorflow import keras\n", True),
        ("try: import torch\nexcept ImportError: pass\n", True),
        ("import os; import torch\n", True),
        ("from sklearn.svm import SVC\n", True),
        ("import torchish\n", False),
        ("# import torch\n", False),
        ("x = 'torch'\n", False),
        ("import numpy as np\nx = np.zeros(3)\n", False),
        ("import numpy as np\nscaler.fit(x)\n", True),
        ("import pandas\nx_train, x_test = split(x)\n", True),
        ("x_train, x_test = split(x)\n", False),
        ("import os\n" * 1000 + "import torch\n", True),
        ("import\nfrom\nfrom .\nimport ,\nfrom . import\n", False),
        ("", False),
    ],
)
def test_own_imports(text: str, expected: bool, tmp_path: Path) -> None:
    assert passes("a.py", {"a.py": text}, tmp_path) is expected


def test_imports_of_first_party_files(tmp_path: Path) -> None:
    files = {
        "a.py": "from pkg.b import f\n",
        "pkg/__init__.py": "",
        "pkg/b.py": "from . import c\n",
        "pkg/c.py": "from .d import (g,\n  h)\n",
        "pkg/d.py": "import torch\n",
        "z.py": "import pkg\n",
    }
    assert passes("a.py", files, tmp_path)
    assert not passes("z.py", files, tmp_path)


def test_import_cycles(tmp_path: Path) -> None:
    files = {"a.py": "import b\n", "b.py": "import c\n", "c.py": "import a\nimport d\n", "d.py": ""}
    assert not passes("a.py", files, tmp_path)
    assert passes("a.py", files | {"d.py": "import keras\n"}, tmp_path)


def test_decisions_do_not_depend_on_the_order(tmp_path: Path) -> None:
    files = {"a.py": "import b\n", "b.py": "import a\nimport c\n", "c.py": "import torch\n", "d.py": ""}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    for order in (sorted(files), sorted(files, reverse=True)):
        one = Prefilter(Project((), lambda path: Source(path, path.read_text())))
        assert {name: one.passes(tmp_path / name) for name in order} == {
            "a.py": True, "b.py": True, "c.py": True, "d.py": False,
        }  # fmt: skip


def test_unreadable_files_do_not_pass() -> None:
    assert not Prefilter(Project((), lambda _: None)).passes(Path("a.py"))


def test_frameworks_can_be_chosen(tmp_path: Path) -> None:
    files = {"a.py": "import torch\n", "b.py": "import sklearn\n"}
    assert passes("a.py", files, tmp_path, ("torch",))
    assert not passes("b.py", files, tmp_path, ("torch",))
