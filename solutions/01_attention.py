# %% [markdown]
# # 1 · Attention
#
# One idea carries the whole Transformer: let every position look at all others and take what it needs.
# In this lesson you build it, in five small functions, and then watch it read dates.
#
# | part | you do | time |
# |---|---|---|
# | 1 | a dictionary that is not sure | 8 min |
# | 2 | **exercise** `stable_softmax` ●○○ | 10 min |
# | 3 | **exercise** `attention_scores` ●○○, and why it is scaled | 12 min |
# | 4 | **exercises** `padding_mask`, `causal_mask` ●○○ | 10 min |
# | 5 | **exercise** `scaled_dot_product_attention` ●●○ | 20 min |
# | 6–9 | look at it, test a claim, read dates, find something odd | 15 min |
#
# Only the code in an exercise's own cell is graded and carried over. Stuck? `hint("stable_softmax", 1)`, then 2,
# then 3.

# %% tags=["setup"]
#| export
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %%
import sys

sys.path.append("..")
from coach import carry_over, check, datasets, figures, hint, progress, training

# %% [markdown]
# ## 0 · What you will build
#
# At the end of this lesson a small model, built around *your* attention, reads "Friday, 20 November 2026" and writes
# 2026-11-20.
# Here is such a model at work. Each row is a digit that it writes; dark squares are the letters that it looks at for
# that digit.

# %%
figures.show_date_puzzle()

# %% [markdown]
# *What to see:* to write the year it looks at the year, to write the day it looks at the day. Two rows are covered:
# the month, **11**.
#
# There is no 1 in the text. *Before you scroll on: which letters does it look at when it writes the first 1, and
# which for the second?*
# Note your guess here, and run the cell.

# %%
guess_for_first_1 = "?"
guess_for_second_1 = "?"

# %% [markdown]
# ## 1 · A dictionary that is not sure
#
# A Python dictionary finds a value by its key. The key must match exactly.

# %%
price = {"lemon": 3.0, "apple": 2.0, "honey": 8.0}
print("lemon:", price["lemon"])
print("orange:", price.get("orange", "no such key"))

# %% [markdown]
# Let us describe each thing by two numbers instead, how sour and how sweet it is. Then we can ask for something that
# is not there.
#
# - A **key** says what a thing is like.
# - A **value** is what we get from it.
# - A **query** says what we are looking for.
#
# How well a key fits a query is their dot product. You wrote it in lesson 0:

# %% tags=["nbval-ignore-output"]
warmup = carry_over("warmup")

# %%
names = ["lemon", "apple", "honey"]
keys = torch.tensor([[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]])  # (3, 2): sour, sweet
values = torch.tensor([[3.0], [2.0], [8.0]])  # (3, 1): the price
query = torch.tensor([[0.0, 1.0]])  # (1, 2): something sweet

fit = warmup.pairwise_dot_products(query, keys)  # (1, 2), (3, 2) -> (1, 3)
print(fit)
print("best key:", names[fit.argmax()], "-> value", values[fit.argmax()].item())

# %% [markdown]
# Taking the best key has two faults. The answer jumps when the query moves a little. And between jumps it does not
# change at all:
# its slope is 0, so nothing can be learned from it.
#
# So take **all** values, in shares. Large fit, large share. The shares are positive and add up to 1:
#
# $$w_j = \frac{e^{s_j}}{\sum_k e^{s_k}} \qquad \text{answer} = \sum_j w_j\, v_j$$
#
# $s_j$ is the fit of key $j$, $w_j$ its share or **weight**, $v_j$ its value.
# The formula for $w$ is the **softmax**: a maximum that is not sure.
#
# *By hand:* the fits are 0, 1, 2. With $e^0 = 1$, $e^1 \approx 2.7$, $e^2 \approx 7.4$, what is the weight of honey?
# What is the answer?

# %%
weights = fit.exp() / fit.exp().sum()  # (1, 3)
print("weights:", [round(w, 2) for w in weights[0].tolist()])
print("answer:", round((weights @ values).item(), 2))  # (1, 3) @ (3, 1) -> (1, 1)
figures.show_keys(query[0], keys, weights[0], names, axes=["sour", "sweet"])

# %% [markdown]
# *What to see:* the query points up, to "sweet". Honey gets most of the weight, but not all.
#
# That is attention. The rest of this lesson makes it safe, well scaled, maskable, and fast.

# %% [markdown]
# ## 2 · A softmax that survives
#
# The formula as it stands, once more as a function, on scores that differ by 1:

