# %% [markdown]
# # 4 · Encoder
#
# Attention lets positions talk. An encoder adds what is needed to do it again and again, twelve layers deep: a common
# scale, a moment for each position to think alone, and a way around every layer.
# In this lesson you build it, and it learns to read digits and to tell Finnish from Hungarian.
#
# | part | you do | time |
# |---|---|---|
# | 1 | **exercise** `LayerNorm` ●●○ | 15 min |
# | 2 | **exercise** `FeedForward` ●○○ | 8 min |
# | 3 | **exercise** `EncoderLayer` ●●●: the residual connection, and the layer | 25 min |
# | 4 | **exercise** `Encoder` ●●○, and proof that it equals PyTorch's | 12 min |
# | 5–6 | look at gradients and norms, test a claim | 12 min |
# | 7 | read digits | 8 min |
# | 8 | **exercise** `classification_scores` ●●○ | 14 min |
# | 9–10 | which language is this place name in? And something odd | 15 min |
#
# Only the code in an exercise's own cell is graded and carried over. Stuck? `hint("LayerNorm", 1)`, then 2, then 3.

# %% tags=["setup"]
#| export
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %%
import sys

sys.path.append("..")
from coach import carry_over, check, datasets, datasets_names, figures, figures_encoder, hint, progress, training

# %% [markdown]
# Your own code from the lessons before. An encoder layer is built on `multi_head`; the readers at the end also need
# masks and positions.

# %% tags=["setup", "nbval-ignore-output"]
#| export
multi_head = carry_over("multi_head")

# %% tags=["nbval-ignore-output"]
attention = carry_over("attention")
positional_encoding = carry_over("positional_encoding")

# %% [markdown]
# ## 0 · What you will build
#
# One encoder layer, in the two ways in which people build it. Data flows upwards.

# %%
figures_encoder.show_layer()

# %% [markdown]
# *What to see:* two blue and green blocks that do the work. Around each runs an orange line, on which the input
# passes **unchanged** and is added afterwards. Only the place of the grey norms differs.
#
# The orange line looks like the least of the parts: it computes nothing. *Before you scroll on:* we shall take it away
# and train 12 layers to write six letters backwards. How many of 100 letters will be right? With it, it is 100.
# Guessing among eight letters gives about 12. Note your guess, and run the cell.

# %%
guess_without_residual = "?"

# %% [markdown]
# ## 1 · Every vector to the same scale
#
# What happens to numbers that go through many layers? Send one batch of vectors through 50 random matrices. The
# numbers of a matrix have standard deviation $s$.
#
# *Predict: how large are the outputs for s = 0.5 and for s = 0.05, if a vector has 100 numbers?*

# %%
def sizes_through(layers: int, s: float) -> list[float]:
    torch.manual_seed(0)
    x = torch.randn(32, 100)  # (batch, d_model)
    sizes = [x.std().item()]
    for _ in range(layers):
        x = x @ (torch.randn(100, 100) * s)
        sizes.append(x.std().item())
    return sizes


curves = {f"s = {s}": sizes_through(50, s) for s in (0.5, 0.1, 0.05)}
figures.show_lines(range(51), curves, xlabel="layers passed", ylabel="size of the numbers", log="y", base=10)
for layers in (50, 60):
    print(f"s = 0.5, {layers} layers: all numbers finite:", math.isfinite(sizes_through(layers, 0.5)[-1]))

# %% [markdown]
# *What to see:* straight lines on a logarithmic axis. Each layer multiplies the size by $s \sqrt{100}$: by 5, by 1, by
# ½. After 60 layers numbers overflow, or too small ones drown. Only one $s$ is right, and learning moves it away.
#
# The cure: after each step, bring every vector back to one scale. Take the $d$ numbers $x_1 … x_d$ of **one**
# position:
#
# $$\mu = \frac1d \sum_i x_i \qquad \sigma^2 = \frac1d \sum_i (x_i - \mu)^2 \qquad
# y_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}}\, g_i + b_i$$
#
# | symbol | in code | shape | |
# |---|---|---|---|
# | $x$, $y$ | `x`, the result | `(..., d_model)` | one vector per position |
# | $\mu$, $\sigma^2$ | | one number per position | mean and variance of that vector |
# | $g$, $b$ | `weight`, `bias` | `(d_model,)` | learned; 1 and 0 at first |
# | $\varepsilon$ | `eps` | a number | keeps a vector of equal numbers from 0 / 0 |
#
# No other position and no other text has a say. So a vector's result is the same in training and in use, alone and
# in a batch. (Batch normalisation averages over the batch: the answer for your text would depend on your
# neighbour's.)
#
# ### Exercise `LayerNorm` · 12 minutes · ●●○

