# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import torch
import torch.nn.functional as F


# %% padded on the left, cut on the right
def shift_right(tokens, start_id):
    return F.pad(tokens, (1, 0), value=start_id)[:, :-1]


# %% padded with a negative width
def shift_right(tokens, start_id):
    return F.pad(tokens, (1, -1), value=start_id)


# %% rolled, then the first column overwritten
def shift_right(tokens, start_id):
    shifted = torch.roll(tokens, shifts=1, dims=1)
    shifted[:, 0] = start_id
    return shifted


# %% an empty tensor that is filled
def shift_right(tokens, start_id):
    shifted = torch.empty_like(tokens)
    shifted[:, 0] = start_id
    shifted[:, 1:] = tokens[:, :-1]
    return shifted


# %% new_full and cat
def shift_right(tokens, start_id):
    start = tokens.new_full((tokens.shape[0], 1), start_id)
    return torch.cat((start, tokens), dim=-1)[:, : tokens.size(1)]


# %% lists
def shift_right(tokens, start_id):
    return torch.tensor([[start_id] + row[:-1] for row in tokens.tolist()], dtype=tokens.dtype)


# %% gathered
def shift_right(tokens, start_id):
    places = (torch.arange(tokens.shape[1]) - 1).clamp(min=0)
    shifted = tokens[:, places]
    return shifted.masked_fill(torch.arange(tokens.shape[1]) == 0, start_id)


# %% column by column
def shift_right(tokens, start_id):
    columns = [torch.full_like(tokens[:, 0], start_id), *tokens.unbind(dim=1)]
    return torch.stack(columns[:-1], dim=1)


# %% hstack with narrow
def shift_right(tokens, start_id):
    start = torch.zeros_like(tokens.narrow(1, 0, 1)) + start_id
    return torch.hstack([start, tokens.narrow(1, 0, tokens.shape[1] - 1)])


# %% row by row
def shift_right(tokens, start_id):
    result = tokens.clone()
    for new, old in zip(result, tokens, strict=True):
        new[0] = start_id
        new[1:] = old[:-1]
    return result