# %%
def naive_softmax(scores: Tensor) -> Tensor:
    exponentials = scores.exp()
    return exponentials / exponentials.sum(dim=-1, keepdim=True)


for scores in ([0.0, 1.0], [-3.0, -2.0], [1000.0, 1001.0]):
    print(scores, "->", naive_softmax(torch.tensor(scores)))

# %% [markdown]
# The first two agree: only differences between scores count. The third should agree too, and is `nan`, not a number.
# The largest `float32` is about $3.4 \cdot 10^{38} \approx e^{88.7}$. So $e^{1000}$ is infinite, and infinite /
# infinite is `nan`.
#
# One more case. A mask, in part 4, sets scores to $-\infty$, so that their weight is $e^{-\infty} = 0$. What if
# **all** scores of a row are $-\infty$?
# The formula says 0 / 0. In this course the answer is **weights 0**: whoever may look at nothing gets nothing.
# NaN would be honest, but it spreads: one such row, and after one training step the model's weights are NaN.
#
# ### Exercise `stable_softmax` · 10 minutes · ●○○
#
# Not allowed here: `torch.softmax` and its relatives, for they are the exercise.

# %% exercise="stable_softmax"
#| export
def stable_softmax(scores: Tensor, dim: int = -1) -> Tensor:
    """Softmax that neither overflows nor turns an empty row into NaN.

    softmax(s)_j = exp(s_j) / Σ_k exp(s_k), the sum taken along the axis `dim`.

    Shapes: scores of any shape, float32 or float64 -> the same shape and dtype.
    Each slice along `dim` sums to 1, for finite scores of any size.
    A score of −inf gets weight 0. A slice that holds only −inf gets weights 0, and gradients 0, not NaN.
    The input is not changed.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.1.
    """
    ### BEGIN SOLUTION
    # Softmax does not change when all scores move together, so no gradient flows through the shift.
    maximum = scores.detach().amax(dim=dim, keepdim=True)  # dim has size 1 from here on
    # −inf − (−inf) is NaN: a slice of only −inf is shifted by the lowest finite number instead.
    maximum = maximum.clamp(min=torch.finfo(scores.dtype).min)
    exponentials = torch.exp(scores - maximum)  # the shape of scores
    total = exponentials.sum(dim=dim, keepdim=True)
    # The largest score of a slice gives exp(0) = 1: only the sum of an empty slice is below 1, and 0 · 1 = 0.
    # One division per slice, then products: cheaper than a division per score, most of all in the gradient.
    return exponentials * (1 / total.clamp(min=1.0))
    ### END SOLUTION


# %% test="stable_softmax"
check(stable_softmax)

# %% [markdown]
# Yours on the case that failed:

# %%
print(stable_softmax(torch.tensor([1000.0, 1001.0])))
print(stable_softmax(torch.tensor([-math.inf, -math.inf])))

# %% [markdown]
# ## 3 · Scores, and why they are scaled
#
# Put the queries into the rows of a matrix $Q$, the keys into the rows of $K$. Then all scores are one product, $Q
# K^\top$.
#
# | symbol | in code | shape |
# |---|---|---|
# | $Q$ | `query` | `(..., query_length, d_k)` |
# | $K$ | `key` | `(..., key_length, d_k)` |
# | $Q K^\top$ | scores | `(..., query_length, key_length)` |
#
# $d_k$ is how many numbers describe a key. The dots stand for any leading axes, such as the batch.
#
# How large do dot products get when $d_k$ grows? Let us measure. We draw queries and keys whose numbers have mean 0
# and variance 1.
# *Predict: if d is four times as large, the dot products are … times as large?*

# %%
torch.manual_seed(1)
sizes = [2**power for power in range(11)]  # 1 … 1024
spread = [(torch.randn(4000, d) * torch.randn(4000, d)).sum(dim=1).std().item() for d in sizes]

slope = (math.log(spread[-1]) - math.log(spread[0])) / (math.log(sizes[-1]) - math.log(sizes[0]))
print(f"slope on logarithmic axes: {slope:.1f}")
curves = {"measured": spread, "√d": [math.sqrt(d) for d in sizes]}
figures.show_lines(sizes, curves, xlabel="d", ylabel="standard deviation of q · k", log="xy")

# %% [markdown]
# *What to see:* a straight line with slope ½. Four times the size, twice the spread: it grows like $\sqrt{d}$.
#
# Why: $q \cdot k$ is a sum of $d$ products. Each has mean 0 and variance 1, they are independent, and variances add up.
# So the variance is $d$, the standard deviation $\sqrt d$ (Vaswani et al. 2017, section 3.2.1, footnote 4).
#
# What does that do to the softmax? Take 64 keys.
# *Predict: at d = 512, how many of the 64 weights are above 0.05 when the scores are q · k? And when they are
# divided by √512?*

