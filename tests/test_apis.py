"""What a project teaches nnlint of its own names: read, checked, and seen through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnlint.apis import Api, read_apis
from nnlint.cli.main import cli
from nnlint.config import ConfigError, Resolver
from nnlint.config_file import Layer
from nnlint.knowledge import index
from nnlint.selection import catalogue
from nnlint.taught import teach


@pytest.fixture(autouse=True)
def nothing_taught() -> Iterator[None]:
    """What one test teaches is forgotten before the next."""
    yield
    teach(())


def findings(folder: Path, table: str, code: str, files: Mapping[str, str] | None = None) -> list[str]:
    """Row and code of what is found in a project with that table."""
    (folder / "nnlint.toml").write_text(f"[apis]\n{table}\n")
    for name, text in (files or {}).items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / "code.py").write_text(code)
    done = CliRunner().invoke(cli, ["check", str(folder), "--no-cache", "--jobs", "1", "--quiet"])
    assert done.exit_code in {0, 1}, done.output
    return re.findall(r"(\w+\.py:\d+):\d+: (NN\d+)", done.output)


CODE = """\
import mylib
from torch import nn

criterion = mylib.Focal()


def step(x, y):
    return criterion(nn.functional.softmax(nn.Linear(3, 4)(x), -1), y)
"""


def test_a_loss_like_another(tmp_path: Path) -> None:
    table = '"mylib.Focal" = { like = "torch.nn.CrossEntropyLoss" }'
    assert findings(tmp_path, table, CODE) == [("code.py:8", "NN201")]
    assert findings(tmp_path, '"mylib.Other" = { like = "torch.nn.CrossEntropyLoss" }', CODE) == []


def test_a_loss_that_expects_something(tmp_path: Path) -> None:
    assert findings(tmp_path, '"mylib.Focal" = { expects = "logits" }', CODE) == [("code.py:8", "NN201")]
    assert findings(tmp_path, '"mylib.Focal" = { expects = "probabilities" }', CODE) == []
    both = '"mylib.Focal" = { like = "torch.nn.BCELoss", expects = "logits" }'
    assert findings(tmp_path, both, CODE) == [("code.py:8", "NN201")]


@pytest.mark.parametrize(("name", "made"), [("Head", "mylib.Head(4)(x)"), ("squash", "mylib.squash(x)")])
def test_a_model_and_a_function_that_return_something(tmp_path: Path, name: str, made: str) -> None:
    body = f"    return F.cross_entropy({made}, y)"
    code = f"import mylib\nimport torch.nn.functional as F\n\n\ndef step(x, y):\n{body}\n"
    assert findings(tmp_path, f'"mylib.{name}" = {{ returns = "probabilities" }}', code) == [
        ("code.py:6", "NN201")
    ]
    assert findings(tmp_path, f'"mylib.{name}" = {{ returns = "logits" }}', code) == []


def test_the_table_stands_in_place_of_the_projects_own_code(tmp_path: Path) -> None:
    code = """\
import torch.nn.functional as F
from nets.heads import Head

head = Head()


def step(x, y):
    return F.cross_entropy(head(x), y)
"""
    heads = "class Head:\n    def __call__(self, x):\n        return compiled(x)\n"
    table = '"nets.heads.Head" = { returns = "probabilities" }'
    files = {"nets/__init__": "", "nets/heads": heads}
    assert findings(tmp_path, table, code, files) == [("code.py:8", "NN201")]


def test_a_call_from_which_nothing_escapes(tmp_path: Path) -> None:
    code = """\
import mylib
import torch
from torch import nn


def train(loader):
    model = nn.Linear(3, 4)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    mylib.watch(model, optimizer)
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        print(loss.item())
"""
    assert findings(tmp_path, '"mylib.watch" = { escapes = false }', code) == [("code.py:13", "NN303")]
    assert findings(tmp_path, '"mylib.other" = { escapes = false }', code) == []


def test_a_base_class_like_another(tmp_path: Path) -> None:
    code = """\
import mylib
from torch import nn


class Net(mylib.Base):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(3, 4)
        self.two = nn.Linear(3, 4)

    def forward(self, x):
        return self.one(x)
