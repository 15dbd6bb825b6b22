# %% [markdown]
# # 3 · Positional encoding
#
# Attention takes words as a bag: it does not know which came first. In this lesson you see that, and give every
# position a mark of its own. Four short pieces of code, one beautiful idea: waves.
#
# | part | you do | time |
# |---|---|---|
# | 1 | prove that attention knows no order | 8 min |
# | 2 | **exercise** `sinusoidal_encoding` ●●○ | 15 min |
# | 3 | **exercise** `PositionalEncoding` ●●○ | 10 min |
# | 4 | **exercise** `shift_matrix` ●●●, and what the table has to do with distance | 20 min |
# | 5 | **exercise** `rotate` ●●○: turning instead of adding | 15 min |
# | 6–9 | read digits from patches, test two claims, find something odd | 17 min |
#
# Only the code in an exercise's own cell is graded and carried over. Stuck? `hint("sinusoidal_encoding", 1)`, then 2,
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
from coach import carry_over, check, datasets, figures, figures_positions, hint, progress, training

# %% [markdown]
# ## 0 · What you will build
#
# Here are six handwritten digits. Each was cut into 16 patches, and the patches were laid out in another order.

# %%
images, labels = datasets.digit_images()  # (1797, 64), (1797,)
riddle = [3, 10, 7, 5, 14, 8]  # six of the images
puzzle_order = torch.randperm(16, generator=torch.Generator().manual_seed(4))
figures_positions.show_shuffled(images[riddle], puzzle_order, ["?"] * 6)

# %% [markdown]
# A model without positions sees every picture like this: it knows the sixteen patches, but not where they belong.
# At the end of this lesson you train one such model, and one that has your positions.
#
# *Before you scroll on:* how many of 100 unseen digits can a model read that gets the patches as a bag?
# Guessing blindly gives 10. Note your guess here, and run the cell.

# %%
guess_without_positions = "?"

# %% [markdown]
# ## 1 · A bag of words
#
# We need the code of two earlier lessons:

# %% tags=["nbval-ignore-output"]
attention = carry_over("attention")
multi_head = carry_over("multi_head")

# %% [markdown]
# Three words, each with a vector of its own. Two sentences, made of the same words.
# Your `MultiHeadAttention` reads both.
#
# *Predict: "dog" bites in the first sentence and is bitten in the second. Will its output differ?*

# %%
torch.manual_seed(1)
vectors = {word: torch.randn(8, dtype=torch.float64) for word in ("dog", "bites", "man")}  # (8,) each


def embed(text: str) -> Tensor:
    return torch.stack([vectors[word] for word in text.split()]).unsqueeze(0)  # (1, length, 8)


layer = multi_head.MultiHeadAttention(d_model=8, num_heads=2).double()


def outputs_by_word(text: str, x: Tensor) -> dict[str, Tensor]:
    output, _ = layer(x, x, x)  # (1, length, 8)
    return dict(zip(text.split(), output[0], strict=True))


first = outputs_by_word("dog bites man", embed("dog bites man"))
second = outputs_by_word("man bites dog", embed("man bites dog"))
for word in vectors:
    print(f"{word:6} same output in both sentences: {torch.allclose(first[word], second[word])}")

# %% [markdown]
# Not one number changes: each output has moved along with its word. Is that chance? Try longer input and a hundred
# orders:

# %%
x = torch.randn(1, 10, 8, dtype=torch.float64)  # (batch, length, d_model)
output, _ = layer(x, x, x)
largest = 0.0
for _ in range(100):
    order = torch.randperm(10)
    shuffled = x[:, order]
    shuffled_output, _ = layer(shuffled, shuffled, shuffled)
    largest = max(largest, (shuffled_output - output[:, order]).abs().max().item())
print("shuffle, then attend = attend, then shuffle, to 1e-12:", largest < 1e-12)

# %% [markdown]
# This has a name: self-attention is **permutation equivariant**. Why? Shuffling the rows of $X$ is a product $PX$
# with a matrix $P$ of zeros and ones, and $P^\top P = I$.
#
# In each head:
#
# 1. The scores $X A X^\top$ become $P (X A X^\top) P^\top$: rows and columns are shuffled alike.
#    ($A$ stands for $W_Q W_K^\top / \sqrt{d_k}$.)
# 2. The softmax works on each row by itself, in whatever order its entries come: the weights $S$ become $P S P^\top$.
# 3. The output $S X W_V$ becomes $P S P^\top P X W_V = P\,(S X W_V)$. The $P$s in the middle cancel.
#
# Add up the outputs of all positions, and even $P$ is gone: a bag. If order is to count, it must be **in** the vectors.