# %%
torch.manual_seed(2)


def weights_of_64_keys(d: int, scale: float) -> Tensor:
    query, key = torch.randn(500, 1, d), torch.randn(500, 64, d)  # 500 trials
    return stable_softmax(query @ key.transpose(1, 2) * scale)  # (500, 1, 64)


for name, scale in (("q · k", 1.0), ("q · k / √d", 1 / math.sqrt(512))):
    large = (weights_of_64_keys(512, scale) > 0.05).double().sum(dim=-1).mean().item()
    print(f"{name:10} weights above 0.05, on average: {large:.0f} of 64")

# %% [markdown]
# Without scaling, one key takes nearly everything. That is a bad start for learning: where a softmax is that sure,
# its slope is almost 0.
#
# How undecided weights are can be measured by their **entropy**, $H = -\sum_j w_j \ln w_j$.
# It is 0 if one key has all the weight, and $\ln 64 \approx 4.2$ if all 64 have the same.

# %%
def entropy(weights: Tensor) -> float:
    return torch.special.entr(weights).sum(dim=-1).mean().item()  # entr(w) = −w ln w, and 0 at w = 0


plain = [entropy(weights_of_64_keys(d, 1.0)) for d in sizes]
scaled = [entropy(weights_of_64_keys(d, 1 / math.sqrt(d))) for d in sizes]
curves = {"softmax(q · k / √d)": scaled, "softmax(q · k)": plain, "all equal: ln 64": [math.log(64)] * len(sizes)}
figures.show_lines(sizes, curves, xlabel="d", ylabel="entropy of the weights", log="x")

# %% [markdown]
# *What to see:* without scaling, the weights collapse onto one key as $d$ grows. With $1/\sqrt{d}$ the size no
# longer matters.
#
# ### Exercise `attention_scores` · 10 minutes · ●○○

# %% exercise="attention_scores"
#| export
def attention_scores(query: Tensor, key: Tensor) -> Tensor:
    """The scaled dot product of every query with every key: Q Kᵀ / √d_k.

    Shapes: query (..., query_length, d_k), key (..., key_length, d_k) -> (..., query_length, key_length).
    There may be any number of leading axes (none, batch, batch and heads, ...); both have the same ones.
    The result has the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with both shapes in the message, if d_k or the leading axes differ,
    or if one of the inputs has fewer than two axes.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.2.1.
    """
    ### BEGIN SOLUTION
    d_k = query.shape[-1]
    if min(query.dim(), key.dim()) < 2 or key.shape[-1] != d_k or query.shape[:-2] != key.shape[:-2]:
        raise ValueError(
            "query and key must be (..., query_length, d_k) and (..., key_length, d_k), "
            f"not {tuple(query.shape)} and {tuple(key.shape)}"
        )
    # (..., query_length, d_k) @ (..., d_k, key_length) -> (..., query_length, key_length)
    return query @ key.transpose(-2, -1) / math.sqrt(d_k)
    ### END SOLUTION


# %% test="attention_scores"
check(attention_scores)

# %% [markdown]
# ## 4 · Masks: who may look at what
#
# Two reasons to forbid a look. A key may be **padding**: not a word, only filler. Or it may lie in the **future**:
# a model that learns to predict the next word must not see it.
#
# Both are bool masks. **True means: may attend.** Rows are queries, columns are keys.
#
# ### Exercise `padding_mask` · 5 minutes · ●○○

# %% exercise="padding_mask"
#| export
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    """Which keys are real and which are padding, for a batch of sequences of different lengths.

    Shapes: lengths (batch,), integers -> (batch, 1, max_length), bool. True = may attend.
    Entry [b, 0, j] is True exactly for j < lengths[b]. A length of 0 is allowed: its row is False everywhere.
    The middle axis has size 1, so that the mask holds for every query.
    Raises ValueError if lengths has not exactly one axis (with its shape in the message),
    or if one length is negative or greater than max_length (with that length and max_length in the message).
    """
    ### BEGIN SOLUTION
    if lengths.dim() != 1:
        raise ValueError(f"lengths must be (batch,), not {tuple(lengths.shape)}")
    for length in lengths.tolist():
        if not 0 <= length <= max_length:
            raise ValueError(f"a length of {length} is not between 0 and max_length = {max_length}")
    positions = torch.arange(max_length, device=lengths.device)  # (max_length,)
    return (positions < lengths.unsqueeze(1)).unsqueeze(1)  # (batch, max_length) -> (batch, 1, max_length)
    ### END SOLUTION


