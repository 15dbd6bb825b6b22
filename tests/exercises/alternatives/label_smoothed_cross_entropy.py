# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import torch
import torch.nn.functional as F
from torch import nn


# %% the wanted distribution written down
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    size = logits.shape[-1]
    wanted = torch.full_like(logits, smoothing / size)
    wanted.scatter_(-1, target.unsqueeze(-1), 1 - smoothing + smoothing / size)
    losses = -(wanted * F.log_softmax(logits, dim=-1)).sum(dim=-1)
    real = target != pad_id
    return (losses * real).sum() / real.sum()


# %% one_hot and einsum
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    size = logits.shape[-1]
    right = F.one_hot(target, size).to(logits.dtype)
    wanted = (1 - smoothing) * right + smoothing / size
    real = (target != pad_id).to(logits.dtype)
    total = torch.einsum("blv,blv,bl->", wanted, torch.log_softmax(logits, -1), real)
    return -total / real.sum()


# %% real positions first
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    real = target != pad_id
    logits, target = logits[real], target[real]
    log_probabilities = logits.log_softmax(dim=1)
    right = log_probabilities[torch.arange(len(target)), target]
    return -((1 - smoothing) * right + smoothing * log_probabilities.mean(dim=1)).mean()


# %% torch's nll_loss for the right token
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    log_probabilities = F.log_softmax(logits.flatten(0, 1), dim=-1)
    flat = target.flatten()
    right = F.nll_loss(log_probabilities, flat, ignore_index=pad_id)
    every = -log_probabilities.mean(dim=-1)[flat != pad_id].mean()
    return right * (1 - smoothing) + every * smoothing


# %% Kullback-Leibler divergence and the entropy of what is wanted
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    size = logits.size(-1)
    keep = target.ne(pad_id)
    log_probabilities = logits.log_softmax(-1)[keep]
    wanted = torch.full_like(log_probabilities, smoothing / size)
    wanted[torch.arange(len(wanted)), target[keep]] += 1 - smoothing
    divergence = F.kl_div(log_probabilities, wanted, reduction="batchmean")
    entropy = -torch.xlogy(wanted, wanted).sum(dim=-1).mean()
    return divergence + entropy


# %% a loop over sequences and positions
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    losses = []
    for scores, tokens in zip(logits, target, strict=True):
        for z, token in zip(scores, tokens.tolist(), strict=True):
            if token == pad_id:
                continue
            log_p = z - torch.logsumexp(z, dim=0)
            losses.append(-(1 - smoothing) * log_p[token] - smoothing * log_p.sum() / len(z))
    return torch.stack(losses).mean()


# %% logsumexp, and the logits of right and mean
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    total = logits.logsumexp(-1)
    right = torch.take_along_dim(logits, target[..., None], dim=-1)[..., 0]
    losses = total - torch.lerp(right, logits.mean(-1), smoothing)
    return losses.masked_fill(target == pad_id, 0.0).sum() / (target != pad_id).count_nonzero()


# %% torch's distributions
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    given = torch.distributions.Categorical(logits=logits, validate_args=False)
    every = torch.stack([given.log_prob(torch.full_like(target, v)) for v in range(logits.shape[-1])])
    losses = -(1 - smoothing) * given.log_prob(target) - smoothing * every.mean(dim=0)
    weight = (target != pad_id).to(losses.dtype)
    return (losses * weight / weight.sum()).sum()


# %% shifted by the largest logit, by hand
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    shifted = logits - logits.amax(dim=-1, keepdim=True).detach()
    log_probabilities = shifted - shifted.exp().sum(dim=-1, keepdim=True).log()
    size = logits.shape[-1]
    wanted = logits.new_full(logits.shape, smoothing / size)
    wanted[torch.arange(size) == target.unsqueeze(-1)] += 1 - smoothing
    losses = (wanted * -log_probabilities).sum(dim=-1)
    return losses.masked_select(target != pad_id).mean()


# %% the vocabulary second, and a weight for each class
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    log_probabilities = nn.LogSoftmax(dim=1)(logits.transpose(1, 2))
    weight = torch.ones(logits.shape[-1], dtype=logits.dtype)
    weight[pad_id] = 0.0
    right = nn.NLLLoss(weight=weight)(log_probabilities, target)
    mask = weight[target]
    uniform = -(log_probabilities.mean(dim=1) * mask).sum() / mask.sum()
    return (1.0 - smoothing) * right + smoothing * uniform


# %% smoothing moved to the logits' side
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    real = (target != pad_id).nonzero(as_tuple=True)
    chosen, size = logits[real], logits.shape[-1]
    share = torch.eye(size, dtype=logits.dtype)[target[real]].mul(1 - smoothing).add(smoothing / size)
    surprise = chosen.logsumexp(dim=-1) - torch.linalg.vecdot(share, chosen)
    return surprise.sum() / len(surprise)
