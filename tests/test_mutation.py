"""The mutation bench on a small program of our own: every mutant is valid, and what it hides is found."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from benchmarks.mutation.bench import MUTATIONS, judge, mutants

SAMPLES = {
    "network.py": """
import torch
import torch.nn.functional as F
from torch import nn, optim


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(16, 16), nn.Linear(16, 16)])
        self.fc1 = nn.Linear(16, 16)
        self.norm1 = nn.LayerNorm(16)
        self.norm2 = nn.LayerNorm(16)
        self.drop = nn.Dropout(0.5)
        self.head = nn.Sequential(nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 3))

    def forward(self, x):
        for block in self.blocks:
            x = block(x).relu()
        identity = x
        x = self.fc1(x)
        x = F.relu(x)
        x = x + identity
        x = self.drop(self.norm1(x))
        x = self.norm2(F.relu(x))
        x = F.dropout(x, 0.2, training=self.training)
        return self.head(x)


net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(net.parameters(), lr=0.001)


def train(train_loader, test_loader):
    for epoch in range(3):
        net.train()
        total = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(net(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        net.eval()
        with torch.no_grad():
            for x, y in test_loader:
                print(total, (net(x).argmax(1) == y).sum().item())
""",
    "images.py": """
import torch
import torch.nn.functional as F
from torch import nn


class Images(nn.Module):
    def __init__(self, block, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Linear(32 * block.expansion, 64)
        self.fc2 = nn.Linear(64, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)
""",
    "pixels.py": """
from keras.datasets import mnist
from keras.layers import Dense, Flatten, Input
from keras.models import Model

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255
images = Input((28, 28))
model = Model(images, Dense(10, activation="softmax")(Flatten()(images)))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(x_train, y_train)
""",
    "table.py": """
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
X = table[["age", "height"]]
y = table["ill"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
model = LogisticRegression()
model.fit(X_train, y_train)
y_pred = model.predict(X_test)
print(confusion_matrix(y_test, y_pred))
""",
}
"""Clean programs with a site for many of the bugs."""


@pytest.mark.parametrize("name", SAMPLES)
def test_bugs_put_into_clean_programs_are_found(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(SAMPLES[name])
    made = list(mutants(SAMPLES[name]))
    for mutant in made:
        ast.parse(mutant.text)
        assert mutant.text != SAMPLES[name]
    missed = [f"{one.mutant.name}:{one.mutant.row}" for one in judge(path, tmp_path, made) if not one.found]
    assert not missed


def test_the_samples_have_sites_for_most_bugs() -> None:
    found = {mutant.name for text in SAMPLES.values() for mutant in mutants(text)}
    assert len(found) >= 25
    assert found <= {mutation.__name__ for mutation in MUTATIONS}


def test_a_file_that_is_no_python_has_no_mutants() -> None:
    assert list(mutants("def broken(:\n")) == []
