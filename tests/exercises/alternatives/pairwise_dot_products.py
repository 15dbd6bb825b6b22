# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
import torch.nn.functional as F
from torch import Tensor, nn


# %% matrix product with mT
def pairwise_dot_products(x, y):
    if x.ndim != 2 or y.ndim != 2 or x.size(1) != y.size(1):
        raise ValueError(f"shapes {x.shape} and {y.shape} do not fit")
    return torch.matmul(x, y.mT)


# %% einsum
def pairwise_dot_products(x, y):
    if x.dim() == 2 and y.dim() == 2 and x.shape[-1] == y.shape[-1]:
        return torch.einsum("nd,md->nm", x, y)
    raise ValueError("x: " + str(list(x.shape)) + ", y: " + str(list(y.shape)))


# %% broadcast and sum
def pairwise_dot_products(x, y):
    if len(x.shape) != 2 or len(y.shape) != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"{list(x.shape)} against {list(y.shape)}")
    return (x[:, None, :] * y[None, :, :]).sum(-1)


# %% two loops
def pairwise_dot_products(x, y):
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"x is {'x'.join(map(str, x.shape))}, y is {'x'.join(map(str, y.shape))}")
    return torch.stack([torch.stack([torch.dot(row, other) for other in y]) for row in x])


# %% linear layer without a bias
def pairwise_dot_products(x, y):
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ValueError("sizes %s %s" % (tuple(x.shape), tuple(y.shape)))  # noqa: UP031
    return F.linear(x, y)


# %% transposed twice, with mm
def pairwise_dot_products(x, y):
    shapes = f"(n, d) and (m, d) are needed; got {tuple(x.shape)} and {tuple(y.shape)}"
    if x.dim() != 2:
        raise ValueError(shapes)
    if y.dim() != 2:
        raise ValueError(shapes)
    if x.size(-1) != y.size(-1):
        raise ValueError(shapes)
    return torch.mm(y, x.t()).t()


# %% the library's error turned into the course's
def pairwise_dot_products(x, y):
    try:
        n, d = x.shape
        m, same = y.shape
        result = x @ y.t()
    except (ValueError, RuntimeError) as fault:
        raise ValueError(f"shapes {tuple(x.shape)}, {tuple(y.shape)}: {fault}") from fault
    return result.reshape(n, m)


# %% tensordot in float64, cast back
def pairwise_dot_products(x: Tensor, y: Tensor) -> Tensor:
    if not (x.dim() == y.dim() == 2 and x.shape[1] == y.shape[1]):
        raise ValueError(f"x {x.shape}, y {y.shape}")
    return torch.tensordot(x.double(), y.double(), dims=([1], [1])).to(x.dtype)


# %% an error class of one's own
class ShapeError(ValueError):
    pass


def pairwise_dot_products(x, y):
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ShapeError(x.shape, y.shape)
    return torch.bmm(x.unsqueeze(0), y.T.unsqueeze(0)).squeeze(0)


# %% a module, called like a function
class Pairwise(nn.Module):
    def forward(self, x, y):
        if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
            raise ValueError(f"{tuple(x.shape)} {tuple(y.shape)}")
        return torch.inner(x, y)


def pairwise_dot_products(x, y):
    return Pairwise()(x, y)