# %% test="padding_mask"
check(padding_mask)

# %% [markdown]
# ### Exercise `causal_mask` · 5 minutes · ●○○

# %% exercise="causal_mask"
#| export
def causal_mask(length: int) -> Tensor:
    """Each position may attend to itself and to what came before, never to what comes later.

    Shapes: -> (length, length), bool. True = may attend. Row = query, column = key.
    Entry [i, j] is True exactly for j ≤ i.
    Source: Vaswani et al. (2017), section 3.2.3, third point.
    """
    ### BEGIN SOLUTION
    return torch.ones(length, length, dtype=torch.bool).tril()
    ### END SOLUTION


# %% test="causal_mask"
check(causal_mask)

# %% [markdown]
# Both in one picture, and their combination. Two masks are combined by `&`: a key must be real *and* not in the future.

# %%
real = padding_mask(torch.tensor([4]), 6)  # (1, 1, 6)
past = causal_mask(6)  # (6, 6)
both = real & past  # (1, 1, 6) & (6, 6) -> (1, 6, 6)
masks = {"padding (4 real keys)": real.expand(1, 6, 6)[0], "causal": past, "padding & causal": both[0]}
figures.show_masks(masks)

# %% [markdown]
# *What to see:* padding closes whole columns, for every query. The causal mask is a staircase: row $i$ sees columns
# 0 to $i$.
#
# Masks are the field's oldest confusion, for four conventions are in use:
#
# | convention | who uses it | may attend | blocked | from our `mask` |
# |---|---|---|---|---|
# | bool, True = may attend | **this course**, `F.scaled_dot_product_attention` | `True` | `False` | `mask` |
# | bool, True = blocked | `nn.MultiheadAttention`, `nn.Transformer` | `False` | `True` | `~mask` |
# | additive, float | both of these, if given floats | `0` | `−inf` | `zeros.masked_fill(~mask, −inf)` |
# | valid lengths, integers | many data loaders | position < length | the rest | `mask.sum(-1)`, for padding only |
#
# The wrong convention raises no error. PyTorch's own function shows it:

# %%
torch.manual_seed(3)
x = torch.randn(1, 4, 2)  # (batch, length, d)
additive = torch.zeros(4, 4).masked_fill(~causal_mask(4), -math.inf)
first = F.scaled_dot_product_attention(x, x, x, attn_mask=causal_mask(4))
second = F.scaled_dot_product_attention(x, x, x, attn_mask=additive)
third = F.scaled_dot_product_attention(x, x, x, attn_mask=~causal_mask(4))
print("bool and additive agree: ", torch.allclose(first, second))
print("inverted mask agrees:    ", torch.allclose(first, third))

# %% [markdown]
# ## 5 · Attention
#
# Everything is there. With the values in the rows of a matrix $V$, of shape `(..., key_length, d_v)`:
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# (Vaswani et al. 2017, equation 1). The softmax runs over the keys. Here it is with two plain loops, for a single
# example without a mask:

# %%
def attention_with_loops(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    output = torch.zeros(len(query), value.shape[1], dtype=value.dtype)  # (query_length, d_v)
    for i in range(len(query)):
        scores = torch.stack([query[i] @ k for k in key]) / math.sqrt(key.shape[1])  # (key_length,)
        row = stable_softmax(scores)  # the weights of query i
        for j in range(len(value)):
            output[i] += row[j] * value[j]  # (d_v,)
    return output


# %% [markdown]
# ### Exercise `scaled_dot_product_attention` · 20 minutes · ●●○
#
# Write it without a loop, for any leading axes, and with a mask.
# Use your own functions from above. Not allowed: `F.scaled_dot_product_attention` and torch's attention modules, for
# they are the exercise.

# %% exercise="scaled_dot_product_attention"
#| export
def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V, without a Python loop.

    Shapes: query (..., query_length, d_k), key (..., key_length, d_k), value (..., key_length, d_v),
    mask bool, broadcastable to (..., query_length, key_length), with at least two axes; True = may attend.
    -> output (..., query_length, d_v), weights (..., query_length, key_length).
    There may be any number of leading axes; query, key and value have the same ones.
    A query that may attend to nothing gets output 0 and weights 0, and all gradients stay finite.
    The results have the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with the two shapes that do not fit in the message, if query and key, key and value,
    or mask and scores do not fit together; TypeError, with the dtype in the message, if the mask is not bool.
    Source: Vaswani et al. (2017), section 3.2.1, equation 1.
    """
    ### BEGIN SOLUTION
    if value.dim() < 2 or key.shape[:-1] != value.shape[:-1]:
        raise ValueError(
            "key and value must be (..., key_length, d_k) and (..., key_length, d_v), "
            f"not {tuple(key.shape)} and {tuple(value.shape)}"
        )
    scores = attention_scores(query, key)  # (..., query_length, key_length)
    if mask is not None:
        if mask.dtype != torch.bool:
            raise TypeError(f"the mask must be bool (True = may attend), not {mask.dtype}")
        sizes = zip(reversed(mask.shape), reversed(scores.shape), strict=False)  # from the last axis, as torch does
        if not 2 <= mask.dim() <= scores.dim() or any(size not in (1, wanted) for size, wanted in sizes):
            raise ValueError(f"a mask {tuple(mask.shape)} cannot be broadcast to the scores {tuple(scores.shape)}")
        scores = torch.where(mask, scores, -math.inf)
    weights = stable_softmax(scores)  # (..., query_length, key_length)
    return weights @ value, weights  # (..., query_length, d_v), (..., query_length, key_length)
    ### END SOLUTION


# %% test="scaled_dot_product_attention"
check(scaled_dot_product_attention)

# %% [markdown]
# Now two proofs. First against the loops, on random input:

# %%
torch.manual_seed(4)
query = torch.randn(2, 5, 8, dtype=torch.float64)  # (batch, query_length, d_k)
key = torch.randn(2, 7, 8, dtype=torch.float64)  # (batch, key_length, d_k)
value = torch.randn(2, 7, 3, dtype=torch.float64)  # (batch, key_length, d_v)

output, weights = scaled_dot_product_attention(query, key, value)
looped = torch.stack([attention_with_loops(*example) for example in zip(query, key, value, strict=True)])
print("output", tuple(output.shape), "weights", tuple(weights.shape))
print("differs from the loops by less than 1e-12:", (output - looped).abs().max().item() < 1e-12)

# %% [markdown]
# Then against the function that the world's language models call, with a random mask:

# %%
mask = torch.rand(2, 5, 7) > 0.4  # (batch, query_length, key_length)
output, weights = scaled_dot_product_attention(query, key, value, mask)
theirs = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
print("differs from PyTorch's by less than 1e-12:", (output - theirs).abs().max().item() < 1e-12)

# %% [markdown]
# Yours *is* scaled dot-product attention. PyTorch's is faster on large inputs, but it computes the same.
#
# ## 6 · Look
#
# **Flat and sharp.** Divide the scores by a **temperature** $T$ before the softmax. High: everybody gets the same.
# Low: the winner takes all.

# %%
scores = attention_scores(query[0], key[0])  # (5, 7)


def at_temperature(temperature: float) -> Tensor:
    return stable_softmax(scores / temperature)


figures.show_attention({f"T = {temperature:g}": at_temperature(temperature) for temperature in (10, 1, 0.1)})

# %% [markdown]
# *What to see:* the same scores three times. On the left nearly equal weights, on the right nearly one key per query.
# The scale $1/\sqrt{d_k}$ is a temperature of $\sqrt{d_k}$.
#
# Move it yourself: remove the `#` and run the cell.

# %%
# figures.temperature_slider(lambda temperature: figures.show_attention(at_temperature(temperature)))

# %% [markdown]
# **The causal staircase.** All scores are equal here, so only the mask speaks.

# %%
equal = torch.zeros(6, 4)  # (length, d_k): all scores are 0
_, weights = scaled_dot_product_attention(equal, equal, equal, causal_mask(6))
figures.show_attention(weights, title="equal scores, causal mask")

# %% [markdown]
# *What to see:* query $i$ shares its weight among $i + 1$ keys. The first can only look at itself.
#
# **A padded batch.** Three sentences of 5, 3 and 0 words, filled up to 5 positions.

# %%
torch.manual_seed(5)
x = torch.randn(3, 5, 4)  # (batch, length, d)
x.requires_grad_()
lengths = torch.tensor([5, 3, 0])
output, weights = scaled_dot_product_attention(x, x, x, padding_mask(lengths, 5))
figures.show_attention({f"{length} words": matrix for length, matrix in zip(lengths.tolist(), weights, strict=True)})

# %% [markdown]
# *What to see:* in the middle, two columns are white: nobody looks at padding. On the right nothing may be looked
# at, and all weights are 0.
# Rows add up to 1 or, where there is nothing to see, to 0. Nothing is NaN, not even the gradients:

# %%
output.square().sum().backward()
print("rows add up to", sorted({round(total, 3) for total in weights.sum(dim=-1).flatten().tolist()}))
print("all gradients are finite:", x.grad.isfinite().all().item())

# %% [markdown]
# ## 7 · Claim under test: "attention weights come from the Euclidean distance between query and key"
#
# You can read this in widely shared articles: near keys get much weight, far keys little. Test it.
# We compute the weights twice, once from scaled dot products, once from distances:
#
# $$s_j = \frac{q \cdot k_j}{\sqrt{d}} \qquad\text{or}\qquad s_j = -\frac{\lVert q - k_j \rVert^2}{2\sqrt{d}}$$
#
# Here $d$ is how many numbers describe the query $q$ and each key $k_j$, and $\lVert q - k_j \rVert$ is the distance
# between them.
#
# *Predict: the same weights? If not, which keys gain under the dot product?*

# %%
def weights_by_distance(query: Tensor, key: Tensor) -> Tensor:
    squared = (query.unsqueeze(-2) - key.unsqueeze(-3)).square().sum(dim=-1)  # (..., query_length, key_length)
    return stable_softmax(-squared / (2 * math.sqrt(query.shape[-1])))


torch.manual_seed(6)
query, key = torch.randn(12, 16, dtype=torch.float64), torch.randn(10, 16, dtype=torch.float64)
unit_key = key / key.norm(dim=-1, keepdim=True)  # every key has length 1
panels = {
    name: (weights_by_distance(query, k), stable_softmax(attention_scores(query, k)))
    for name, k in (("keys as they are", key), ("keys of length 1", unit_key))
}
figures.show_scatter(panels, xlabel="weight by distance", ylabel="weight by dot product")

# %% [markdown]
# *What to see:* on the left the two weightings differ, often several times over. So the sentence is false.
# On the right, with all keys equally long, every point lies on the line. Not nearly, exactly:

# %%
for name, (by_distance, by_product) in panels.items():
    print(f"{name}: equal to 1e-12:", (by_distance - by_product).abs().max().item() < 1e-12)

# %% [markdown]
# Why? Multiply out the square:
#
# $$-\tfrac12 \lVert q - k_j \rVert^2 = q \cdot k_j - \tfrac12 \lVert q \rVert^2 - \tfrac12 \lVert k_j \rVert^2$$
#
# The term $\lVert q \rVert^2$ is the same for all keys, and a softmax feels only differences between keys: it drops
# out.
# The term $\lVert k_j \rVert^2$ drops out if all keys are equally long. What remains is $q \cdot k_j$.
#
# So a true sentence is: *dot-product attention is attention by distance, in which a longer key counts as nearer.*
# If the theorem is right, giving the lengths back must close the gap for any keys:

# %%
distance_scores = attention_scores(query, key) - key.square().sum(dim=-1) / (2 * math.sqrt(16))  # (12, 10) - (10,)
by_distance, _ = panels["keys as they are"]
print("product minus key length = distance:", torch.allclose(stable_softmax(distance_scores), by_distance))

# %% [markdown]
# ## 8 · Real data: reading dates
#
# The Unicode consortium's CLDR records how the world writes dates. We take days from 1900 to 2099, in eight
# languages, with and without the weekday.

# %%
train = datasets.date_pairs(8000, seed=0)
test = datasets.date_pairs(1000, seed=1, without=train)  # days that occur in no training text
for pair in train[:6]:
    print(f"{pair.iso}  {pair.text}")

# %% [markdown]
# The model is one attention layer:
#
# - **Keys and values** come from the letters. Each letter is described together with its two neighbours on
#   either side.
# - **Queries**: one for each of the eight digits to write. They are learned, and the same for every text.
# - Your `scaled_dot_product_attention` does the looking, your `padding_mask` hides what is behind the end of a text.

# %%
class DateReader(nn.Module):
    def __init__(self, letters: int, d_model: int = 64):
        super().__init__()
        self.embedding = nn.Embedding(letters, d_model, padding_idx=datasets.PADDING)
        self.neighbours = nn.Conv1d(d_model, d_model, kernel_size=5, padding=2)  # 2 letters to the left, 2 to the right
        self.digits = nn.Parameter(torch.randn(8, d_model))
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.readout = nn.Sequential(nn.Linear(d_model, 128), nn.ReLU(), nn.Linear(128, 10))

    def describe(self, tokens: Tensor) -> Tensor:
        letters = self.embedding(tokens)  # (batch, length) -> (batch, length, d_model)
        around = self.neighbours(letters.transpose(1, 2)).transpose(1, 2)  # (batch, length, d_model)
        return letters + F.relu(around)

    def look(self, letters: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        query = self.query_projection(self.digits).expand(len(letters), -1, -1)  # (batch, 8, d_model)
        key, value = self.key_projection(letters), self.value_projection(letters)  # (batch, length, d_model)
        output, weights = scaled_dot_product_attention(query, key, value, mask)
        return self.readout(output + self.digits), weights  # (batch, 8, 10), (batch, 8, length)

    def forward(self, tokens: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        return self.look(self.describe(tokens), padding_mask(lengths, tokens.shape[1]))


# %% [markdown]
# Training takes a few seconds. The loss is the mean of $-\ln p$, where $p$ is the probability that the model gives
# to the right digit.
# A model that guesses among ten digits starts at $\ln 10 \approx 2.3$.

# %% tags=["experiment"]
alphabet = datasets.Alphabet(pair.text for pair in train)
tokens, lengths = alphabet.encode([pair.text for pair in train])  # (8000, length), (8000,)
digits = datasets.date_digits(train)  # (8000, 8)
torch.manual_seed(3)
reader = DateReader(len(alphabet))


def loss_of(chosen: Tensor) -> Tensor:
    logits, _ = reader(tokens[chosen], lengths[chosen])  # (64, 8, 10)
    return F.cross_entropy(logits.flatten(0, 1), digits[chosen].flatten())


losses = training.fit(reader, loss_of, len(train), steps=700)
figures.show_lines(range(700), {"loss": losses}, xlabel="step", ylabel="loss", log="y", base=10)

# %% [markdown]
# *What to see:* the loss starts near 2.3 and falls to almost nothing. Does it hold for days that the model has never
# seen, in any language?

# %% tags=["experiment"]
@torch.no_grad()
def exactly_right(pairs: list[datasets.DatePair]) -> float:
    """How many of 100 dates have all eight digits right."""
    logits, _ = reader(*alphabet.encode([pair.text for pair in pairs]))
    return (logits.argmax(dim=-1) == datasets.date_digits(pairs)).all(dim=1).double().mean().item() * 100


print("at least 98 of 100 unseen days are exactly right:", exactly_right(test) >= 98)

# %% [markdown]
# Now the picture from the beginning, from *your* attention, with nothing covered:

# %% tags=["experiment"]
@torch.no_grad()
def show_reading(text: str) -> None:
    logits, weights = reader(*alphabet.encode([text]))
    written = "".join(str(digit) for digit in logits[0].argmax(dim=-1).tolist())
    figures.show_date_attention(weights[0], text, written)


show_reading("Friday, 20 November 2026")
print(f"you guessed {guess_for_first_1} for the first 1, {guess_for_second_1} for the second")

# %% [markdown]
# *What to see:* for both 1s it looks inside "November", at a letter or two in the middle. Not at the N, and not at
# the whole word.
# Was your guess right?
#
# One letter is enough, because it brings its neighbours along: a *v* between "No" and "em" stands only in November.
# The same letter may serve for both digits, for the readout knows which digit it is writing.
# Your letters may differ from these: many letters give a month away, and chance decides among them.
#
# Be careful with such pictures. They show **where** the model looked. They do not show **what** it read there.
#
# The same day in three more languages:

# %% tags=["experiment"]
for text in ("2026. november 20., péntek", "20 Kasım 2026 Cuma", "perjantai 20. marraskuuta 2026"):
    show_reading(text)

# %% [markdown]
# *What to see:* Hungarian begins with the year, Turkish ends with the weekday. The rows stay the same, the dark
# squares move:
# each digit finds its letters by what they are, wherever they stand.
#
# How far does it go? Here are languages that it has never seen. *Predict: which will it read best?*

# %% tags=["experiment"]
unseen = {"it": "Italian", "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish", "pl": "Polish"}
right = {}
for code, name in (datasets.LANGUAGES | unseen).items():
    right[name] = exactly_right(datasets.date_pairs(400, seed=2, languages=[code], without=train))
figures.show_bars(right, xlabel="exactly right, of 100 unseen days", marked=list(unseen.values()))

# %% [markdown]
# *What to see:* plain bars are trained languages, hatched ones are new. Where months have related names it reads
# quite a few;
# where they do not, it fails. It has learned letters, not languages.
#
# One more riddle: "5 November" must become 05. The 0 is nowhere in the text.
# *Predict: where does it look when it writes that 0?*

# %% tags=["experiment"]
show_reading("Thursday, 5 November 2026")

# %% [markdown]
# *What to see:* the first row of the day is pale. There is no tens digit to be found, so its weight is spread over
# many letters:
# a row of weights must add up to 1, whether there is something to find or not. The readout has learned that such a
# mixture means 0.
#
# Now try your own: your birthday, a misspelt month, `datasets.date_pair(day, "it").text` for any `datetime.date`.

# %% [markdown]
# ## 9 · Something odd
#
# Shuffle the keys, and the values in the same way. *Predict: what happens to the output?*

# %%
torch.manual_seed(7)
query, key, value = torch.randn(1, 5, 8), torch.randn(1, 7, 8), torch.randn(1, 7, 3)
order = torch.randperm(7)
before, _ = scaled_dot_product_attention(query, key, value)
after, _ = scaled_dot_product_attention(query, key[:, order], value[:, order])
print("the output stays the same:", torch.allclose(before, after, atol=1e-6))

# %% [markdown]
# Nothing happens. A sum does not care about the order of its terms. To attention, a text is a bag of keys and values.
#
# Even our date reader: shuffle the letters **after** each was described with its neighbours, and it reads on.
# Shuffle them **before**, and it is lost.

# %% tags=["experiment"]
text = "Friday, 20 November 2026"
one, length = alphabet.encode([text])  # (1, 24), (1,)
order = torch.randperm(len(text), generator=torch.Generator().manual_seed(0))
everything = padding_mask(length, len(text))
with torch.no_grad():
    in_order, _ = reader.look(reader.describe(one), everything)
    shuffled_after, _ = reader.look(reader.describe(one)[:, order], everything)
    shuffled_before, _ = reader.look(reader.describe(one[:, order]), everything)
print("shuffled after: same digits: ", torch.equal(in_order.argmax(-1), shuffled_after.argmax(-1)))
print("shuffled before: same digits:", torch.equal(in_order.argmax(-1), shuffled_before.argmax(-1)))

# %% [markdown]
# All that the reader knows about order sits in the five letters of its window. "Dog bites man" and "man bites dog"
# are one bag of words.
# So how can a Transformer know the order of words? That is lesson 3.

# %% [markdown]
# ## Keep
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# | name | shape | |
# |---|---|---|
# | `query` | `(..., query_length, d_k)` | what I look for |
# | `key` | `(..., key_length, d_k)` | what each position offers to be found by |
# | `value` | `(..., key_length, d_v)` | what it gives |
# | `mask` | broadcastable to `(..., query_length, key_length)` | bool, **True = may attend** |
# | scores, `weights` | `(..., query_length, key_length)` | rows of `weights` add up to 1; to 0 if all is masked |
# | `output` | `(..., query_length, d_v)` | one mixture of values per query |
#
# - If the numbers of queries and keys have variance 1, $1/\sqrt{d_k}$ gives the scores variance 1, whatever $d_k$ is.
# - Mask the **scores**, with −∞, before the softmax. The softmax runs over the **keys**.
# - Dot-product attention is attention by distance, in which a longer key counts as nearer.
# - Attention knows no order.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. Someone masks the weights after the softmax, by setting them to 0. What is wrong?</summary>
# The rows no longer add up to 1: the masked keys have taken their share in the sum. And the weights that remain
# still depend on the scores of keys that should be invisible.
# </details>
#
# <details><summary>2. You multiply all keys by 10. What happens to the weights?
# And if you add the same vector to all keys?</summary>
# All scores become 10 times as large: a temperature of 1/10, so the weights become sharper.
# Adding a vector c adds q · c to all scores of a query, and the softmax does not feel it: nothing changes.
# </details>
#
# <details><summary>3. Query and key length 1000, batch 8, float32. How much memory do the weights take?</summary>
# 8 · 1000 · 1000 numbers of 4 bytes: 32 MB. Twice the length, four times the memory.
# This is the price of letting everything look at everything.
# </details>
#
# **Saved** in `my_transformer/attention.py`: your five functions. Lesson 2 builds multi-head attention on them.
#
# **Read on.**
# Bahdanau, Cho and Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate* (2015): where
# attention began, with a heat map like yours ·
# Vaswani et al., *Attention Is All You Need* (2017), section 3.2 ·
# Jain and Wallace, *Attention is not Explanation* (2019), and Wiegreffe and Pinter, *Attention is not not
# Explanation* (2019): how far to trust such a heat map ·
# Nadaraya (1964) and Watson (1964): attention by distance, long before its name.

# %% tags=["nbval-ignore-output"]
progress()