# %% exercise="LayerNorm"
#| export
class LayerNorm(nn.Module):
    """Shifts and scales every vector to mean 0 and variance 1, then by a learned weight and bias.

    y = (x − μ) / √(σ² + ε) · weight + bias, where μ and σ² are the mean and the variance of the d_model numbers of one
    position. The variance is the mean of the squared distances from μ: divided by d_model, not by d_model − 1.

    Parameters: weight (d_model,), all ones at first; bias (d_model,), all zeros at first. eps is ε.
    Source: Ba, Kiros and Hinton, Layer Normalization (2016), section 3, equations 3 and 4.
    """

    def __init__(self, d_model: int, eps: float = 1e-5):
        super().__init__()
        ### BEGIN SOLUTION
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model), with any number of leading axes. The input is not changed."""
        ### BEGIN SOLUTION
        # Sums divided by d_model, products, and 1 / √ once per vector: what `mean`, `square` and a division per number
        # would give as well, but with fewer passes over x, most of all in the gradient.
        d_model = x.shape[-1]
        mean = x.sum(dim=-1, keepdim=True) / d_model  # (..., 1)
        centred = x - mean
        variance = (centred * centred).sum(dim=-1, keepdim=True) / d_model  # (..., 1)
        return centred * torch.rsqrt(variance + self.eps) * self.weight + self.bias
        ### END SOLUTION


# %% test="LayerNorm"
check(LayerNorm)

# %% [markdown]
# Yours on the explosion. The same 50 matrices, a norm after each:

# %%
def normed_sizes(layers: int, s: float) -> list[float]:
    torch.manual_seed(0)
    norm, x = LayerNorm(100), torch.randn(32, 100)
    sizes = [x.std().item()]
    for _ in range(layers):
        x = norm(x @ (torch.randn(100, 100) * s))
        sizes.append(x.std().item())
    return sizes


for s in (0.5, 0.1, 0.05):
    print(f"s = {s:4}: size after 50 layers {normed_sizes(50, s)[-1]:.2f}")

# %% [markdown]
# *What to see:* 1, whatever $s$ is. Something is lost, too. *Predict: LayerNorm of x, of x + 3, of 10 x?*

# %%
torch.manual_seed(1)
x = torch.randn(4, 100, dtype=torch.float64)  # (positions, d_model)
norm = LayerNorm(100, eps=0.0).double()
print("the same for x + 3: ", torch.allclose(norm(x), norm(x + 3)))
print("the same for 10 x:  ", torch.allclose(norm(x), norm(10 * x)))
print("the same for −x:    ", torch.allclose(norm(x), norm(-x)))

# %% [markdown]
# *What to see:* a common shift and a common scale are forgotten. What remains is the direction of $x - \mu$: which
# numbers are large compared with the others.

# %% [markdown]
# ## 2 · Each position for itself
#
# Attention mixes positions, and every output is a **weighted mean** of values. A mean cannot decide "if this is large
# and that is small, then …". The feed-forward network can. It sees one position at a time:
#
# $$\mathrm{FFN}(x) = \max(0,\; x W_1 + b_1)\, W_2 + b_2$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$, result | | `(..., d_model)` |
# | $W_1, b_1$ | `expand` | `d_model` → `d_ff`; in the paper 512 → 2048 |
# | $W_2, b_2$ | `contract` | `d_ff` → `d_model` |
#
# Without $\max(0, \cdot)$, the two matrices would be one: $x W_1 W_2$.
#
# ### Exercise `FeedForward` · 6 minutes · ●○○

# %% exercise="FeedForward"
#| export
class FeedForward(nn.Module):
    """Two linear layers with a ReLU between them, the same for every position: max(0, x W₁ + b₁) W₂ + b₂.

    Parameters: expand, an nn.Linear(d_model, d_ff); contract, an nn.Linear(d_ff, d_model).
    Dropout acts on the hidden numbers, after the ReLU, in training only.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.3, equation 2.
    """

    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        ### BEGIN SOLUTION
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model), with any number of leading axes. The input is not changed."""
        ### BEGIN SOLUTION
        hidden = F.relu(self.expand(x))  # (..., d_ff)
        return self.contract(self.dropout(hidden))  # (..., d_model)
        ### END SOLUTION


# %% test="FeedForward"
check(FeedForward)

# %% [markdown]
# A task that no mean can solve: "exactly one of the two numbers is on" (exclusive or). One straight line cannot part
# the answers; yours bends. Train it with and without the bend:

# %% tags=["experiment"]
class Straight(FeedForward):
    def forward(self, x: Tensor) -> Tensor:
        return self.contract(self.expand(x))  # no max(0, ·)


inputs = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])  # (4, d_model)
wanted = torch.tensor([0, 1, 1, 0])


def learns(network: FeedForward) -> bool:
    def loss_of(chosen: Tensor) -> Tensor:
        return F.cross_entropy(network(inputs[chosen]), wanted[chosen])

    training.fit(network, loss_of, len(inputs), steps=150, learning_rate=3e-2)
    return torch.equal(network(inputs).argmax(dim=-1), wanted)


torch.manual_seed(2)
print("with max(0, ·), all four right:", learns(FeedForward(2, 16)))
print("without it, all four right:    ", learns(Straight(2, 16)))

# %% [markdown]
# *What to see:* the bend is what makes it more than a matrix. Two thirds of an encoder layer's weights live here
# (with d_ff = 4 d_model: 8 d² of 12 d²).

# %% [markdown]
# ## 3 · One layer
#
# A **residual connection** adds a block's input to its output: $x + \mathrm{Sublayer}(x)$ (He et al. 2016). The block
# need not repeat what is already known. It only writes down what is **new**.
#
# First a stack without it. Six positions with different vectors go through 12 attentions with random weights, one
# after another. How different are the positions still?
# We measure it as the share of their size that is not common to all six: 1 is all different, 0 is all the same.
#
# *Predict: what is left after 12 of them, without residual connections?*

# %%
D_MODEL, HEADS, D_FF = 16, 2, 32


def difference(x: Tensor) -> float:
    """x (batch, length, d_model): the share of the numbers' size that is not the mean over positions."""
    return ((x - x.mean(dim=1, keepdim=True)).norm() / x.norm()).item()


def differences(residual: bool, layers: int = 12) -> list[float]:
    torch.manual_seed(0)
    x = torch.randn(4, 6, D_MODEL, dtype=torch.float64)  # (batch, length, d_model)
    found = [difference(x)]
    for _ in range(layers):
        seen, _ = multi_head.MultiHeadAttention(D_MODEL, HEADS).double()(x, x, x)
        x = seen + x if residual else seen
        found.append(difference(x))
    return found


