# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E501, F811

import torch
from torch import nn


# %% torch's biased variance
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        mean, variance = x.mean(-1, keepdim=True), x.var(-1, keepdim=True, unbiased=False)
        return self.weight * (x - mean) / (variance + self.eps).sqrt() + self.bias


# %% var_mean and rsqrt
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
        return torch.addcmul(self.bias, (x - mean) * torch.rsqrt(variance + self.eps), self.weight)


# %% standard deviation squared
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        centred = x - x.mean(-1, keepdim=True)
        deviation = x.std(-1, keepdim=True, correction=0) if False else centred.pow(2).mean(-1, keepdim=True)
        return centred * (deviation + self.eps) ** -0.5 * self.weight + self.bias


# %% sums
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        d = x.shape[-1]
        centred = x - x.sum(-1, keepdim=True) / d
        variance = (centred * centred).sum(-1, keepdim=True) / d
        return centred / torch.sqrt(variance + self.eps) * self.weight + self.bias


# %% mean of squares less square of mean, in float64
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        y = x.double()
        mean = y.mean(-1, keepdim=True)
        variance = (y * y).mean(-1, keepdim=True) - mean * mean
        normed = (y - mean) / torch.sqrt(variance.clamp(min=0) + self.eps)
        return (normed * self.weight + self.bias).to(x.dtype)


# %% vector by vector
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        rows = []
        for row in x.reshape(-1, x.shape[-1]):
            centred = row - row.mean()
            rows.append(centred / torch.sqrt(centred.dot(centred) / len(row) + self.eps))
        return torch.stack(rows).reshape(x.shape) * self.weight + self.bias


# %% matrix that centres
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        d = x.shape[-1]
        centring = torch.eye(d, dtype=x.dtype) - torch.full((d, d), 1 / d, dtype=x.dtype)
        centred = x @ centring
        variance = torch.einsum("...i,...i->...", centred, centred).unsqueeze(-1) / d
        return centred / (variance + self.eps).sqrt() * self.weight + self.bias


# %% weight and bias by other makers
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.full((d_model,), 1.0)))
        self.register_parameter("bias", nn.Parameter(torch.empty(d_model)))
        nn.init.zeros_(self.bias)
        self.eps = eps

    def forward(self, x):
        moved = x - x.mean(dim=x.dim() - 1, keepdim=True)
        size = torch.linalg.vector_norm(torch.cat((moved / x.shape[-1] ** 0.5, torch.full_like(moved[..., :1], self.eps**0.5)), -1), dim=-1, keepdim=True)
        return moved / size * self.weight + self.bias


# %% transposed
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        columns = x.movedim(-1, 0)
        centred = columns - columns.mean(0)
        normed = centred / torch.sqrt(centred.square().mean(0) + self.eps)
        return normed.movedim(0, -1) * self.weight + self.bias
