"""Training for model.py: the loss applies a softmax of its own."""

import torch
from model import Classifier
from torch import nn


def train(network, batches, optimizer):
    criterion = nn.CrossEntropyLoss()
    for readings, labels in batches:
        optimizer.zero_grad()
        loss = criterion(network(readings), labels)
        loss.backward()
        optimizer.step()


def main():
    readings, labels = torch.randn(512, 12), torch.randint(0, 4, (512,))
    data = torch.utils.data.TensorDataset(readings, labels)
    network = Classifier(12, 4)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    train(network, torch.utils.data.DataLoader(data, batch_size=32, shuffle=True), optimizer)


if __name__ == "__main__":
    main()
