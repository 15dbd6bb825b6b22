# %% [markdown]
# # 2 · Multi-head attention
#
# One attention is one look. A word needs several: who did it, to whom, when? In this lesson your attention learns to
# look several times at once, and reads a whole date at a single glance.
#
# | part | you do | time |
# |---|---|---|
# | 1 | see what one look cannot do | 5 min |
# | 2 | **exercises** `split_heads`, `merge_heads` ●○○ | 12 min |
# | 3 | **exercise** `MultiHeadAttention` ●●●, and two proofs | 25 min |
# | 4 | test a claim | 5 min |
# | 5 | **exercises** `count_parameters` ●○○, `count_multiplications` ●●○ | 15 min |
# | 6–9 | read dates at a glance, compare heads, take heads out, find something odd | 15 min |
#
# Stuck? `hint("split_heads", 1)`, then 2, then 3. Your functions of lesson 1 come along:

# %%
import sys

sys.path.append("..")
from coach import carry_over, check, datasets, figures, figures_heads, hint, progress, training

# %% tags=["setup"]
#| export
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %% tags=["setup", "nbval-ignore-output"]
#| export
attention = carry_over("attention")

# %% [markdown]
# From here on `attention.scaled_dot_product_attention` is your own. What you have not solved yet is replaced by a
# stand-in.
#
# ## 0 · What you will build
#
# The reader of lesson 1 asked eight questions about a date, one for each digit that it wrote. At the end of this
# lesson a reader asks **once**, and writes all eight digits from what comes back.
# It can do so because its one question is asked by four **heads**. Each row is a head; dark squares are the letters
# that it looks at.

# %%
figures_heads.show_heads_puzzle()

# %% [markdown]
# *What to see:* each head has its own place to look. One row is covered.
#
# *Before you scroll on: which letters does the covered head look at?*
# *And suppose that we take this head out of the finished reader. What will it write then: nonsense, or nearly the
# right date?*
# Note your guesses here, and run the cell.

# %%
guess_for_the_covered_head = "?"
guess_without_it = "?"

# %% [markdown]
# ## 1 · One look, one mixture
#
# "Ada gives Bob a book." Somebody wants to know two things: who gives, and who gets?
#
# The keys say what a name does in the sentence: give, or get. The values say which name it is.

# %%
keys = torch.tensor([[1.0, 0.0], [0.0, 1.0]])  # (2, 2): the giver's key, the getter's key
ada, bob = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])
sentences = {"Ada gives Bob": torch.stack([ada, bob]), "Bob gives Ada": torch.stack([bob, ada])}  # (2, 2) each

both = torch.tensor([[9.0, 9.0]])  # (1, 2): one query for giver and getter
for sentence, values in sentences.items():
    output, _ = attention.scaled_dot_product_attention(both, keys, values)
    print(f"{sentence}: {output[0].tolist()}")

# %% [markdown]
# Twice the same: half Ada, half Bob. One look returns **one** mixture, and a mixture does not say who was where in it.
# *Predict: what do two looks return, one for the giver and one for the getter?*

# %%
looks = {"who gives?": torch.tensor([[9.0, 0.0]]), "who gets?": torch.tensor([[0.0, 9.0]])}
for sentence, values in sentences.items():
    for question, query in looks.items():
        output, _ = attention.scaled_dot_product_attention(query, keys, values)
        print(f"{sentence}: {question} {[round(share, 2) for share in output[0].tolist()]}")

# %% [markdown]
# Two looks, two weightings, two clean answers: first Ada and Bob, then Bob and Ada.
#
# But in a Transformer each position has only one vector to ask with. So it needs a way to make several questions out
# of one vector. That is what heads are: **each head has its own matrices, which make its own query, keys and values.**
#
# In the paper's words, with one head averaging inhibits looking at several places (Vaswani et al. 2017, section 3.2.2).

# %% [markdown]
# ## 2 · Split and merge
#
# Several looks should not cost more than one. So the heads share the $d_{model}$ numbers of a position: each gets a
# block of $d_{head} = d_{model} / h$ of them, where $h$ is the number of heads.
#
# Two positions with six numbers each, and three heads:

# %%
figures_heads.show_split_example()

# %% [markdown]
# *What to see:* every head keeps **all positions**, and of each position its own block of columns.
#
# ### Exercise `split_heads` · 8 minutes · ●○○