with torch.no_grad():
    curves = {"with residual connection": differences(True), "without": differences(False)}
figures.show_lines(range(13), curves, xlabel="layers passed", ylabel="difference between positions", log="y", base=10)
print("without, after 4 layers, below one in a million:", curves["without"][4] < 1e-6)
print("with it, after 12 layers, above one half:       ", curves["with residual connection"][12] > 0.5)

# %% [markdown]
# *What to see:* without the connection, all six positions become **the same vector** within three layers; what is left
# of their difference is rounding error. Each attention takes means, and means of means are all alike: nobody can tell
# any more which word stood where. Dong, Cordonnier and Loukas (2021) proved it: the difference falls doubly
# exponentially, its number of zeros about three times as large with each layer. With the connection, nearly all of it
# lives on.
#
# So a layer adds. Two orders are in use (the picture of part 0):
#
# | | formula, for each of the two sub-layers | used by |
# |---|---|---|
# | post-norm | $x \leftarrow \mathrm{LayerNorm}(x + \mathrm{Sublayer}(x))$ | the paper (2017), BERT |
# | `norm_first` | $x \leftarrow x + \mathrm{Sublayer}(\mathrm{LayerNorm}(x))$ | GPT-2 and most models since |
#
# | name | shape |
# |---|---|
# | `x`, the result | `(batch, length, d_model)` |
# | `mask` | broadcastable to `(batch, length, length)`, bool, True = may attend |
#
# ### Exercise `EncoderLayer` · 20 minutes · ●●●

# %% exercise="EncoderLayer"
#| export
class EncoderLayer(nn.Module):
    """Self-attention, then a feed-forward network, each with a residual connection and a layer norm.

    As in the paper (norm_first=False):  x = LayerNorm(x + Sublayer(x)) for each of the two sub-layers.
    With norm_first=True:                x = x + Sublayer(LayerNorm(x)) for each of them.

    Parts, by name: self_attention, a multi_head.MultiHeadAttention; feed_forward, a FeedForward;
    attention_norm and feed_forward_norm, each a LayerNorm, the first for self-attention, the second for feed_forward.
    Dropout acts on what each sub-layer gives, before it is added to x; also inside both sub-layers.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads.
    Source: Vaswani et al. (2017), sections 3.1 and 5.4; norm_first: Xiong et al., On Layer Normalization in the
    Transformer Architecture (2020), section 3.
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        ### BEGIN SOLUTION
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first
        ### END SOLUTION

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        mask: bool, broadcastable to (batch, length, length), with at least two axes; True = may attend.
        """
        ### BEGIN SOLUTION
        if self.norm_first:
            normed = self.attention_norm(x)
            attended, _ = self.self_attention(normed, normed, normed, mask)
            x = x + self.dropout(attended)
            return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        mixed, _ = self.self_attention(x, x, x, mask)
        x = self.attention_norm(x + self.dropout(mixed))
        changed = self.feed_forward(x)
        return self.feed_forward_norm(x + self.dropout(changed))
        ### END SOLUTION


# %% test="EncoderLayer"
check(EncoderLayer)

# %% [markdown]
# ## 4 · A stack of layers
#
# Many layers, each with weights of its own. With `norm_first` nothing has normed the sum that leaves the last layer,
# so one more norm comes at the end.
#
# ### Exercise `Encoder` · 10 minutes · ●●○

