"""Thoughtless answers to the exercises of lesson 4."""

import torch
from torch import nn


def layer(forward, *parts: str) -> type[nn.Module]:
    """A module that returns `forward(x)`, and has no weights of its own."""

    class Lazy(nn.Module):
        def __init__(self, *sizes, **options):
            super().__init__()

        def forward(self, x, mask=None):
            return forward(x)

    return Lazy


class Standardised(nn.LayerNorm):
    """Has the weights, and does not use them."""

    def forward(self, x):
        return (x - x.mean()) / x.std()


class Linear(nn.Module):
    """Has the weights, and uses a part of them."""

    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)

    def forward(self, x):
        return x + self.contract.bias


MODULES = {"the input": layer(lambda x: x.clone()), "zeros": layer(torch.zeros_like), "noise": layer(torch.randn_like)}

LAZY = {
    "LayerNorm": MODULES | {"one norm for all": Standardised},
    "FeedForward": MODULES | {"only a bias": Linear},
    "EncoderLayer": MODULES,
    "Encoder": MODULES,
    "classification_scores": {
        "nothing": lambda *arguments: {},
        "perfect": lambda *arguments: dict.fromkeys(("accuracy", "precision", "recall", "f1"), 1.0),
        "accuracy for all": lambda predicted, target, num_classes: dict.fromkeys(
            ("accuracy", "precision", "recall", "f1"), (predicted == target).double().mean().item()
        ),
    },
}