# %% [markdown]
# ## 2 · A wave for every pair of columns
#
# Each position $p$ needs a mark, a vector that we can add to the word's vector. What could it be?
#
# | idea | trouble |
# |---|---|
# | the number $p$ | grows without end: at position 1000 it drowns the word |
# | $p$ / length | one step means something else in every text |
# | the binary digits of $p$ | small and unique, but they jump: from 7 = 0111 to 8 = 1000 every digit changes |
# | smooth binary digits | none of these |
#
# Look at the binary digits as a picture, the last digit first. It changes at every step, the one before it at every
# second step, and so on. Beside it, each is replaced by a smooth wave of the same period.
#
# *Predict: are all 16 rows of the right picture different?*

# %%
positions = torch.arange(16).unsqueeze(1)  # (16, 1)
periods = torch.tensor([2.0, 4.0, 8.0, 16.0])  # (4,)
bits = 1 - 2 * (positions * 2 // periods % 2)  # (16, 4): 1 for the digit 0, −1 for the digit 1
waves = torch.cos(2 * math.pi * positions / periods)  # (16, 4)
figures_positions.show_signed({"binary digits": bits, "waves": waves}, xlabel="digit, from the last")

# %% [markdown]
# *What to see:* in both, fast columns on the left, slow ones on the right. Like the hands of a clock: seconds, minutes,
# hours. But on the right, rows 1 and 15 are equal! So are 2 and 14. A single wave has the same height on its way down
# and on its way up.
#
# So each period gets two columns, a sine and a cosine. Together they are one hand of a clock, its tip at
# $(\cos, \sin)$: no two directions of it are alike. The paper's table (Vaswani et al. 2017, section 3.5):
#
# $$PE(p, 2i) = \sin(p\,\omega_i) \qquad PE(p, 2i + 1) = \cos(p\,\omega_i) \qquad
# \omega_i = \frac{1}{10000^{2i / d_\text{model}}}$$
#
# | symbol | in code | meaning |
# |---|---|---|
# | $p$ | row, 0 … `length` − 1 | the position |
# | $i$ | 0, 1, … | the number of the pair of columns 2i and 2i + 1 |
# | $\omega_i$ | | how far the hand of pair $i$ turns at each step, in radians |
# | 10000 | `base` | the slowest hand turns nearly this many times slower than the fastest |
# | $PE$ | the table | `(length, d_model)` |
#
# *By hand:* with `d_model` = 4 there are two pairs, $\omega_0 = 1$ and $\omega_1 = 1/100$.
# What is row 0? And row 1, roughly?
#
# ### Exercise `sinusoidal_encoding` · 15 minutes · ●●○

# %% exercise="sinusoidal_encoding"
#| export
def sinusoidal_encoding(length: int, d_model: int, base: float = 10000.0) -> Tensor:
    """One row of sines and cosines for each position: the table of positional encodings.

    PE(p, 2i) = sin(p / base^(2i / d_model)),  PE(p, 2i + 1) = cos(p / base^(2i / d_model)).
    p = 0, 1, … is the position, i = 0, 1, … the number of the pair of columns.

    Shapes: -> (length, d_model), float32, without requires_grad. Sines and cosines alternate.
    d_model may be odd: then the last column is a sine without its cosine.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.5.
    """
    ### BEGIN SOLUTION
    positions = torch.arange(length, dtype=torch.float64).unsqueeze(1)  # (length, 1)
    even = torch.arange(0, d_model, 2, dtype=torch.float64)  # 2i for every pair: (pairs,)
    angles = positions / base ** (even / d_model)  # (length, pairs)
    table = torch.empty(length, d_model, dtype=torch.float64)
    table[:, 0::2] = angles.sin()
    table[:, 1::2] = angles[:, : d_model // 2].cos()  # an odd d_model has one cosine less
    return table.float()
    ### END SOLUTION


# %% test="sinusoidal_encoding"
check(sinusoidal_encoding)

# %% [markdown]
# Was your row right? Row 0 is 0, 1, 0, 1 for every table.

# %%
for row, numbers in enumerate(sinusoidal_encoding(3, 4).tolist()):
    print(row, "  ".join(f"{number:5.2f}" for number in numbers))

# %% [markdown]
# The whole table as a picture, for 64 positions, and a second one with a smaller base.
# *Predict: which of them has the faster waves?*

# %%
table = sinusoidal_encoding(64, 64)  # (length, d_model)
figures_positions.show_signed({"base 10000": table, "base 100": sinusoidal_encoding(64, 64, base=100.0)})

# %% [markdown]
# *What to see:* fast waves on the left, slow ones on the right. In the first table the right half is nearly constant,
# 0 and 1 in turn: those hands are so slow that 64 steps hardly move them. They are there for longer texts.
# The fastest wave is the same in both. With the smaller base all others are faster.
#
# Four columns of the first table, and how many steps a column needs for one turn, $2\pi / \omega_i$:

# %%
figures_positions.show_waves(table, columns=(0, 8, 16, 24))
print("steps per turn:", [round(2 * math.pi * 10000 ** (column / 64)) for column in (0, 8, 16, 24, 62)])

# %% [markdown]
# *What to see:* each curve is the same wave, stretched. (Column 0 has corners, for there are only six positions to a
# turn.) The last number belongs to the slowest pair: it turns once in 47,000 positions.

# %% [markdown]
# ## 3 · Adding the table to a sequence
#
# A model gets $x + PE$: to the vector of the word at position $p$, row $p$ of the table is added.
#
# | | shape |
# |---|---|
# | the words, `x` | `(batch, length, d_model)` |
# | the table, its first `length` rows | `(length, d_model)` |
# | the sum | `(batch, length, d_model)` |
#
# The table is no parameter: there is nothing to learn in it. But it belongs to the module. It has to move to the
# accelerator with it, and change its dtype with it. PyTorch calls such a tensor a **buffer**
# (`nn.Module.register_buffer`).
#
# ### Exercise `PositionalEncoding` · 10 minutes · ●●○

# %% exercise="PositionalEncoding"
#| export
class PositionalEncoding(nn.Module):
    """Adds to every vector of a sequence the encoding of its position, then applies dropout.

    It has no parameters: the table is computed once, for max_length positions, and not trained.
    It must move with the module (`.to`, `.double()`), which a buffer does.
    Source: Vaswani et al. (2017), sections 3.5 and 5.4.
    """

    def __init__(self, d_model: int, max_length: int = 5000, dropout: float = 0.0):
        super().__init__()
        ### BEGIN SOLUTION
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model), persistent=False)
        self.dropout = nn.Dropout(dropout)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        Dropout acts on the sum, in training only.
        Raises ValueError, with length and max_length in the message, if the sequence is longer than max_length;
        and, with both numbers in the message, if the last axis of x is not d_model.
        """
        ### BEGIN SOLUTION
        max_length, d_model = self.table.shape
        length = x.shape[1]
        if length > max_length:
            raise ValueError(f"a sequence of length {length} is longer than max_length = {max_length}")
        if x.shape[-1] != d_model:
            raise ValueError(f"x has {x.shape[-1]} numbers per position, but d_model is {d_model}")
        return self.dropout(x + self.table[:length])  # (batch, length, d_model) + (length, d_model)
        ### END SOLUTION


# %% test="PositionalEncoding"
check(PositionalEncoding)

# %% [markdown]
# Now the two sentences again. *Predict: which of the three words have the same output this time?*

# %%
encoding = PositionalEncoding(d_model=8).double()
first = outputs_by_word("dog bites man", encoding(embed("dog bites man")))
second = outputs_by_word("man bites dog", encoding(embed("man bites dog")))
for word in vectors:
    print(f"{word:6} same output in both sentences: {torch.allclose(first[word], second[word])}")

# %% [markdown]
# None. Even "bites" differs, which stands in the middle of both: it sees *dog first* in one and *man first* in the
# other.
#
# Dropout acts on the sum, in training only: a model should not rely on any single number, of the word or of the place.
#
# Many models learn their table instead, row by row. The authors tried that too and found "nearly identical results".
# The sines have one advantage: there is a row for every position, also for those that training never reached.

# %% [markdown]
# ## 4 · Moving along the table is one matrix
#
# How alike are two positions? Take the dot product of their rows.
# *Predict: positions 10 and 15, positions 40 and 45. Which two are more alike?*

# %%
likeness = table @ table.T  # (64, 64)
figures_positions.show_signed({"row · row": likeness}, xlabel="position")
for first_row, second_row in ((10, 15), (40, 45), (15, 10)):
    print(f"row {first_row} · row {second_row} = {likeness[first_row, second_row].item():.1f}")

# %% [markdown]
# *What to see:* stripes along the diagonal. Only the distance counts, not the place. Drawn over the distance, all
# rows give one curve:

# %%
distances = range(-20, 21)
curves = {f"from position {p}": [likeness[p, p + k].item() for k in distances] for p in (20, 30, 40)}
figures.show_lines(distances, curves, xlabel="distance", ylabel="row · row")

# %% [markdown]
# *What to see:* one curve three times. It is highest at distance 0, falls to both sides, and does not know left from
# right.
#
# Why: $\sin a \sin b + \cos a \cos b = \cos(a - b)$. So $PE(p) \cdot PE(q) = \sum_i \cos\big((p - q)\,\omega_i\big)$,
# and only $p - q$ is left.
#
# The authors chose the table for a stronger reason: "for any fixed offset $k$, $PE_{pos+k}$ can be represented as a
# linear function of $PE_{pos}$". One matrix moves **every** row by $k$ positions. Each hand of the clock turns by
# $k\,\omega_i$, wherever it stands, and a turn is linear:
#
# $$\sin(a + b) = \sin a \cos b + \cos a \sin b \qquad \cos(a + b) = \cos a \cos b - \sin a \sin b$$
#
# ### Exercise `shift_matrix` · 15 minutes · ●●●

# %% exercise="shift_matrix"
#| export
def shift_matrix(offset: int, d_model: int, base: float = 10000.0) -> Tensor:
    """The matrix M that moves every encoding by the same number of positions: pe[p + offset] = pe[p] @ M.T.

    pe is the table of sinusoidal_encoding. M depends on the offset, and not on the position p.
    offset may be negative: then M moves back.

    Shapes: -> (d_model, d_model), float32, without requires_grad.
    Raises ValueError, with d_model in the message, if d_model is odd: a sine without its cosine cannot be moved.
    Source: Vaswani et al. (2017), section 3.5: "PE(pos + k) can be represented as a linear function of PE(pos)".
    """
    ### BEGIN SOLUTION
    if d_model % 2 != 0:
        raise ValueError(f"d_model must be even, not {d_model}")
    even = torch.arange(0, d_model, 2, dtype=torch.float64)  # (pairs,)
    angles = offset / base ** (even / d_model)  # by how much each pair turns: (pairs,)
    matrix = torch.zeros(d_model, d_model, dtype=torch.float64)
    sines, cosines = torch.arange(0, d_model, 2), torch.arange(1, d_model, 2)
    matrix[sines, sines] = angles.cos()  # sin(a + b) = sin a · cos b + cos a · sin b
    matrix[sines, cosines] = angles.sin()
    matrix[cosines, sines] = -angles.sin()  # cos(a + b) = −sin a · sin b + cos a · cos b
    matrix[cosines, cosines] = angles.cos()
    return matrix.float()
    ### END SOLUTION


# %% test="shift_matrix"
check(shift_matrix)

# %% [markdown]
# Proof on a long table, all positions at once, forwards and back:

# %%
long_table = sinusoidal_encoding(1000, 64)
for offset in (1, 7, 100):
    moved = long_table[:-offset] @ shift_matrix(offset, 64).T  # (1000 − offset, 64)
    back = long_table[offset:] @ shift_matrix(-offset, 64).T
    forwards = torch.allclose(moved, long_table[offset:], atol=1e-3)  # float32, far out
    print(f"offset {offset:3}: forwards {forwards}, back {torch.allclose(back, long_table[:-offset], atol=1e-3)}")

# %% [markdown]
# Three such matrices. *Predict: what is shift by 3, then shift by 4? And what is the transpose?*

# %%
matrices = {f"shift by {offset}": shift_matrix(offset, 8) for offset in (0, 1, 4)}
figures_positions.show_signed(matrices, ylabel="row")
print("3, then 4, is 7:       ", torch.allclose(shift_matrix(4, 8) @ shift_matrix(3, 8), shift_matrix(7, 8), atol=1e-5))
print("the transpose goes back:", torch.allclose(shift_matrix(5, 8).T, shift_matrix(-5, 8), atol=1e-5))

# %% [markdown]
# *What to see:* one small square per pair, nothing elsewhere. The first pair turns fast, the last hardly moves.
#
# What is that good for? A head multiplies queries by a matrix that it has learned. If it learns this one, it looks a
# fixed number of words back, from wherever it stands. We build such a head by hand:

# %%
place = sinusoidal_encoding(12, 64)  # (length, d_model)
query = 8 * place @ shift_matrix(-3, 64).T  # each position asks for the one three before it; 8 makes it surer
_, weights = attention.scaled_dot_product_attention(query, place, place)
figures.show_attention(weights, title="a head that looks three to the left")

# %% [markdown]
# *What to see:* a diagonal, three places to the left, and a little blurred, for neighbours are alike. The first three
# rows find nothing there and take the nearest.

# %% [markdown]
# ## 5 · Turning instead of adding
#
# If only distances should count, why add anything? Su et al. (2021) turn the queries and keys themselves. The vector
# at position $p$ is cut into pairs, and pair $i$ is turned by the angle $p\,\omega_i$. This is **rotary position
# embedding**, RoPE, which most large language models use today.
#
# The word's own vector is the hand of the clock now. Two vectors that are turned by the same angle keep their dot
# product. So the score of a query at $p$ and a key at $r$ depends on $r - p$ only. That holds for **any** query and
# key, not just for rows of the table.
#
# ### Exercise `rotate` · 15 minutes · ●●○

# %% exercise="rotate"
#| export
def rotate(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """Rotary position embedding: turn every pair of numbers by an angle that grows with the position.

    The pair (x[2i], x[2i + 1]) of the vector at position p is turned by the angle a = p · base^(−2i / d):
    (x[2i] · cos a − x[2i + 1] · sin a,  x[2i] · sin a + x[2i + 1] · cos a).

    Shapes: x (..., length, d), positions (length,), integers -> (..., length, d), the dtype of x.
    There may be any number of leading axes. The input is not changed, and gradients flow to x.
    Raises ValueError, with d in the message, if d is odd; and, with both sizes in the message, if there are not
    as many positions as vectors.
    Source: Su et al., RoFormer (2021), section 3.2.2, equation 15.
    """
    ### BEGIN SOLUTION
    length, d = x.shape[-2:]
    if d % 2 != 0:
        raise ValueError(f"the last axis must be even, not {d}")
    if positions.shape != (length,):
        raise ValueError(f"there are {length} vectors, but the positions have the shape {tuple(positions.shape)}")
    even = torch.arange(0, d, 2, dtype=torch.float64)  # (pairs,)
    angles = positions.unsqueeze(1) / base ** (even / d)  # (length, pairs)
    sine, cosine = angles.sin().to(x.dtype), angles.cos().to(x.dtype)
    first, second = x[..., 0::2], x[..., 1::2]  # (..., length, pairs)
    turned = torch.stack((first * cosine - second * sine, first * sine + second * cosine), dim=-1)
    return turned.flatten(-2)  # (..., length, pairs, 2) -> (..., length, d)
    ### END SOLUTION


# %% test="rotate"
check(rotate)

# %% [markdown]
# The same query vector $q$ at 24 positions meets the same key vector $k$ at 24 positions. Once with the table added,
# once turned. *Predict: in which picture does the score depend on the distance alone?*

# %%
torch.manual_seed(2)
here = torch.arange(24)
q, k = torch.randn(64, dtype=torch.float64), torch.randn(64, dtype=torch.float64)
marks = sinusoidal_encoding(24, 64).double()  # (24, 64)
added = (q + marks) @ (k + marks).T  # (24, 24): row = query position, column = key position
turned = rotate(q.expand(24, 64), here) @ rotate(k.expand(24, 64), here).T  # (24, 24)
maps = {"added": added - added.mean(), "turned": turned - turned.mean()}
figures_positions.show_signed(maps, xlabel="key position", ylabel="query position")


def depends_on_distance_alone(scores: Tensor) -> bool:
    return torch.allclose(scores[1:, 1:], scores[:-1, :-1], atol=1e-3)  # one step down and right: the same distance


for name, scores in maps.items():
    print(f"{name}: distance alone: {depends_on_distance_alone(scores)}")

# %% [markdown]
# *What to see:* on the right every diagonal has one colour. On the left it has not: there the product also holds
# $q \cdot PE(r)$ and $PE(p) \cdot k$, which know the place.
# And the right picture is not symmetric: before and behind differ.
#
# You have met these turns before. *Predict: which of your functions gives the same?*

# %%
x = torch.randn(5, 8)  # (length, d)
by_matrix = torch.stack([row @ shift_matrix(p, 8) for p, row in enumerate(x)])  # (5, 8)
print("rotate(x)[p] = x[p] @ shift_matrix(p):", torch.allclose(rotate(x, torch.arange(5)), by_matrix, atol=1e-4))

# %% [markdown]
# RoPE turns each vector by its own shift matrix. The table in part 2 is even a special case, up to the order of sine
# and cosine: turn the vector 1, 0, 1, 0, … and each pair becomes $\cos$, $\sin$.

# %% [markdown]
# ## 6 · Real data: digits from sixteen patches
#
# Back to the riddle. Each image of 8 × 8 pixels is cut into 16 patches of 2 × 2: sixteen "words" of four numbers.
# Vision Transformers read pictures in this way (Dosovitskiy et al. 2021).

# %%
def cut(images: Tensor) -> Tensor:
    rows = images.reshape(-1, 4, 2, 4, 2)  # (count, row of patches, row in it, column of patches, column in it)
    return rows.transpose(2, 3).reshape(-1, 16, 4)  # (count, 16 patches, 4 pixels)


patches = 2 * cut(images).float() - 1  # (1797, 16, 4): from −1, white, to 1, black
shuffled = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
train, test = shuffled[:1347], shuffled[1347:]  # three quarters to learn from, 450 to test on

# %% [markdown]
# The reader: patches become vectors, look at each other through your `MultiHeadAttention`, and their **sum** says
# which digit it is. The sum knows no order. So all that the reader can know about places comes from its `embedding`.
#
# Lent from lesson 4, where you build them: `nn.LayerNorm`, the little networks that see one vector at a time, and the
# sums `x + …`.

# %%
D_MODEL = 32


def each_alone() -> nn.Module:
    return nn.Sequential(nn.LayerNorm(D_MODEL), nn.Linear(D_MODEL, 128), nn.ReLU(), nn.Linear(128, D_MODEL))


class DigitReader(nn.Module):
    def __init__(self, embedding: nn.Module, look: nn.Module | None = None):
        super().__init__()
        self.embedding = embedding  # (batch, 16, 4) -> (batch, 16, d_model)
        self.before, self.after = each_alone(), each_alone()
        self.norm = nn.LayerNorm(D_MODEL)
        self.look = look or multi_head.MultiHeadAttention(D_MODEL, num_heads=4)
        self.readout = nn.Linear(D_MODEL, 10)

    def forward(self, patches: Tensor) -> Tensor:
        x = self.embedding(patches)
        x = x + self.before(x)
        normed = self.norm(x)
        output, _ = self.look(normed, normed, normed)
        x = x + output
        x = x + self.after(x)  # (batch, 16, d_model)
        return self.readout(x.sum(dim=1))  # (batch, d_model) -> (batch, 10)


# %% [markdown]
# Training, answers, and how many of them are right:

# %%
def trained(reader: DigitReader, patches: Tensor) -> DigitReader:
    def loss_of(chosen: Tensor) -> Tensor:
        return F.cross_entropy(reader(patches[train[chosen]]), labels[train[chosen]])

    training.fit(reader, loss_of, len(train), steps=300, batch_size=32, learning_rate=2e-2)
    return reader


@torch.no_grad()
def answers(reader: DigitReader, patches: Tensor) -> Tensor:
    return reader(patches).argmax(dim=-1)  # (count, 16, 4) -> (count,)


def right(reader: DigitReader, patches: Tensor) -> float:
    """How many of 100 test images are read correctly."""
    return (answers(reader, patches[test]) == labels[test]).double().mean().item() * 100


# %% [markdown]
# Two readers, alike but for one thing: your `PositionalEncoding`. A few seconds each.

# %% tags=["experiment"]
torch.manual_seed(0)
without = trained(DigitReader(nn.Linear(4, D_MODEL)), patches)
torch.manual_seed(0)
embedding = nn.Sequential(nn.Linear(4, D_MODEL), PositionalEncoding(D_MODEL, max_length=16))
adding = trained(DigitReader(embedding), patches)

score = {"without positions": right(without, patches), "table added": right(adding, patches)}
figures.show_bars(score, xlabel="right, of 100 unseen digits", marked=["without positions"])
print("with positions, at least 90 are right: ", score["table added"] >= 93)
print("positions are worth at least 15 of 100:", score["table added"] - score["without positions"] >= 15)
print("you guessed", guess_without_positions, "without positions")

# %% [markdown]
# *What to see:* a bag of patches is enough for about seven of ten digits, which may surprise you: blank patches,
# straight edges and corners can be counted. The rest takes places.
# Other seeds give 67 to 74 without positions, and 93 to 97 with them.
#
# Now shuffle the patches of all test images, as in the riddle. *Predict: what happens to each of the two?*

# %% tags=["experiment"]
moved = patches[:, puzzle_order]
figures.show_bars(
    {
        "without positions, in order": score["without positions"],
        "without positions, shuffled": right(without, moved),
        "table added, in order": score["table added"],
        "table added, shuffled": right(adding, moved),
    },
    xlabel="right, of 100 unseen digits",
    marked=["without positions, shuffled", "table added, shuffled"],
)
print("without positions, every answer stays:", torch.equal(answers(without, patches), answers(without, moved)))
print("with positions, fewer than 50 of 100 are right:", right(adding, moved) < 50)

# %% [markdown]
# *What to see:* the first pair of bars is equal, to the last image: part 1, on real data. The second reader relies on
# places, and is lost.
#
# The riddle, solved:

# %%
figures.show_images(images[riddle], [str(label) for label in labels[riddle].tolist()])

# %% [markdown]
# ## 7 · Claim under test: "positions are concatenated to the embedding"
#
# Widely read articles say so. The paper **adds** (section 3.5), and so does your module. But would it be wrong?
# Let us try: 24 numbers for the patch, 8 for the place, side by side, 32 in all. And, as a third way, your `rotate`
# on queries and keys.
#
# *Predict the order of the four: without, added, concatenated, turned.*

# %%
class Concatenated(nn.Module):
    def __init__(self, place_size: int = 8):
        super().__init__()
        self.patch = nn.Linear(4, D_MODEL - place_size)
        self.register_buffer("place", sinusoidal_encoding(16, place_size))

    def forward(self, patches: Tensor) -> Tensor:
        place = self.place.expand(len(patches), -1, -1)  # (batch, 16, place_size)
        return torch.cat((self.patch(patches), place), dim=-1)  # (batch, 16, d_model)


class Turned(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = multi_head.MultiHeadAttention(D_MODEL, num_heads=4)  # for its four projections

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        here = torch.arange(query.shape[1])
        query = rotate(multi_head.split_heads(self.heads.query_projection(query), 4), here)  # (batch, 4, 16, 8)
        key = rotate(multi_head.split_heads(self.heads.key_projection(key), 4), here)
        value = multi_head.split_heads(self.heads.value_projection(value), 4)
        output, weights = attention.scaled_dot_product_attention(query, key, value)
        return self.heads.output_projection(multi_head.merge_heads(output)), weights


# %% tags=["experiment"]
torch.manual_seed(0)
score["concatenated"] = right(trained(DigitReader(Concatenated()), patches), patches)
torch.manual_seed(0)
score["queries, keys turned"] = right(trained(DigitReader(nn.Linear(4, D_MODEL), Turned()), patches), patches)
figures.show_bars(score, xlabel="right, of 100 unseen digits", marked=["without positions"])
difference = abs(score["concatenated"] - score["table added"])
print("added and concatenated differ by less than 5 of 100:", difference < 5)
print("turned beats the bag by at least 8 of 100:", score["queries, keys turned"] - score["without positions"] >= 8)

# %% [markdown]
# *What to see:* adding and concatenating are about equally good. Differences of one or two are chance: another seed
# may turn them round. Turning lies between, here. It tells distances, but no patch is told whether it lies at the top
# or at the bottom. For a digit that matters; a sentence cares less.
#
# So the sentence is wrong about the Transformer, yet concatenating works. Why are they so close? Follow both into the
# next linear layer:
#
# $$W \begin{pmatrix} x \\ p \end{pmatrix} = W_x\,x + W_p\,p \qquad\qquad W (x + p) = W x + W p$$
#
# $W_x$ and $W_p$ are the left and the right columns of $W$. **Concatenating is adding**, after $x$ and $p$ have each
# gone through a matrix of their own. Adding saves one of the two:

# %%
torch.manual_seed(3)
linear = nn.Linear(64 + 16, 64, bias=False).double()
x, p = torch.randn(5, 64, dtype=torch.float64), torch.randn(5, 16, dtype=torch.float64)
side_by_side = linear(torch.cat((x, p), dim=-1))  # (5, 80) -> (5, 64)
summed = x @ linear.weight[:, :64].T + p @ linear.weight[:, 64:].T  # (5, 64) + (5, 64)
print("concatenate, then multiply = multiply, then add, to 1e-12:", (side_by_side - summed).abs().max().item() < 1e-12)
print("attention's parameters, 512 added:           ", multi_head.count_parameters(512, 8))
print("attention's parameters, 512 and 512 in a row:", multi_head.count_parameters(1024, 8))

# %% [markdown]
# In 512 dimensions there is room for both: the model can learn to keep the word out of the directions that the waves
# use. If the place had columns of its own, 512 of them, every layer would cost four times as much.

# %% [markdown]
# ## 8 · Claim under test: "a sine table `pe[:, :x.size(1)]` is harmless in a sequence-first model"
#
# Many programs carry this line. `pe` is the table with an axis for the batch, `(1, max_length, d_model)`. For `x` of
# shape `(batch, length, d_model)` it is right. But PyTorch's own `nn.Transformer` takes `(length, batch, d_model)`
# unless told otherwise. Then `x.size(1)` is something else. No error comes, the shapes fit, the loss falls.
#
# *Predict: which row of the table does each word get?* Let us ask the line itself. In the table below, row $p$ holds
# just the number $p$:

# %%
pe = torch.arange(100).reshape(1, 100, 1)  # (1, max_length, 1)
x = torch.zeros(5, 3, 1)  # (length, batch, 1): sequence first
meant = x + pe[0, : x.size(0)].unsqueeze(1)  # (5, 3, 1) + (5, 1, 1)
claimed = x + pe[:, : x.size(1)]  # (5, 3, 1) + (1, 3, 1)
maps = {"meant": meant[..., 0], "pe[:, :x.size(1)]": claimed[..., 0]}
figures_positions.show_signed(maps, xlabel="sequence", numbers=True)

# %% [markdown]
# *What to see:* on the left each word gets the row of its position. On the right each **sequence** gets one row for
# all its words: the number of its place in the batch. The order within the text is gone, and a number that means
# nothing has come in.
#
# *Predict: train the digit reader like that. How many are right: as many as with positions, as without, or fewer
# still?*

# %%
class SequenceFirst(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("pe", sinusoidal_encoding(5000, D_MODEL).unsqueeze(0))  # (1, max_length, d_model)

    def forward(self, x: Tensor) -> Tensor:
        x = x.transpose(0, 1)  # (length, batch, d_model): sequence first
        x = x + self.pe[:, : x.size(1)]  # the line under test
        return x.transpose(0, 1)  # (batch, length, d_model)


# %% tags=["experiment"]
torch.manual_seed(0)
mistaken = trained(DigitReader(nn.Sequential(nn.Linear(4, D_MODEL), SequenceFirst())), patches)
score["sequence-first mistake"] = right(mistaken, patches)
three = {name: score[name] for name in ("without positions", "table added", "sequence-first mistake")}
figures.show_bars(three, xlabel="right, of 100 unseen digits", marked=["sequence-first mistake"])
print("worse than no positions at all:", score["sequence-first mistake"] < score["without positions"])

# %% [markdown]
# *What to see:* worse than nothing. Training gave no warning: the loss falls, if not quite as far as without positions.
# But the 450 test images, in one batch, get rows that no batch of 32 has ever had. And an answer now depends on who
# else is in the batch. Read the same images again, in reverse order:

# %% tags=["experiment"]
in_order = answers(mistaken, patches[test])
reversed_order = answers(mistaken, patches[test.flip(0)]).flip(0)
changed = (in_order != reversed_order).sum().item()
print("of 450 images, at least 50 are read differently:", changed >= 50)
alike = torch.equal(answers(adding, patches[test]), answers(adding, patches[test.flip(0)]).flip(0))
print("with your PositionalEncoding, none:", alike)

# %% [markdown]
# So the claim is false, and the mistake is silent: no shape is wrong. Two questions find it in seconds. Keep them for
# every model you build:
#
# 1. Does the answer change when I shuffle a sequence? **It should.**
# 2. Does the answer change when I shuffle the batch? **It must not.**

# %% [markdown]
# ## 9 · Something odd
#
# Shuffle the patches of **all** images in the same way, training images too. To you they look like the riddle.
# *Predict: how much worse is a reader that learns from these, with your positions?*

# %% tags=["experiment"]
torch.manual_seed(0)
embedding = nn.Sequential(nn.Linear(4, D_MODEL), PositionalEncoding(D_MODEL, max_length=16))
odd = right(trained(DigitReader(embedding), moved), moved)
figures.show_bars({"in order": score["table added"], "shuffled for all": odd}, xlabel="right, of 100 unseen digits")
print("at most 7 of 100 worse:", score["table added"] - odd <= 7)

# %% [markdown]
# Not at all, or by a point or so; other seeds go the other way. To the reader a position is the name of a drawer. That
# patch 5 lies beside patch 6 and above patch 9, nobody has told it. It learns what goes together, and does not miss the
# picture.
#
# One more thing was lent to you in this lesson: the sums `x + …` and `nn.LayerNorm`. What are they for? Would twelve
# layers learn without them? That is lesson 4.

# %% [markdown]
# ## Keep
#
# $$PE(p, 2i) = \sin(p\,\omega_i) \qquad PE(p, 2i + 1) = \cos(p\,\omega_i) \qquad \omega_i = \text{base}^{-2i / d}$$
#
# | name | shape | |
# |---|---|---|
# | `sinusoidal_encoding(length, d_model)` | `(length, d_model)` | one row per position, float32, nothing to learn |
# | `PositionalEncoding` | `(batch, length, d_model)` → the same | $x + PE$, then dropout; the table is a buffer |
# | `shift_matrix(offset, d_model)` | `(d_model, d_model)` | $PE(p + k) = PE(p)\,M_k^\top$ for every $p$ |
# | `rotate(x, positions)` | `(..., length, d)` → the same | turns queries and keys; scores then know the distance |
#
# - Self-attention is permutation equivariant: shuffle the input, and the output is shuffled alike.
# - $PE(p) \cdot PE(q)$ depends on $p - q$ only.
# - Concatenating, followed by a linear layer, is adding with a matrix of its own for the place.
# - Shuffle a sequence: the answer should change. Shuffle a batch: it must not.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. A decoder has a causal mask and no positional encoding. Does it know anything about
# order?</summary>
# Yes. The first position sees one key, the second two, and so on: the mask treats positions differently, so
# shuffling is no longer harmless. Language models without any encoding do learn some order from it
# (Haviv et al. 2022).
# </details>
#
# <details><summary>2. Your model was trained on texts of up to 100 words. The table goes on to 5000.
# Will it read texts of 1000 words?</summary>
# It will compute something, but the rows beyond 100 are new to it, as the rows beyond 32 were in part 8. Sines were
# meant to help here; in practice most models get worse soon behind the longest text of their training.
# </details>
#
# <details><summary>3. Why are both sine and cosine needed for a shift to be linear?</summary>
# sin(a + b) = sin a · cos b + cos a · sin b needs cos a as well. The sine alone does not tell whether the wave rises
# or falls, so it cannot tell what comes next.
# </details>
#
# **Saved** in `my_transformer/positional_encoding.py`: your four pieces. Lesson 4 puts them under an encoder.
#
# **Read on.**
# Vaswani et al., *Attention Is All You Need* (2017), section 3.5 ·
# Su et al., *RoFormer: Enhanced Transformer with Rotary Position Embedding* (2021) ·
# Shaw, Uszkoreit and Vaswani, *Self-Attention with Relative Position Representations* (2018): distances as learned
# vectors ·
# Press, Smith and Lewis, *Train Short, Test Long* (2022): distances as a simple penalty ·
# Haviv et al., *Transformer Language Models without Positional Encodings Still Learn Positional Information* (2022) ·
# Dosovitskiy et al., *An Image is Worth 16x16 Words* (2021): pictures as patches.

# %% tags=["nbval-ignore-output"]
progress()