# %% exercise="Encoder"
#| export
class Encoder(nn.Module):
    """num_layers encoder layers, one after another.

    Parts, by name: layers, an nn.ModuleList of EncoderLayer, each with weights of its own;
    and, only with norm_first, final_norm, a LayerNorm for the result of the last layer.
    Source: Vaswani et al. (2017), section 3.1; the final norm: Xiong et al. (2020), section 3.
    """

    def __init__(
        self,
        num_layers: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        dropout: float = 0.0,
        norm_first: bool = False,
    ):
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.ModuleList(
            EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)
        )
        self.norm_first = norm_first
        if norm_first:
            self.final_norm = LayerNorm(d_model)
        ### END SOLUTION

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        mask, the same for every layer: bool, broadcastable to (batch, length, length); True = may attend.
        """
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x) if self.norm_first else x
        ### END SOLUTION


# %% test="Encoder"
check(Encoder)

# %% [markdown]
# Is it *the* encoder? PyTorch has its own, `nn.TransformerEncoder`. Copy its weights into yours, name by name, and
# compare, with a mask in which every position has a different view.
# (PyTorch keeps queries', keys' and values' weights in one matrix, and its masks say True = blocked: lesson 1.)

# %%
def copy_layer(theirs: nn.TransformerEncoderLayer, yours: EncoderLayer) -> None:
    look = yours.self_attention
    projections = [look.query_projection, look.key_projection, look.value_projection]
    weights, biases = theirs.self_attn.in_proj_weight.chunk(3), theirs.self_attn.in_proj_bias.chunk(3)
    for projection, weight, bias in zip(projections, weights, biases, strict=True):
        projection.load_state_dict({"weight": weight, "bias": bias})
    look.output_projection.load_state_dict(theirs.self_attn.out_proj.state_dict())
    yours.feed_forward.expand.load_state_dict(theirs.linear1.state_dict())
    yours.feed_forward.contract.load_state_dict(theirs.linear2.state_dict())
    yours.attention_norm.load_state_dict(theirs.norm1.state_dict())
    yours.feed_forward_norm.load_state_dict(theirs.norm2.state_dict())


@torch.no_grad()
def largest_difference(norm_first: bool) -> float:
    torch.manual_seed(4)
    layer = nn.TransformerEncoderLayer(12, 3, 20, dropout=0.0, batch_first=True, norm_first=norm_first)
    last = nn.LayerNorm(12) if norm_first else None
    theirs = nn.TransformerEncoder(layer, 5, norm=last, enable_nested_tensor=False)
    for weight in theirs.parameters():
        weight.normal_(std=0.3)  # five different layers, and norms that do something
    yours = Encoder(5, 12, 3, 20, norm_first=norm_first)
    for one, other in zip(theirs.layers, yours.layers, strict=True):
        copy_layer(one, other)
    if norm_first:
        yours.final_norm.load_state_dict(last.state_dict())
    x = torch.randn(2, 7, 12, dtype=torch.float64)  # (batch, length, d_model)
    mask = attention.causal_mask(7)
    return (theirs.double()(x, mask=~mask) - yours.double()(x, mask)).abs().max().item()


for norm_first in (False, True):
    print(f"norm_first={norm_first}: equal to 1e-12:", largest_difference(norm_first) < 1e-12)

# %% [markdown]
# *What to see:* five layers, the same numbers to twelve digits. You have built the encoder of the paper.

# %% [markdown]
# ## 5 · Look: what residual connections and norms do
#
# Your `norm_first` layer without the orange lines. The rest, and all weights, stay:

# %%
class PlainLayer(EncoderLayer):
    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for norm, part in ((self.attention_norm, self.attend), (self.feed_forward_norm, self.think)):
            x = part(norm(x), mask)  # and nothing is added
        return x

    def attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        return self.self_attention(x, x, x, mask)[0]

    def think(self, x: Tensor, mask: Tensor | None) -> Tensor:
        return self.feed_forward(x)


def layers_of(kind: type[EncoderLayer], count: int, norm_first: bool = True) -> nn.ModuleList:
    return nn.ModuleList(kind(D_MODEL, HEADS, D_FF, norm_first=norm_first) for _ in range(count))


# %% [markdown]
# **Gradients.** Learning starts with the gradient: how much does the loss feel a weight? Here, for the query weights
# of each of 12 layers, before any training. *Predict: which layers feel least without residual connections?*

# %%
def gradient_sizes(kind: type[EncoderLayer]) -> list[float]:
    torch.manual_seed(0)
    layers = layers_of(kind, 12).double()
    x, wanted = torch.randn(4, 6, D_MODEL).double(), torch.randn(4, 6, D_MODEL).double()
    for layer in layers:
        x = layer(x)
    F.mse_loss(x, wanted).backward()
    return [layer.self_attention.query_projection.weight.grad.norm().item() for layer in layers]


gradients = {"with residual connection": gradient_sizes(EncoderLayer), "without": gradient_sizes(PlainLayer)}
figures.show_lines(
    range(1, 13), gradients, xlabel="layer", ylabel="gradient of the query weights", log="y", base=10
)
for name, sizes in gradients.items():
    print(f"{name:24} smallest : largest is at least 1 : 100:", max(sizes) / min(sizes) < 100)

# %% [markdown]
# *What to see:* with the connection, all layers feel the loss about equally. Without it, only the first two or three
# do. Where all positions carry the same vector, it makes no difference whom one looks at: the attention has nothing to
# learn from. The curve levels off where even `float64` has only rounding errors left.
#
# Why the connection helps: the derivative of $x + f(x)$ is $1 + f'(x)$. The 1 carries the gradient past every block,
# however small $f'$ is. Without it the gradient is a product of twelve $f'$.
#
# **Norms.** The size of the vectors after each layer, for the two orders. *Predict: which of them grows?*

# %%
@torch.no_grad()
def vector_sizes(norm_first: bool) -> list[float]:
    torch.manual_seed(0)
    x = torch.randn(4, 6, D_MODEL)
    sizes = [x.norm(dim=-1).mean().item()]
    for layer in layers_of(EncoderLayer, 12, norm_first):
        x = layer(x)
        sizes.append(x.norm(dim=-1).mean().item())
    return sizes


curves = {"post-norm": vector_sizes(False), "norm_first": vector_sizes(True), "√d_model": [math.sqrt(D_MODEL)] * 13}
figures.show_lines(range(13), curves, xlabel="layers passed", ylabel="length of a vector")

# %% [markdown]
# *What to see:* post-norm returns to $\sqrt{d_\text{model}}$ after every layer, for that is the length of a vector
# whose numbers have mean 0 and variance 1. With `norm_first` the vectors grow, for every layer adds to the sum. Each
# later layer then weighs a little less, and the norm at the end brings the sum back to scale.

# %% [markdown]
# ## 6 · Claim under test: "residual connections are an add-on for extensibility"
#
# So one can read: they let you stack more layers, should you want to; a small model does without.
# Test it where it should hold: **two** layers. And where it is said to matter: twelve.
# The task is to write six letters backwards. It needs attention, for every letter must come from another place.
#
# *Predict: four models, 2 or 12 layers, with or without. Which reach 100 of 100 letters?*

# %%
LETTERS, LENGTH = 8, 6


class Backwards(nn.Module):
    def __init__(self, kind: type[EncoderLayer], count: int):
        super().__init__()
        self.letters = nn.Embedding(LETTERS, D_MODEL)
        self.places = nn.Parameter(torch.randn(LENGTH, D_MODEL))
        self.layers = layers_of(kind, count)
        self.norm = LayerNorm(D_MODEL)
        self.readout = nn.Linear(D_MODEL, LETTERS)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.letters(tokens) + self.places  # (batch, length) -> (batch, length, d_model)
        for layer in self.layers:
            x = layer(x)
        return self.readout(self.norm(x))  # (batch, length, LETTERS)


# %% tags=["experiment"]
torch.manual_seed(5)
words, unseen_words = torch.randint(LETTERS, (2000, LENGTH)), torch.randint(LETTERS, (500, LENGTH))


def letters_right(kind: type[EncoderLayer], count: int) -> float:
    torch.manual_seed(0)
    model = Backwards(kind, count)

    def loss_of(chosen: Tensor) -> Tensor:
        return F.cross_entropy(model(words[chosen]).flatten(0, 1), words[chosen].flip(1).flatten())

    training.fit(model, loss_of, len(words), steps=60, batch_size=32, learning_rate=2.5e-2)
    with torch.no_grad():
        return (model(unseen_words).argmax(dim=-1) == unseen_words.flip(1)).double().mean().item() * 100


right = {
    f"{count} layers, {name}": letters_right(kind, count)
    for count in (2, 12)
    for name, kind in (("with", EncoderLayer), ("without", PlainLayer))
}
figures.show_bars(right, xlabel="letters right, of 100", marked=["2 layers, without", "12 layers, without"])
print("with residual connections, at least 98:", all(right[f"{count} layers, with"] >= 98 for count in (2, 12)))
print("2 layers without, below 90:            ", right["2 layers, without"] < 90)
print("12 layers without, below 20 (chance):  ", right["12 layers, without"] < 20)
print("you guessed", guess_without_residual, "for 12 layers without")

# %% [markdown]
# *What to see:* twelve layers without them learn nothing at all: that is the level of chance. But already **two**
# layers fall far behind after the same training; six runs with different seeds gave 30 to 70 of 100. So the sentence
# is false: a residual connection is no add-on for size, it is a supporting wall. Take it away, and attention averages
# the positions into one.
#
# Was your guess right?

# %% [markdown]
# ## 7 · Real data: handwritten digits
#
# The sixteen patches of lesson 3, now read by a whole encoder: `norm_first`, two layers. 450 of 1797 images are held
# back. The reader learns from 1347, each also moved by one pixel up, down, left, right, so that it does not rely on
# single pixels.
#
# Positions are learned here: 16 vectors that start at random, and large enough to be heard beside the patches.
# At the end the sixteen vectors are laid end to end, and one matrix reads the digit off.

# %%
images, labels = datasets.digit_images()  # (1797, 64), (1797,), numbers between 0 and 1
order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
train, test = order[:1347], order[1347:]
mean, deviation = images[train].mean(), images[train].std()
MOVES = ((0, 0), (0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))  # rows, columns; two of six stay where they are


def cut(images: Tensor) -> Tensor:
    """(count, 8, 8) -> (count, 16 patches, 4 pixels), standardised: mean 0, variance 1 over the training images."""
    patches = images.reshape(-1, 4, 2, 4, 2).transpose(2, 3).reshape(-1, 16, 4)
    return ((patches - mean) / deviation).float()


padded = F.pad(images.reshape(-1, 8, 8), (1, 1, 1, 1))  # (1797, 10, 10): room to move
moved = torch.stack([cut(padded[:, 1 + row : 9 + row, 1 + column : 9 + column]) for row, column in MOVES])
print("copies, images, patches, pixels:", tuple(moved.shape))


# %%
class DigitReader(nn.Module):
    def __init__(self, d_model: int = 48):
        super().__init__()
        self.embedding = nn.Linear(4, d_model)
        self.positions = nn.Parameter(torch.randn(16, d_model) * 0.5)
        self.encoder = Encoder(num_layers=2, d_model=d_model, num_heads=4, d_ff=2 * d_model, norm_first=True)
        self.readout = nn.Linear(16 * d_model, 10)

    def forward(self, patches: Tensor) -> Tensor:
        x = self.encoder(self.embedding(patches) + self.positions)  # (batch, 16, d_model)
        return self.readout(x.flatten(1))  # (batch, 16 * d_model) -> (batch, 10)


# %% [markdown]
# What are honest opponents? Two classics from scikit-learn that see all 64 pixels at once, trained on the same 1347
# images in about a second. *Predict the order of the three.*

# %% tags=["experiment"]
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

pixels, answers = images.numpy(), labels.numpy()
digits_right = {}
for name, classic in (("logistic regression", LogisticRegression(max_iter=2000)), ("support vectors", SVC())):
    digits_right[name] = classic.fit(pixels[train], answers[train]).score(pixels[test], answers[test]) * 100

# %% [markdown]
# Now yours. With `label_smoothing=0.1` the reader is not asked to be certain: 0.91 for the right digit and 0.01 for
# each of the others will do (the paper, section 5.4).

# %% tags=["experiment"]
torch.manual_seed(0)
reader = DigitReader()


def digit_loss(chosen: Tensor) -> Tensor:
    move = torch.randint(len(MOVES), (len(chosen),))
    return F.cross_entropy(reader(moved[move, train[chosen]]), labels[train[chosen]], label_smoothing=0.1)


training.fit(reader, digit_loss, len(train), steps=250, learning_rate=8e-3)
with torch.no_grad():
    read = reader(moved[0, test]).argmax(dim=-1)  # (450,)
digits_right["your encoder"] = (read == labels[test]).double().mean().item() * 100
figures.show_bars(digits_right, xlabel="right, of 100 unseen digits", marked=["your encoder"])
print("your encoder reads at least 97.5 of 100:", digits_right["your encoder"] >= 97.5)

# %% [markdown]
# *What to see:* it is near the best, not above. Support vectors learn in a tenth of a second what takes the encoder
# several seconds and moved copies; a small convolutional network reaches about 99 as well (three layers, 58,000
# weights: 98.9 to 99.1 in three runs of ours). One image is 0.2 of 100, so differences of half a point may be chance.
# An encoder must first learn that neighbouring pixels belong together. With 1347 tiny images, it pays to know.
#
# The ones it gets wrong, with its answer and the truth:

# %% tags=["experiment", "nbval-ignore-output"]
wrong = (read != labels[test]).nonzero().flatten()[:6]
if len(wrong):
    figures.show_images(images[test][wrong], [f"{read[i]}, true {labels[test][i]}" for i in wrong.tolist()])
else:
    print("none")

# %% [markdown]
# ## 8 · Counting what is right
#
# One number can lie. Among 100 texts 95 are German and 5 Turkish. A model that always says "German", whatever it
# reads, is right in 95 of 100 cases.
#
# So ask for each class $c$ separately. Let $\text{right}_c$ be how many cases of $c$ were recognised:
#
# $$\text{precision}_c = \frac{\text{right}_c}{\text{predicted as } c} \qquad
# \text{recall}_c = \frac{\text{right}_c}{\text{cases of } c} \qquad
# F_{1,c} = \frac{2 \cdot \text{precision}_c \cdot \text{recall}_c}{\text{precision}_c + \text{recall}_c}$$
#
# *Precision: if it says Turkish, is it? Recall: of the Turkish ones, how many does it find?*
# The **macro** averages are plain means over all classes, so that a small class counts as much as a large one.
#
# *Predict the macro recall of the model that always says German.*
#
# ### Exercise `classification_scores` · 12 minutes · ●●○

# %% exercise="classification_scores"
#| export
def classification_scores(predicted: Tensor, target: Tensor, num_classes: int) -> dict[str, float]:
    """How good the predictions are: accuracy, and precision, recall and F1 as means over all classes.

    Of class c: precision is the share of right ones among the cases predicted as c; recall is the share of right ones
    among the cases that are c; F1 = 2 · precision · recall / (precision + recall). Where a denominator is 0, so is
    the value. precision, recall and f1 are the plain means of the num_classes values, whatever the classes' sizes.
    accuracy is the share of right predictions.

    Shapes: predicted and target (count,), integers from 0 to num_classes − 1, count at least 1.
    -> {"accuracy": …, "precision": …, "recall": …, "f1": …}, numbers from 0 to 1.
    Raises ValueError, with both shapes in the message, if predicted and target differ in shape.
    Source: Sokolova and Lapalme, A systematic analysis of performance measures (2009), table 3, macro averages.
    """
    ### BEGIN SOLUTION
    if predicted.shape != target.shape:
        raise ValueError(f"predicted {tuple(predicted.shape)} and target {tuple(target.shape)} differ in shape")
    precisions, recalls, f1s = [], [], []
    for number in range(num_classes):
        right = ((predicted == number) & (target == number)).sum().item()
        said = (predicted == number).sum().item()
        there = (target == number).sum().item()
        precisions.append(right / said if said else 0.0)
        recalls.append(right / there if there else 0.0)
        f1s.append(2 * right / (said + there) if said + there else 0.0)  # the harmonic mean, multiplied out
    return {
        "accuracy": (predicted == target).double().mean().item(),
        "precision": sum(precisions) / num_classes,
        "recall": sum(recalls) / num_classes,
        "f1": sum(f1s) / num_classes,
    }
    ### END SOLUTION


# %% test="classification_scores"
check(classification_scores)

# %%
truth = torch.tensor([0] * 95 + [1] * 5)  # 0: German, 1: Turkish
always_german = torch.zeros(100, dtype=torch.int64)
print({name: round(value, 3) for name, value in classification_scores(always_german, truth, 2).items()})

# %% [markdown]
# *What to see:* accuracy 0.95 sounds fine. Recall 0.5 is what any coin gets, and F1 says the same.

# %% [markdown]
# ## 9 · Real data: which language is this place name in?
#
# Every language has its own names for the countries of the world. CLDR records them. We take eight languages with
# Latin letters, in small letters only; names that two of them share, such as *andorra*, have no right answer and are
# left out.
#
# A quarter of the **territories** is held back. So the test asks for countries whose name the model has met in no
# language: *sambia* must not be known from *zambia*.

# %%
known_names, new_names = datasets_names.place_names(seed=0)
languages = list(datasets_names.LANGUAGES.values())
for name in new_names[:6]:
    print(f"{languages[name.language]:10} {name.text}")
print("at least 850 names to learn from, 300 to test on:", len(known_names) >= 850, len(new_names) >= 300)
shared = {name.territory for name in known_names} & {name.territory for name in new_names}
print("territories in both:", len(shared))

# %% [markdown]
# *Predict: which two languages will be mixed up most often?*
#
# Three models, with the same start and the same end. At the start, each letter is described together with its two
# neighbours, as in lesson 1. At the end, for each feature the largest number over all letters is taken, and one
# matrix reads the language off it. Between them:
#
# | | how far apart two letters may be to meet | steps that must wait for each other |
# |---|---|---|
# | your encoder | any distance in **one** layer: path $O(1)$ | $O(1)$ |
# | LSTM: a memory carried from letter to letter | as many steps as letters: $O(n)$ | $O(n)$ |
# | convolution over $k$ letters | $k$ per layer: $O(n/k)$ layers | $O(1)$ |
#
# $n$ is the number of letters (Vaswani et al. 2017, section 4, table 1; there is $O(\log_k n)$ for convolutions with
# growing gaps).

# %%
alphabet = datasets.Alphabet(name.text for name in known_names)
DEPTH = 32


class Letters(nn.Module):
    """Letters with their neighbours: (batch, length) -> (batch, length, DEPTH)."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(alphabet), DEPTH, padding_idx=datasets.PADDING)
        self.around = nn.Conv1d(DEPTH, DEPTH, kernel_size=3, padding=1)

    def forward(self, tokens: Tensor) -> Tensor:
        letters = self.embedding(tokens)  # padding: zeros
        return letters + F.relu(self.around(letters.transpose(1, 2))).transpose(1, 2)