# %% exercise="split_heads"
#| export
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    """Cut the last axis into num_heads equal parts, and give each part to a head of its own.

    Shapes: x (batch, length, d_model) -> (batch, num_heads, length, d_head), with d_head = d_model / num_heads.
    Head h gets the columns h · d_head to (h + 1) · d_head − 1 of every position.
    The input is not changed.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads;
    and with the shape in the message, if x has not exactly three axes.
    Source: Vaswani et al. (2017), section 3.2.2.
    """
    ### BEGIN SOLUTION
    if x.dim() != 3:
        raise ValueError(f"x must be (batch, length, d_model), not {tuple(x.shape)}")
    batch, length, d_model = x.shape
    if d_model % num_heads != 0:
        raise ValueError(f"d_model = {d_model} is not divisible by num_heads = {num_heads}")
    x = x.reshape(batch, length, num_heads, d_model // num_heads)  # (batch, length, num_heads, d_head)
    return x.transpose(1, 2)  # (batch, num_heads, length, d_head)
    ### END SOLUTION


# %% test="split_heads"
check(split_heads)

# %% [markdown]
# Yours on four positions. Beside it what many have written at first: a reshape into the right shape, and nothing more.

# %%
x = torch.arange(24.0).reshape(4, 6)  # (length, d_model)
versions = {
    "your split_heads": split_heads(x.unsqueeze(0), 3)[0],  # (1, 4, 6) -> (1, 3, 4, 2) -> (3, 4, 2)
    "x.reshape(3, 4, 2)": x.reshape(3, 4, 2),
}
figures_heads.show_split(x, versions)

# %% [markdown]
# *What to see:* both have the same shape. On the right, head 0 has all numbers of position 0 and two of position 1, and
# nothing of the rest: that cuts the *sequence* into pieces, not the vectors.
# A model with this mistake still learns something, and nothing complains. Only numbers tell.
#
# Behind this is one fact: a reshape reads the numbers in the order in which they lie in memory, from the last axis up.
# It can cut an axis into two neighbours or join two neighbours. It can never move one axis past another.
#
# ### Exercise `merge_heads` · 4 minutes · ●○○


# %% exercise="merge_heads"
#| export
def merge_heads(x: Tensor) -> Tensor:
    """Put the heads' results side by side again: what split_heads does, undone.

    Shapes: x (batch, num_heads, length, d_head) -> (batch, length, d_model), with d_model = num_heads · d_head.
    merge_heads(split_heads(x, num_heads)) equals x, for every x. The input is not changed.
    Raises ValueError, with the shape in the message, if x has not exactly four axes.
    Source: Vaswani et al. (2017), section 3.2.2: Concat(head_1, …, head_h).
    """
    ### BEGIN SOLUTION
    if x.dim() != 4:
        raise ValueError(f"x must be (batch, num_heads, length, d_head), not {tuple(x.shape)}")
    return x.transpose(1, 2).flatten(2)  # (batch, length, num_heads, d_head) -> (batch, length, d_model)
    ### END SOLUTION


# %% test="merge_heads"
check(merge_heads)

# %%
print("merged again, x is back:", torch.equal(merge_heads(split_heads(x.unsqueeze(0), 3))[0], x))

# %% [markdown]
# ## 3 · Several heads in one layer
#
# The formula of the paper (Vaswani et al. 2017, section 3.2.2):
#
# $$\mathrm{MultiHead}(Q, K, V) = \mathrm{Concat}(head_1, \dots, head_h)\, W^O
# \qquad head_i = \mathrm{Attention}(Q W_i^Q, K W_i^K, V W_i^V)$$
#
# | symbol | what it is | shape |
# |---|---|---|
# | $Q$ | the positions that ask | `(batch, query_length, d_model)` |
# | $K$, $V$ | the positions that are looked at | `(batch, key_length, d_model)` |
# | $W_i^Q$, $W_i^K$, $W_i^V$ | head $i$'s own matrices | `(d_model, d_head)` each |
# | $head_i$ | what head $i$ has found | `(batch, query_length, d_head)` |
# | $W^O$ | brings the findings together | `(d_model, d_model)` |
#
# In **self-attention** all three inputs are the same sequence. They need not be: the date reader asks with a vector of
# its own.
#
# Word for word in code, one head after another:


# %%
def heads_one_by_one(
    query: Tensor, key: Tensor, value: Tensor, w_q: list[Tensor], w_k: list[Tensor], w_v: list[Tensor], w_o: Tensor
) -> Tensor:
    heads = []
    for q, k, v in zip(w_q, w_k, w_v, strict=True):  # matrices of one head, (d_model, d_head) each
        head, _ = attention.scaled_dot_product_attention(query @ q, key @ k, value @ v)
        heads.append(head)  # (batch, query_length, d_head)
    return torch.cat(heads, dim=-1) @ w_o  # (batch, query_length, d_model)


# %% [markdown]
# Now without the loop. Two remarks are enough for it.
#
# - $x\,[A\;B] = [xA\;\;xB]$. So put the small matrices of all heads side by side: **one** matrix
#   `(d_model, d_model)`, one product, and each head finds its result in its own block of columns.
# - Your `scaled_dot_product_attention` takes any leading axes. Heads are one more of them.
#
# As usual today, the matrices are `nn.Linear` layers, which also add a bias.
#
# **Dropout** keeps a model from relying on a single number: in training it sets each to 0 with probability $p$, and
# multiplies the others by $1 / (1 - p)$. Here it acts on the weights, after the softmax. `nn.Dropout(p)` does it, and
# switches itself off outside of training.
#
# ### Exercise `MultiHeadAttention` · 20 minutes · ●●●
#
# Not allowed here: torch's own attention, for it is the exercise. Your functions from above and from lesson 1 are
# welcome.


# %% exercise="MultiHeadAttention"
#| export
class MultiHeadAttention(nn.Module):
    """MultiHead(Q, K, V) = Concat(head_1, …, head_h) W_O, with head_i = Attention(Q W_Qi, K W_Ki, V W_Vi).

    Parameters: query_projection, key_projection, value_projection, output_projection, each an
    nn.Linear(d_model, d_model) with bias. The W_Qi of all heads lie side by side in query_projection,
    in the order of split_heads; likewise for keys and values.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads.
    Source: Vaswani et al. (2017), section 3.2.2.
    """

    def __init__(self, d_model: int, num_heads: int, dropout: float = 0.0):
        super().__init__()
        ### BEGIN SOLUTION
        if d_model % num_heads != 0:
            raise ValueError(f"d_model = {d_model} is not divisible by num_heads = {num_heads}")
        self.num_heads = num_heads
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.output_projection = nn.Linear(d_model, d_model)
        self.dropout = nn.Dropout(dropout)
        ### END SOLUTION

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Attend with all heads at once.

        Shapes: query (batch, query_length, d_model), key and value (batch, key_length, d_model),
        mask bool, broadcastable to (batch, query_length, key_length), with at least two axes; True = may attend.
        It holds for all heads.
        -> output (batch, query_length, d_model), weights (batch, num_heads, query_length, key_length).
        The weights are those before dropout; dropout acts on them before they mix the values, in training only.
        A query that may attend to nothing has weights 0, and its output is the bias of output_projection.
        Raises ValueError and TypeError as scaled_dot_product_attention does, for inputs or masks that do not fit.
        """
        ### BEGIN SOLUTION
        query = split_heads(self.query_projection(query), self.num_heads)  # (batch, num_heads, query_length, d_head)
        key = split_heads(self.key_projection(key), self.num_heads)  # (batch, num_heads, key_length, d_head)
        value = split_heads(self.value_projection(value), self.num_heads)  # (batch, num_heads, key_length, d_head)
        if mask is not None:
            mask = mask.unsqueeze(-3)  # an axis of size 1 for the heads: (batch, 1, query_length, key_length)
        # mixed: (batch, num_heads, query_length, d_head)
        mixed, weights = attention.scaled_dot_product_attention(query, key, value, mask)
        if self.dropout.p > 0:  # in training some weights are dropped: mix once more, with those that are left
            mixed = self.dropout(weights) @ value
        return self.output_projection(merge_heads(mixed)), weights
        ### END SOLUTION


# %% test="MultiHeadAttention"
check(MultiHeadAttention)

# %% [markdown]
# **First proof:** against the loop. We cut your big matrices into those of the single heads. An `nn.Linear` computes
# $x A^\top + b$, so we take its weight transposed, and set all biases to 0.

# %%
torch.manual_seed(1)
layer = MultiHeadAttention(d_model=12, num_heads=3).double()
for name, parameter in layer.named_parameters():
    if name.endswith("bias"):
        nn.init.zeros_(parameter)
query = torch.randn(2, 5, 12, dtype=torch.float64)  # (batch, query_length, d_model)
key, value = torch.randn(2, 2, 7, 12, dtype=torch.float64)  # (batch, key_length, d_model) each

projections = (layer.query_projection, layer.key_projection, layer.value_projection)
w_q, w_k, w_v = (projection.weight.T.split(4, dim=1) for projection in projections)  # 3 heads, (12, 4) each
looped = heads_one_by_one(query, key, value, w_q, w_k, w_v, layer.output_projection.weight.T)
output, weights = layer(query, key, value)
print("output", tuple(output.shape), "weights", tuple(weights.shape))
print("differs from the loop by less than 1e-12:", (output - looped).abs().max().item() < 1e-12)

# %% [markdown]
# **Second proof:** against PyTorch's own layer. It keeps the matrices for query, key and value in one block, one above
# the other. We load its weights into yours. Mind the mask: there, True means *blocked*.

# %%
theirs = nn.MultiheadAttention(12, 3, batch_first=True, dtype=torch.float64)
nn.init.normal_(theirs.in_proj_bias)
state = {"output_projection.weight": theirs.out_proj.weight, "output_projection.bias": theirs.out_proj.bias}
for number, name in enumerate(("query", "key", "value")):
    state[f"{name}_projection.weight"] = theirs.in_proj_weight.chunk(3)[number]  # (36, 12) -> (12, 12)
    state[f"{name}_projection.bias"] = theirs.in_proj_bias.chunk(3)[number]  # (36,) -> (12,)
layer.load_state_dict(state)

mask = torch.rand(5, 7) > 0.4  # (query_length, key_length)
mask[:, 0] = True
output, weights = layer(query, key, value, mask)
wanted, looked = theirs(query, key, value, attn_mask=~mask, average_attn_weights=False)
print("output differs by less than 1e-12: ", (output - wanted).abs().max().item() < 1e-12)
print("weights differ by less than 1e-12: ", (weights - looked).abs().max().item() < 1e-12)

# %% [markdown]
# Same weights, same numbers: whatever was trained with PyTorch's layer runs in yours.

# %% [markdown]
# ## 4 · Claim under test: "multi-head attention lets the model process several sequences at once"
#
# You can read this in introductions to the Transformer. Test it.
# We take three sequences and four heads, change one sequence, and see which weights move.
#
# *Predict: when sequence 1 changes, which sequences notice, and which heads?*

# %%
torch.manual_seed(2)
layer = MultiHeadAttention(d_model=8, num_heads=4)
x = torch.randn(3, 5, 8)  # (batch, length, d_model)


def what_moves(changed: int) -> Tensor:
    other = x.clone()
    other[changed] = torch.randn(5, 8)
    with torch.no_grad():
        before, after = layer(x, x, x)[1], layer(other, other, other)[1]  # (batch, num_heads, 5, 5)
    return ((before - after).abs() > 1e-6).any(dim=-1).any(dim=-1)  # (batch, num_heads)


moved = {f"sequence {changed} changed": what_moves(changed) for changed in range(3)}
figures.show_masks(moved, xlabel="head", ylabel="sequence")

# %% [markdown]
# *What to see:* a dot is a head whose weights have moved. Always one full row: in the sequence that has changed **all**
# heads notice, and in the others none.
#
# So the heads do not share out the sequences. Every head reads every sequence. Side by side are:
#
# - sequences, thanks to the **batch** axis, with one head as well as with eight;
# - several looks at the **same** sequence, thanks to the heads.
#
# If the claim were true, a layer with one head could not take a batch:

# %%
one_head = MultiHeadAttention(d_model=8, num_heads=1)
with torch.no_grad():
    together = one_head(x, x, x)[0]  # (3, 5, 8)
    alone = torch.cat([one_head(s, s, s)[0] for s in x.split(1)])  # three times (1, 5, 8) -> (3, 5, 8)
print("one head, three sequences at once, same result:", torch.allclose(together, alone, atol=1e-6))

# %% [markdown]
# A true sentence is: *multi-head attention lets a position look at one sequence in several ways at once.*

# %% [markdown]
# ## 5 · What it costs
#
# *Predict: we double the number of heads and keep d_model. How many more parameters does the layer have? How many more
# multiplications?*
#
# ### Exercise `count_parameters` · 5 minutes · ●○○


# %% exercise="count_parameters"
#| export
def count_parameters(d_model: int, num_heads: int) -> int:
    """How many numbers a MultiHeadAttention(d_model, num_heads) learns, weights and biases together.

    The result is an int. d_model is divisible by num_heads.
    """
    ### BEGIN SOLUTION
    return 4 * (d_model * d_model + d_model)  # four projections, each with a weight matrix and a bias
    ### END SOLUTION


# %% test="count_parameters"
check(count_parameters)

# %% [markdown]
# ### Exercise `count_multiplications` · 10 minutes · ●●○
#
# Matrix products do nearly all of the work, so we count those.


# %% exercise="count_multiplications"
#| export
def count_multiplications(query_length: int, key_length: int, d_model: int, num_heads: int) -> int:
    """How many multiplications the matrix products of one forward pass take, for a batch of one.

    The product of an (n, k) and a (k, m) matrix takes n · k · m of them. Counted are the four projections, the
    products of queries and keys, and the mixing of values by weights. Not counted are biases, scaling and softmax.
    The result is an int. d_model is divisible by num_heads.
    """
    ### BEGIN SOLUTION
    projections = 2 * (query_length + key_length) * d_model * d_model  # query and output; key and value
    attending = 2 * query_length * key_length * d_model  # scores and mixing: d_head in each of num_heads heads
    return projections + attending
    ### END SOLUTION


# %% test="count_multiplications"
check(count_multiplications)

# %% [markdown]
# PyTorch can count too: it watches a layer at work and adds up floating point operations, two for each multiplication,
# since an addition goes with it.

# %%
from torch.utils.flop_counter import FlopCounterMode

for num_heads in (1, 4, 16):
    theirs = nn.MultiheadAttention(64, num_heads, batch_first=True)
    query, key = torch.randn(1, 50, 64), torch.randn(1, 80, 64)
    with FlopCounterMode(display=False) as counter:
        theirs(query, key, key)
    parameters = count_parameters(64, num_heads)
    products = count_multiplications(50, 80, 64, num_heads)
    agrees = sum(p.numel() for p in theirs.parameters()) == parameters and counter.get_total_flops() == 2 * products
    print(f"{num_heads:2} heads: {parameters:,} parameters, {products:,} multiplications; PyTorch agrees: {agrees}")

# %% [markdown]
# Heads are free: more of them only cut the same numbers into smaller blocks. (Two things do grow with them: the memory
# for the weights, `(batch, num_heads, query_length, key_length)`, and the number of softmaxes.)
#
# What is not free is length. *Predict: from which length on does attending cost more than the four projections?*

# %%
sequence_lengths = [2**power for power in range(4, 15)]  # 16 … 16,384
whole = [count_multiplications(n, n, 512, 8) for n in sequence_lengths]
projecting = [4 * n * 512 * 512 for n in sequence_lengths]  # what grows with the length
attending = [total - part for total, part in zip(whole, projecting, strict=True)]  # what grows with its square
curves = {"attending: queries · keys, weights · values": attending, "four projections": projecting}
figures.show_lines(sequence_lengths, curves, xlabel="length of the sequence", ylabel="multiplications", log="xy")

# %% [markdown]
# *What to see:* two straight lines on logarithmic axes, one with slope 2, one with slope 1. They cross at a length of
# $2 \cdot d_{model}$, here 1024. Below it the projections cost most, above it the square takes over:
# $2 n^2 d_{model}$ against $4 n\, d_{model}^2$.

# %% [markdown]
# ## 6 · Real data: a date at a single glance
#
# The dates are those of lesson 1: days from 1900 to 2099 in eight languages (Unicode's CLDR). Again each letter is
# described together with its two neighbours on either side.
# New: there is **one** query. What comes back is one vector of 32 numbers, and all eight digits are read off it.


# %%
class GlanceReader(nn.Module):
    def __init__(self, letters: int, num_heads: int, d_model: int = 32):
        super().__init__()
        self.embedding = nn.Embedding(letters, d_model, padding_idx=datasets.PADDING)
        self.neighbours = nn.Conv1d(d_model, d_model, kernel_size=5, padding=2)  # 2 letters to the left, 2 to the right
        self.query = nn.Parameter(torch.randn(1, d_model) / 2)
        self.heads = MultiHeadAttention(d_model, num_heads)
        self.readout = nn.Linear(d_model, 8 * 10)

    def forward(self, tokens: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        letters = self.embedding(tokens)  # (batch, length) -> (batch, length, d_model)
        letters = letters + F.relu(self.neighbours(letters.transpose(1, 2)).transpose(1, 2))  # the same shape
        query = self.query.expand(len(tokens), -1, -1)  # (batch, 1, d_model)
        mask = attention.padding_mask(lengths, tokens.shape[1])  # (batch, 1, length)
        output, weights = self.heads(query, letters, letters, mask)  # weights: (batch, num_heads, 1, length)
        logits = self.readout(output[:, 0]).unflatten(1, (8, 10))  # (batch, 80) -> (batch, 8, 10)
        return logits, weights[:, :, 0]  # (batch, num_heads, length)


# %% tags=["experiment"]
train = datasets.date_pairs(8000, seed=0)
test = datasets.date_pairs(500, seed=1, without=train)  # days that occur in no training text
alphabet = datasets.Alphabet(pair.text for pair in train)
tokens, lengths = alphabet.encode([pair.text for pair in train])  # (8000, length), (8000,)
digits = datasets.date_digits(train)  # (8000, 8)
for pair in train[:3]:
    print(f"{pair.iso}  {pair.text}")

# %% [markdown]
# Four heads of eight numbers each. Training takes a few seconds.


# %% tags=["experiment"]
def trained_reader(num_heads: int, seed: int = 0, steps: int = 250) -> GlanceReader:
    torch.manual_seed(seed)
    reader = GlanceReader(len(alphabet), num_heads)

    def loss_of(chosen: Tensor) -> Tensor:
        logits, _ = reader(tokens[chosen], lengths[chosen])  # (32, 8, 10)
        return F.cross_entropy(logits.flatten(0, 1), digits[chosen].flatten())

    training.fit(reader, loss_of, len(train), steps=steps, batch_size=32, learning_rate=3e-2)
    return reader


@torch.no_grad()
def right(reader: GlanceReader) -> dict[str, float]:
    """How many of 100 unseen dates are right, as a whole and in each part."""
    logits, _ = reader(*alphabet.encode([pair.text for pair in test]))
    hits = logits.argmax(dim=-1) == datasets.date_digits(test)  # (500, 8)
    parts = {"whole date": hits, "year": hits[:, :4], "month": hits[:, 4:6], "day": hits[:, 6:]}
    return {name: part.all(dim=1).double().mean().item() * 100 for name, part in parts.items()}


reader = trained_reader(num_heads=4)
print("at least 80 of 100 unseen days are exactly right:", right(reader)["whole date"] >= 80)

# %% [markdown]
# And now look into its heads. The same day in three languages:

# %% tags=["experiment"]
TEXTS = ("Friday, 20 November 2026", "2026. november 20., péntek", "20 Kasım 2026 Cuma")


@torch.no_grad()
def read(reader: GlanceReader) -> dict[str, Tensor]:
    """Prints what the reader writes for each of the texts; returns where its heads looked, (num_heads, length)."""
    maps = {}
    for text in TEXTS:
        logits, weights = reader(*alphabet.encode([text]))
        maps[text] = weights[0]
        print("".join(str(digit) for digit in logits[0].argmax(dim=-1).tolist()), "<-", text)
    return maps


# %% tags=["experiment", "nbval-ignore-output"]
figures_heads.show_heads(read(reader))
print("you guessed", guess_for_the_covered_head, "for the covered head")

# %% [markdown]
# *What to see:* follow one head down the three pictures. The letters move, and the head moves with them: a head for the
# month finds the month wherever it stands. The covered head of the first picture was the one for the month.
#
# Nobody told the heads to share out the work. It came from training alone. Which head takes which part is chance; with
# another seed, or on another machine, yours may be shared out otherwise, and a part may fall to two heads.

# %% [markdown]
# ## 7 · One wide head or several narrow ones?
#
# All readers below have the same size: the same 32 numbers, cut into 1, 2, 4 or 8 blocks. They get the same training.
# *Predict: which reader reads most dates? What will a single wide head get right?*

# %% tags=["experiment"]
readers = {num_heads: reader if num_heads == 4 else trained_reader(num_heads) for num_heads in (1, 2, 4, 8)}
shares = {num_heads: right(each) for num_heads, each in readers.items()}
sizes = {sum(p.numel() for p in each.parameters()) for each in readers.values()}
print("all have the same number of parameters:", len(sizes) == 1)
print("four heads read more dates than one:   ", shares[4]["whole date"] > shares[1]["whole date"])
rows = {f"{n} head{'s' * (n > 1)} of {32 // n}": share for n, share in shares.items()}
figures_heads.show_table(rows, ylabel="reader", title="right, of 100 unseen days")

# %% [markdown]
# *What to see:* a single head reads each part often, and rarely all of them in the same date. Each further head can
# bring another part for good. With four, everything is there.
#
# Where does the single head look?

# %% tags=["experiment", "nbval-ignore-output"]
figures_heads.show_heads(read(readers[1]))

# %% [markdown]
# *What to see:* one row has to serve for everything, so its weight is divided, and each part comes through faintly.
# Yours may have divided it otherwise.
#
# Is it impossible with one head, then? Let us be fair. Nothing forbids a row with a third of its weight on each part,
# and the values of a year, a month and a day are different vectors, so that their mixture could be taken apart again.
#
# <details><summary>Try <code>right(trained_reader(1, steps=1000))</code>, four times as long.
# What do you expect?</summary>
# It reads them all: 100 of 100 in each of our four trials. One wide head <em>can</em> do it. It only finds it much
# harder: where one place gets more weight, the others get less, for they share one softmax.
# In ten runs of 250 steps with different seeds, one head read between 15 and 49 of 100 dates, four heads between 92
# and 99.
# </details>
#
# So heads are not about what *can* be computed with this many numbers. They are about what is *easily learned*.

# %% [markdown]
# ## 8 · Taking heads out
#
# In lesson 1 we were careful: a heat map shows where a model looks, not what it uses. But one can do more than look.
# Take a head out of the finished model, and see what breaks.
#
# After merging, head $i$ fills its own block of columns, and `output_projection` multiplies each column with a column
# of its weight. Set these to 0, and nothing of the head arrives.

# %% tags=["experiment"]
import copy


@torch.no_grad()
def without(reader: GlanceReader, num_heads: int, *removed: int) -> GlanceReader:
    reader = copy.deepcopy(reader)
    blocks = reader.heads.output_projection.weight.split(32 // num_heads, dim=1)  # (32, d_head) for each head
    for head in removed:
        blocks[head].zero_()
    return reader


lost = {f"without head {head}": right(without(reader, 4, head)) for head in range(4)}
figures_heads.show_table({"all four": right(reader)} | lost, ylabel="heads", title="right, of 100 unseen days")
worst = {part: min(share[part] for share in lost.values()) for part in ("year", "month", "day")}
print("each part has a head without which it falls below 60:", max(worst.values()) < 60)

# %% [markdown]
# *What to see:* take a head out, and its part of the date is lost, while the others stay nearly as they were. A month
# without its head is no more than a guess, right about once in twelve times.

# %% tags=["experiment", "nbval-ignore-output"]
month_head = min(range(4), key=lambda head: lost[f"without head {head}"]["month"])
print(f"without head {month_head}:")
read(without(reader, 4, month_head))
print("you guessed", guess_without_it)

# %% [markdown]
# Nearly the right date: year and day are as before, only the month is wrong. Was your guess right?
#
# Here the heat map told the truth: what a head looks at is what it is used for. Now you *know* it, because you have
# tried.
#
# How many of eight heads can go? We remove them one by one, always the one that is missed least.
# *Predict: how many can go before half of the dates are lost?*

# %% tags=["experiment"]
removed: list[int] = []
steps = [right(readers[8])]
while len(removed) < 8:
    left = [head for head in range(8) if head not in removed]
    after = {head: right(without(readers[8], 8, *removed, head)) for head in left}
    removed.append(max(left, key=lambda head: after[head]["whole date"]))
    steps.append(after[removed[-1]])

curves = {part: [share[part] for share in steps] for part in steps[0]}
figures.show_lines(range(9), curves, xlabel="heads removed, of 8", ylabel="right, of 100 unseen days")
worst_of_four = max(share["whole date"] for share in lost.values())
print("the first of eight is missed less than the first of four:", steps[1]["whole date"] > worst_of_four)

# %% [markdown]
# *What to see:* with eight heads some parts are read by several, so the first head to go is missed less than with
# four: in ten runs with different seeds, 68 to 99 of 100 dates were still right, against 22 to 61 of 100.
# After that it goes down quickly: in a model as small as this one, no head is idle.
#
# In large models it is different. Michel et al. (2019) removed most heads of some layers at almost no cost; Voita et
# al. (2019) found a few heads that do the work and can be named, and many that can go.

# %% [markdown]
# ## 9 · Something odd
#
# Exchange two heads: their rows in the first three projections, and their columns in `output_projection`.
# *Predict: what happens to the output?*

# %% tags=["experiment"]
order = [2, 0, 3, 1]  # the new order of the four heads
shuffled = copy.deepcopy(reader)
with torch.no_grad():
    for projection in (shuffled.heads.query_projection, shuffled.heads.key_projection, shuffled.heads.value_projection):
        projection.weight.copy_(torch.cat([projection.weight.split(8)[head] for head in order]))
        projection.bias.copy_(torch.cat([projection.bias.split(8)[head] for head in order]))
    columns = shuffled.heads.output_projection.weight
    columns.copy_(torch.cat([columns.split(8, dim=1)[head] for head in order], dim=1))
    one = alphabet.encode(["Friday, 20 November 2026"])
    before, after = reader(*one)[0], shuffled(*one)[0]
print("the output stays the same:", torch.allclose(before, after, atol=1e-4))

# %% [markdown]
# Nothing happens: the heads have no order. So "head 3" means nothing across two trained models, and a model with $h$
# heads has $h! = 1 \cdot 2 \cdots h$ twins that compute the same. For four heads that is 24.
#
# And still the letters have no order either: keys and values may be shuffled as in lesson 1, however many heads look
# at them. That is what lesson 3 is about.

# %% [markdown]
# ## Keep
#
# $$\mathrm{MultiHead}(Q, K, V) = \mathrm{Concat}(head_1, \dots, head_h)\, W^O
# \qquad head_i = \mathrm{Attention}(Q W_i^Q, K W_i^K, V W_i^V)$$
#
# | step | shape |
# |---|---|
# | project | `(batch, length, d_model)` -> the same |
# | `split_heads` | -> `(batch, num_heads, length, d_head)`, `d_head = d_model / num_heads` |
# | attend | weights `(batch, num_heads, query_length, key_length)` |
# | `merge_heads` | -> `(batch, query_length, d_model)` |
# | project | -> the same |
#
# - One look returns one mixture. Heads are several looks of one position at one sequence.
# - A mask gets an axis of size 1 for the heads: `(batch, 1, query_length, key_length)`.
# - The number of heads changes neither parameters, $4\,(d_{model}^2 + d_{model})$, nor multiplications. Length does:
#   beyond $2\, d_{model}$ positions, its square costs most.
# - A reshape cuts and joins neighbouring axes. It never moves one past another.
# - To learn what a head is used for, take it out.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. Why not give each head all d_model numbers?</summary>
# One could. But h heads would then cost h times as much. With d_model / h numbers each, h heads cost as much as one.
# </details>
#
# <details><summary>2. What would be lost without output_projection?</summary>
# What a head has found would stay in its own block of columns. The last projection lets every number of the result
# depend on all heads.
# </details>
#
# <details><summary>3. A layer with 16 heads, batch 8, length 1000, float32: how much memory do the weights take?
# </summary>
# 8 · 16 · 1000 · 1000 numbers of 4 bytes: 512 MB. Sixteen times as much as with one head, for the same parameters and
# the same multiplications.
# </details>
#
# **Saved** in `my_transformer/multi_head.py`: your functions and your layer. Lesson 4 builds the encoder on it.
#
# **Read on.**
# Vaswani et al., *Attention Is All You Need* (2017), section 3.2.2 ·
# Michel, Levy and Neubig, *Are Sixteen Heads Really Better than One?* (2019), and Voita et al., *Analyzing Multi-Head
# Self-Attention: Specialized Heads Do the Heavy Lifting, the Rest Can Be Pruned* (2019): taking heads out of large
# models ·
# Shazeer, *Fast Transformer Decoding: One Write-Head is All You Need* (2019): all heads may share keys and values.

# %% tags=["nbval-ignore-output"]
progress()
