# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821

import torch
import torch.nn.functional as F
from torch import Tensor, nn


# %% persistent buffer with a batch axis
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        self.register_buffer("pe", sinusoidal_encoding(max_length, d_model).unsqueeze(0))

    def forward(self, x):
        if x.size(1) > self.pe.size(1) or x.size(2) != self.pe.size(2):
            raise ValueError(f"{tuple(x.shape)} does not fit {tuple(self.pe.shape)}")
        return self.dropout(x + self.pe[:, : x.size(1)])


# %% nn.Buffer
class PositionalEncoding(nn.Module):
    def __init__(self, d_model: int, max_length: int = 5000, dropout: float = 0.0):
        super().__init__()
        self.p = dropout
        self.table = nn.Buffer(sinusoidal_encoding(max_length, d_model))

    def forward(self, x: Tensor) -> Tensor:
        length, width = x.shape[-2:]
        if length > len(self.table):
            raise ValueError(f"length {length} is beyond {len(self.table)}")
        if width != self.table.shape[1]:
            raise ValueError(f"width {width}, but {self.table.shape[1]} is wanted")
        return F.dropout(x + self.table[:length], self.p, self.training)


# %% computed when it is needed
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.d_model, self.max_length, self.dropout = d_model, max_length, nn.Dropout(dropout)

    def forward(self, x):
        batch, length, width = x.shape
        if length > self.max_length:
            raise ValueError(f"{length} positions, but only {self.max_length} are there")
        if width != self.d_model:
            raise ValueError(f"{width} is not {self.d_model}")
        return self.dropout(x + sinusoidal_encoding(length, width).to(x))


# %% functional embedding
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model))
        self.drop = nn.Dropout(dropout)

    def forward(self, x):
        longest, d_model = self.table.shape
        if x.shape[1] > longest or x.shape[2] != d_model:
            raise ValueError(f"x is {tuple(x.shape)}, the table {longest} x {d_model}")
        positions = torch.arange(x.shape[1], device=x.device)
        return self.drop(F.embedding(positions, self.table).type_as(x).add(x))


# %% a frozen embedding inside a list
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.rows = [nn.Embedding.from_pretrained(sinusoidal_encoding(max_length, d_model), freeze=True)]
        self.sizes = (max_length, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        if x.shape[1] > self.sizes[0] or x.shape[2] != self.sizes[1]:
            raise ValueError(f"{tuple(x.shape)} for {self.sizes}")
        return self.dropout(x + self.rows[0](torch.arange(x.shape[1])).to(x.dtype))


# %% narrow and expand
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model), persistent=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        if x.shape[1] > self.table.shape[0]:
            raise ValueError(f"too long: {x.shape[1]} > {self.table.shape[0]}")
        if x.shape[2] != self.table.shape[1]:
            raise ValueError(f"too wide or narrow: {x.shape[2]}, {self.table.shape[1]}")
        rows = self.table.narrow(0, 0, x.shape[1]).expand(x.shape[0], -1, -1)
        total = torch.empty_like(x).copy_(rows)
        return self.dropout(total + x)


# %% own dropout
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model))
        self.rate = dropout

    def forward(self, x):
        rows, columns = self.table.shape
        if x.shape[1] > rows or x.shape[2] != columns:
            raise ValueError(f"({x.shape[1]}, {x.shape[2]}) does not fit ({rows}, {columns})")
        total = x + self.table[: x.shape[1]]
        if not self.training or self.rate == 0:
            return total
        kept = torch.rand_like(total) >= self.rate
        return total * kept / (1 - self.rate) if self.rate < 1 else total * 0


# %% a loop over positions
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        if x.shape[1] > len(self.table) or x.shape[2] != self.table.shape[1]:
            raise ValueError(f"x {list(x.shape)}, table {list(self.table.shape)}")
        return self.dropout(torch.stack([x[:, p] + self.table[p] for p in range(x.shape[1])], dim=1))


# %% inherited from nn.Sequential
class PositionalEncoding(nn.Sequential):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__(nn.Dropout(dropout))
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model))

    def forward(self, x):
        if x.shape[1] > self.table.shape[0] or x.shape[2] != self.table.shape[1]:
            raise ValueError(f"{tuple(x.shape)} and {tuple(self.table.shape)}")
        return super().forward(torch.add(x, self.table[None, : x.shape[1], :]))