# %% [markdown]
# The three in the middle. Each gets letters and mask, for none of them may feel what is behind the end of a name: the
# encoder masks its scores, the LSTM stops at the end, the convolution finds zeros there.

# %%
class WithEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.positions = positional_encoding.PositionalEncoding(DEPTH, max_length=100)
        self.encoder = Encoder(num_layers=1, d_model=DEPTH, num_heads=2, d_ff=4 * DEPTH, norm_first=True)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(self.positions(x), mask)


class WithLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(DEPTH, 24, batch_first=True, bidirectional=True)  # reads in both directions
        self.together = nn.Linear(2 * 24, DEPTH)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        lengths = mask.sum(dim=-1).flatten()  # (batch, 1, length) -> (batch,)
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        output, _ = self.lstm(packed)
        states, _ = nn.utils.rnn.pad_packed_sequence(output, batch_first=True, total_length=x.shape[1])
        return self.together(states)  # (batch, length, 2 * 24) -> (batch, length, DEPTH)


class WithConvolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(DEPTH, 64, kernel_size=3, padding=1)
        self.second = nn.Conv1d(64, DEPTH, kernel_size=3, padding=1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        hidden = F.relu(self.first(x.transpose(1, 2))) * mask  # (batch, 64, length)
        return self.second(hidden).transpose(1, 2)


# %%
class LanguageReader(nn.Module):
    def __init__(self, middle: nn.Module):
        super().__init__()
        self.letters, self.middle = Letters(), middle
        self.readout = nn.Linear(DEPTH, len(languages))

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        mask = attention.padding_mask(lengths, tokens.shape[1])  # (batch, 1, length)
        real = mask.transpose(1, 2)  # (batch, length, 1)
        x = self.middle(self.letters(tokens) * real, mask)  # (batch, length, DEPTH)
        x = x.masked_fill(~real, -math.inf)  # padding is never the largest
        return self.readout(x.amax(dim=1))  # (batch, languages)


# %% tags=["experiment"]
tokens, lengths = alphabet.encode([name.text for name in known_names])  # (count, length), (count,)
new_tokens, new_lengths = alphabet.encode([name.text for name in new_names])
true = torch.tensor([name.language for name in known_names])
new_true = torch.tensor([name.language for name in new_names])


def trained_reader(middle: type[nn.Module]) -> LanguageReader:
    torch.manual_seed(0)
    reader = LanguageReader(middle())

    def loss_of(chosen: Tensor) -> Tensor:
        longest = int(lengths[chosen].max())
        return F.cross_entropy(reader(tokens[chosen, :longest], lengths[chosen]), true[chosen])

    training.fit(reader, loss_of, len(known_names), steps=200, batch_size=32, learning_rate=1.5e-2)
    return reader


@torch.no_grad()
def languages_of(reader: LanguageReader, tokens: Tensor, lengths: Tensor) -> Tensor:
    return reader(tokens, lengths).argmax(dim=-1)  # (count,)


middles = {"your encoder": WithEncoder, "LSTM": WithLSTM, "convolution": WithConvolution}
readers = {name: trained_reader(middle) for name, middle in middles.items()}
sizes = {name: sum(weight.numel() for weight in reader.parameters()) for name, reader in readers.items()}
print("sizes differ by less than 10 %:", max(sizes.values()) < 1.1 * min(sizes.values()))
for name, reader in readers.items():
    with torch.no_grad():
        alone = reader(new_tokens[:1, : new_lengths[0]], new_lengths[:1])
        in_batch = reader(new_tokens[:2], new_lengths[:2])[:1]
    print(f"{name:14} does not feel padding:", torch.allclose(alone, in_batch, atol=1e-4))

# %% [markdown]
# And an opponent without a network: count all pieces of one to three letters, and fit a logistic regression to the
# counts.

# %% tags=["experiment"]
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline

pieces = make_pipeline(
    CountVectorizer(analyzer="char_wb", ngram_range=(1, 3)), LogisticRegression(C=10, max_iter=2000)
)
pieces.fit([name.text for name in known_names], true.numpy())
said = {"pieces counted": torch.from_numpy(pieces.predict([name.text for name in new_names]))}
said |= {name: languages_of(reader, new_tokens, new_lengths) for name, reader in readers.items()}
scores = {name: classification_scores(each, new_true, len(languages)) for name, each in said.items()}
figures.show_bars(
    {name: each["accuracy"] * 100 for name, each in scores.items()},
    xlabel="right, of 100 new names (chance: 12)",
    marked=["your encoder"],
)
print("every model is right in at least 50 of 100:", all(each["accuracy"] >= 0.5 for each in scores.values()))

# %% [markdown]
# All four scores, from *your* `classification_scores`. The last digits depend on the machine, and on chance.

# %% tags=["experiment", "nbval-ignore-output"]
print(f"{'':16}{'accuracy':>10}{'precision':>11}{'recall':>9}{'F1':>7}{'weights':>9}")
for name, each in scores.items():
    print(
        f"{name:16}{each['accuracy']:10.2f}{each['precision']:11.2f}{each['recall']:9.2f}{each['f1']:7.2f}"
        f"{sizes.get(name, '–'):>9}"
    )

# %% [markdown]
# *What to see:* the three networks are close together, and none is better than plainly counted pieces. A language
# betrays itself by its pieces: *-ország*, *-saari*, *îles*. The encoder's strength, meeting at any distance, is hardly
# needed here, and fewer than 900 names are little to learn from. Differences of 5 in 100 may be chance: there are
# about 340 test names, and another seed gives other digits.
#
# So before you train a Transformer, count.
#
# Which languages are mixed up?

# %% tags=["experiment", "nbval-ignore-output"]
confusion = torch.zeros(len(languages), len(languages))
for row, column in zip(new_true.tolist(), said["your encoder"].tolist(), strict=True):
    confusion[row, column] += 1
figures_encoder.show_confusion(confusion, languages)

# %% [markdown]
# *What to see:* the diagonal is dark: right. Off it, relatives meet relatives: Spanish and Italian share their
# endings. Was your prediction right?
#
# How long does one training step take, on names of 40 letters?

# %% tags=["experiment", "nbval-ignore-output"]
import time


def milliseconds_per_step(reader: LanguageReader, length: int, steps: int = 10) -> float:
    long_tokens, long_lengths = torch.full((32, length), 5), torch.full((32,), length)
    started = time.perf_counter()
    for _ in range(steps):
        reader(long_tokens, long_lengths).sum().backward()
    return (time.perf_counter() - started) / steps * 1000


for name, reader in readers.items():
    print(f"{name:14} {milliseconds_per_step(reader, 40):6.1f} ms per step")

# %% [markdown]
# *What to see:* on a processor with few cores the convolution is fastest: few operations, and large ones. Encoder and
# LSTM pay for their many small ones. On a graphics card all letters of encoder and convolution go in parallel, and
# only the LSTM must wait.
#
# Try your own, a name that no list contains:

# %% tags=["experiment", "nbval-ignore-output"]
for text in ("königsberg", "isla del tesoro", "szczebrzeszyn", "kırklareli", "jyväskylä"):
    answer = languages_of(readers["your encoder"], *alphabet.encode([text])).item()
    print(f"{text:18} {languages[answer]}")

# %% [markdown]
# *What to see:* where pieces are typical of a language it is right, and some answers are plainly wrong. It must name
# one of eight languages, even if it knows none of these pieces.

# %% [markdown]
# ## 10 · Something odd
#
# The encoder reads everything at once, also what comes later. Ask it to write a text letter by letter, and it would
# peek at the letter that it has to guess. What must change so that it can **write**? That is lesson 5.

# %% [markdown]
# ## Keep
#
# $$\text{post-norm: } x \leftarrow \mathrm{LN}(x + f(x)) \qquad \text{norm first: } x \leftarrow x + f(\mathrm{LN}(x))
# \qquad f = \text{attention, then FFN}$$
#
# | name | shape | |
# |---|---|---|
# | `LayerNorm` | `(..., d_model)` → the same | each vector to mean 0, variance 1; then `weight`, `bias` |
# | `FeedForward` | `(..., d_model)` → the same | each position alone, `d_ff` numbers in between |
# | `EncoderLayer` | `(batch, length, d_model)` → the same | two sub-layers, each added to its input |
# | `Encoder` | `(batch, length, d_model)` → the same | `num_layers` of them; `final_norm` with `norm_first` |
# | `classification_scores` | `(count,)`, `(count,)` → four numbers | macro: every class counts the same |
#
# - Attention mixes positions, the feed-forward network thinks about each alone.
# - Without residual connections attention averages all positions into one vector, and has nothing left to learn from.
# - The norm's variance is divided by $d_\text{model}$. It looks at one position, never at the batch.
# - Accuracy alone can lie. And a simple opponent belongs into every experiment.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. You swap two positions of the input of an `Encoder`, without a mask. What happens to the
# output?</summary>
# The same two positions are swapped, nothing else. Attention knows no order, and norm and feed-forward see one
# position at a time. Positions must be added before.
# </details>
#
# <details><summary>2. With `norm_first`, what does an `EncoderLayer` give if `output_projection` and `contract` hold
# only zeros? And post-norm?</summary>
# norm_first: x itself, both sub-layers add 0. A deep stack can start as "do nothing" and learn from there.
# Post-norm: x normed, for the norms stand on the main road.
# </details>
#
# <details><summary>3. A model has high precision and low recall for Turkish. What does it do?</summary>
# It says Turkish only when it is sure: what it calls Turkish is Turkish, but it misses many.
# </details>
#
# **Saved** in `my_transformer/encoder.py`: your five pieces. Lesson 5 builds the decoder on them.
#
# **Read on.**
# He et al., *Deep Residual Learning for Image Recognition* (2016) ·
# Ba, Kiros and Hinton, *Layer Normalization* (2016) ·
# Xiong et al., *On Layer Normalization in the Transformer Architecture* (2020): why `norm_first` trains more easily ·
# Dong, Cordonnier and Loukas, *Attention is not all you need: pure attention loses rank doubly exponentially with
# depth* (2021) ·
# Dosovitskiy et al., *An Image is Worth 16x16 Words* (2021): your digit reader, grown up.

# %% tags=["nbval-ignore-output"]
progress()