"""
    table = '"mylib.Base" = { like = "torch.nn.Module" }'
    assert findings(tmp_path, table, code) == [("code.py:9", "NN104")]
    assert findings(tmp_path, '"mylib.Other" = { like = "torch.nn.Module" }', code) == []


def test_what_is_taught_is_forgotten() -> None:
    teach((Api("mylib.Focal", like="torch.nn.CrossEntropyLoss"), Api("mylib.look", escapes=False)))
    assert index.find("mylib.Focal") is not None
    assert index.is_inert("mylib.look.closely")
    teach(())
    assert index.find("mylib.Focal") is None
    assert not index.is_inert("mylib.look.closely")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["a.b"], "must be a table of dotted names"),
        ({"Focal": {"like": "torch.nn.NLLLoss"}}, "'Focal' must be a dotted name"),
        ({"a.b c": {"like": "torch.nn.NLLLoss"}}, "'a.b c' must be a dotted name"),
        ({"a.b": "logits"}, "a.b: must be a table"),
        ({"a.b": {"return": "logits"}}, "a.b: unknown key 'return', did you mean 'returns'?"),
        ({"a.b": {"xyz": 1}}, "a.b: unknown key 'xyz', known: escapes, expects, like, returns"),
        ({"a.b": {"returns": "logit"}}, "a.b: returns = 'logit' is not known, did you mean 'logits'?"),
        ({"a.b": {"expects": "rectified"}}, "a.b: expects = 'rectified' is not known"),
        ({"a.b": {"escapes": "no"}}, "a.b: escapes must be true or false"),
        ({"a.b": {"like": 3}}, "a.b: like must be a string"),
        ({"a.b": {"like": ""}}, "a.b: like must be a string"),
        ({"a.b": {}}, "a.b: says nothing"),
        ({"a.b": {"escapes": True}}, "a.b: says nothing"),
        ({"a.b": {"returns": "logits", "like": "torch.relu"}}, "a.b: returns cannot stand beside like"),
        ({"a.b": {"returns": "logits", "expects": "logits"}}, "a.b: returns cannot stand beside expects"),
    ],
)
def test_errors_say_what_is_wrong(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_apis(value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('like = "torch.nn.CrossEntropyLos"', "did you mean 'torch.nn.CrossEntropyLoss'?"),
        ('like = "torch.CrossEntropyLoss"', "did you mean 'torch.nn.CrossEntropyLoss'?"),
        ('like = "torch.nn.ReLU", expects = "logits"', "expects is for losses, and torch.nn.ReLU is none"),
    ],
)
def test_the_framework_name_must_be_known(tmp_path: Path, entry: str, message: str) -> None:
    (tmp_path / "nnlint.toml").write_text(f'[apis]\n"a.b" = {{ {entry} }}\n')
    with pytest.raises(ConfigError, match=re.escape(message)):
        Resolver(Layer(tmp_path), catalogue()).settings(tmp_path)


def test_other_spellings_of_framework_names_are_known(tmp_path: Path) -> None:
    (tmp_path / "nnlint.toml").write_text('[apis]\n"a.b" = { like = "tf.keras.losses.MSE" }\n')
    with pytest.raises(ConfigError, match="is not known"):
        Resolver(Layer(tmp_path), catalogue()).settings(tmp_path)
    (tmp_path / "nnlint.toml").write_text('[apis]\n"a.b" = { like = "tensorflow.keras.layers.Dense" }\n')
    assert Resolver(Layer(tmp_path), catalogue()).settings(tmp_path).apis


def test_a_file_that_is_extended_teaches_too(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        '[apis]\n"a.b" = { returns = "logits" }\n"a.c" = { returns = "tensor" }\n'
    )
    (tmp_path / "nnlint.toml").write_text('extend = "base.toml"\n[apis]\n"a.b" = { returns = "rectified" }\n')
    apis = Resolver(Layer(tmp_path), catalogue()).settings(tmp_path).apis
    assert {api.name: api.returns for api in apis} == {"a.b": "rectified", "a.c": "tensor"}


def test_unknown_calls_are_listed_most_frequent_first(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(
        "import json\nimport mylib\nimport torch\n\n\ndef f(x):\n    json.loads(x)\n    mylib.two(x)\n"
        "    mylib.one(x)\n    mylib.two(torch.relu(x))\n    return torch.relu(x)\n"
    )
    arguments = ["check", str(tmp_path), "--show-unknown", "--quiet", "--isolated", "--jobs", "1"]
    shown = CliRunner().invoke(cli, arguments).output
    lines = [line for line in shown.splitlines() if not line.startswith("#")]
    assert lines == [
        "[tool.nnlint.apis]",
        '"mylib.two" = { escapes = false }  # 2 calls',
        '"mylib.one" = { escapes = false }  # 1 call',
    ]
    (tmp_path / "nnlint.toml").write_text("\n".join(["[apis]", *lines[1:]]))
    arguments.remove("--isolated")
    assert CliRunner().invoke(cli, arguments).output == ""


def test_settings_show_what_is_taught(tmp_path: Path) -> None:
    table = '[apis]\n"a.b" = { expects = "logits", escapes = false }\n'
    (tmp_path / "nnlint.toml").write_text(table)
    (tmp_path / "code.py").write_text("")
    assert table in CliRunner().invoke(cli, ["check", str(tmp_path), "--show-settings"]).output + "\n"
