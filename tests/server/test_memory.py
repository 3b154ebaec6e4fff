"""What an edit costs: a text whose meaning was seen before is not interpreted again."""

from __future__ import annotations

from pathlib import Path

import pytest

import nnlint.check as engine
from nnlint.server.session import Session
from nnlint.source import Source

TEXT = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(8, 8)
        self.second = nn.Linear(8, 2)

    def forward(self, x):
        y = torch.relu(self.first(x))
        return torch.softmax(self.second(y), dim=1)


criterion = nn.CrossEntropyLoss()
net = Net()
loss = criterion(net(torch.randn(4, 8)), torch.zeros(4, dtype=torch.long))
"""


class Editor:
    """One file in a session; counts how often it was interpreted."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        self.session = Session(path.parent)
        self.interpreted = 0
        real = engine._interpret

        def counted(*arguments: object) -> object:
            self.interpreted += 1
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(engine, "_interpret", counted)

    def type(self, text: str) -> list[str]:
        """The findings after an edit, in words."""
        self.session.edit(self.path, Source(self.path, text))
        self.session.catch_up()
        for _ in self.session.work():
            pass
        return [f"{one.span.start.row} {one.code}" for one in self.session.report().diagnostics]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    return Editor(tmp_path / "train.py", monkeypatch)


def test_what_is_taken_back_is_remembered(editor: Editor) -> None:
    assert editor.type(TEXT) == ["13 NN201"]
    assert editor.type(TEXT.replace("torch.softmax(self.second(y), dim=1)", "self.second(y)")) == []
    assert editor.interpreted == 2
    assert editor.type("# on top\n" + TEXT) == ["14 NN201"]
    assert editor.interpreted == 2


def test_blanks_and_comments_are_no_change(editor: Editor) -> None:
    editor.type(TEXT)
    assert editor.type(TEXT.replace("y = torch", "y  =  torch")) == ["13 NN201"]
    assert editor.type("# c\n\n" + TEXT) == ["15 NN201"]
    assert editor.interpreted == 1


def test_only_the_last_states_are_kept(editor: Editor) -> None:
    for number in range(engine._STATES + 1):
        editor.type(TEXT + f"x = {number}\n")
    before = editor.interpreted
    editor.type(TEXT + "x = 0\n")
    assert editor.interpreted == before + 1
    editor.type(TEXT + f"x = {engine._STATES}\n")
    assert editor.interpreted == before + 1
