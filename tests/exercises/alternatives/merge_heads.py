# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch


# %% in every cell
def checked(x):
    if x.ndim != 4:
        raise ValueError(f"four axes are needed, not {list(x.shape)}")


# %% permute, contiguous, view
def merge_heads(x):
    checked(x)
    b, h, n, d = x.shape
    return x.permute(0, 2, 1, 3).contiguous().view(b, n, h * d)


# %% heads side by side
def merge_heads(x):
    checked(x)
    return torch.cat(list(x.unbind(1)), dim=-1)


# %% hstack of a loop
def merge_heads(x):
    checked(x)
    return torch.concat([x[:, h] for h in range(x.shape[1])], dim=2)


# %% swapaxes and reshape
def merge_heads(x):
    checked(x)
    return x.swapaxes(1, 2).reshape(len(x), x.size(2), -1)


# %% movedim
def merge_heads(x):
    checked(x)
    return torch.movedim(x, 1, 2).flatten(start_dim=-2)


# %% dstack per sequence
def merge_heads(x):
    checked(x)
    return torch.stack([torch.cat(tuple(one), dim=-1) for one in x])


# %% einsum orders the axes
def merge_heads(x):
    checked(x)
    return torch.einsum("bhld->blhd", x).flatten(2, 3)


# %% written into an empty tensor
def merge_heads(x):
    if x.dim() != 4:
        raise ValueError(f"shape {x.shape}")
    batch, num_heads, length, size = x.size()
    result = x.new_empty(batch, length, num_heads * size)
    for h in range(num_heads):
        result[:, :, h * size : (h + 1) * size] = x[:, h]
    return result


# %% transposed twice
def merge_heads(x):
    checked(x)
    return x.mT.flatten(1, 2).mT


# %% as the inverse of a split, by indices
def merge_heads(x):
    checked(x)
    batch, num_heads, length, size = x.shape
    columns = torch.arange(num_heads * size)
    return x[:, columns // size, :, columns % size].permute(1, 2, 0)


# %% each position by itself
def merge_heads(x):
    checked(x)
    return torch.stack([x[:, :, i].reshape(x.shape[0], -1) for i in range(x.shape[2])], dim=1)
