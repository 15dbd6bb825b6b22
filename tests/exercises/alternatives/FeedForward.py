# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
import torch.nn.functional as F
from torch import nn


# %% one line
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.contract(self.dropout(torch.relu(self.expand(x))))


# %% module of the activation
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.contract(self.dropout(self.relu(self.expand(x))))


# %% clamp
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.contract(self.dropout(self.expand(x).clamp(min=0)))


# %% maximum of paper
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        hidden = self.expand(x)
        return self.contract(self.dropout(torch.maximum(hidden, torch.zeros_like(hidden))))


# %% functional
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract, self.p = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), dropout

    def forward(self, x):
        hidden = F.relu(F.linear(x, self.expand.weight, self.expand.bias))
        return F.linear(F.dropout(hidden, self.p, self.training), self.contract.weight, self.contract.bias)


# %% matrix products
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        hidden = x @ self.expand.weight.T + self.expand.bias
        hidden = self.dropout(hidden * (hidden > 0))
        return hidden @ self.contract.weight.T + self.contract.bias


# %% named sequential
class FeedForward(nn.Sequential):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.add_module("expand", nn.Linear(d_model, d_ff))
        self.add_module("relu", nn.ReLU())
        self.add_module("dropout", nn.Dropout(dropout))
        self.add_module("contract", nn.Linear(d_ff, d_model))


# %% position by position
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        rows = [self.contract(self.dropout(F.relu(self.expand(row)))) for row in flat]
        return torch.stack(rows).reshape(x.shape)


# %% dropout before the activation, which is the same
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.contract(F.relu(self.dropout(self.expand(x))))


# %% own dropout
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        self.rate = dropout
        self.expand = nn.Linear(in_features=d_model, out_features=d_ff)
        self.contract = nn.Linear(in_features=d_ff, out_features=d_model)

    def forward(self, x):
        hidden = F.relu(self.expand(x))
        if self.training and self.rate > 0:
            kept = (torch.rand_like(hidden) >= self.rate).to(hidden.dtype)
            hidden = hidden * kept / max(1 - self.rate, 1e-12)
        return self.contract(hidden)
