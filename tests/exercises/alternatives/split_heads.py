# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
from torch import Tensor


# %% in every cell
def checked(x, num_heads):
    if x.ndim != 3:
        raise ValueError(f"three axes are needed, not {list(x.shape)}")
    if x.size(-1) % num_heads:
        raise ValueError(f"{x.size(-1)} / {num_heads} leaves a rest")
    return x.size(-1) // num_heads


# %% view, permute
def split_heads(x, num_heads):
    checked(x, num_heads)
    return x.contiguous().view(x.size(0), x.size(1), num_heads, -1).permute(0, 2, 1, 3)


# %% unflatten and swapaxes
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    return x.unflatten(2, (num_heads, size)).swapaxes(1, 2)


# %% chunks stacked
def split_heads(x, num_heads):
    checked(x, num_heads)
    return torch.stack(x.chunk(num_heads, dim=-1), dim=1)


# %% split by size, stacked, moved
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    return torch.stack(x.split(size, dim=2)).movedim(0, 1)


# %% a loop over heads with slices
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    heads = []
    for h in range(num_heads):
        heads.append(x[:, :, h * size : (h + 1) * size].unsqueeze(1))
    return torch.cat(heads, dim=1)


# %% written into an empty tensor
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    result = torch.empty(x.shape[0], num_heads, x.shape[1], size, dtype=x.dtype)
    for h in range(num_heads):
        result[:, h] = x[..., h * size : (h + 1) * size]
    return result


# %% unfold
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    return x.unfold(2, size, size).transpose(1, 2)


# %% a matrix that picks columns
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    pick = torch.eye(x.shape[-1], dtype=x.dtype).reshape(-1, num_heads, size)
    return torch.einsum("bld,dhk->bhlk", x, pick)


# %% index_select
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    columns = torch.arange(x.shape[-1]).reshape(num_heads, 1, size)
    rows = torch.arange(x.shape[1]).reshape(1, -1, 1)
    return x[:, rows, columns]


# %% the size as -1, contiguous at the end
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    if len(x.shape) != 3:
        raise ValueError("x has shape " + str(tuple(x.shape)))
    b, n, d = x.shape
    if d != num_heads * (d // num_heads):
        raise ValueError(f"d_model={d}, num_heads={num_heads}")
    return x.reshape(b, n, num_heads, -1).transpose(2, 1).contiguous()


# %% transposed first
def split_heads(x, num_heads):
    size = checked(x, num_heads)
    return x.mT.reshape(len(x), num_heads, size, x.shape[1]).mT
