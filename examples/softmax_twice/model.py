"""A classifier of sensor readings; its output is meant to be read as probabilities."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features: int, classes: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, 64)
        self.output = nn.Linear(64, classes)

    def forward(self, readings):
        activity = torch.relu(self.hidden(readings))
        return torch.softmax(self.output(activity), dim=-1)
