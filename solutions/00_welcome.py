# %% [markdown]
# # 0 · Welcome
#
# In this course you build a Transformer yourself: every part, in plain PyTorch, until your own model works on real
# data.
# This first lesson takes about 20 minutes. You learn how the course works, and the four habits that all later
# lessons need:
# naming axes, broadcasting, batched matrix products, masks.
#
# | part | you do | time |
# |---|---|---|
# | 1 | try the course's four helpers | 3 min |
# | 2–4 | tensors, broadcasting, matrix products; **exercise** `pairwise_dot_products` ●○○ | 8 min |
# | 5 | masks; **exercise** `masked_mean` ●○○ | 6 min |
# | 6–7 | real data, and a sentence put to the test | 5 min |
#
# ●○○ is warm-up, ●●○ needs thought, ●●● needs a pencil.
#
# Run a cell with Shift+Enter. Run them from the top, and do not skip any.

# %% tags=["setup"]
#| export
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %%
import sys

sys.path.append("..")  # the folder `coach` lies beside the lessons
from coach import carry_over, check, datasets, figures, hint, progress

# %% [markdown]
# ## 1 · How the course works
#
# An **exercise** is one cell with a function that you complete. Its text says what the function must do, never how.
#
# | helper | what it does |
# |---|---|
# | `check(function)` | tests your function, and says what is wrong and often which mistake it is |
# | `hint("name", 1)` | a hint: level 1 is gentle, 2 says more, 3 nearly tells |
# | `progress()` | shows which exercises of the course you have passed |
# | `carry_over("module")` | brings your own code from an earlier lesson |
#
# Two rules:
#
# 1. Only the code in the exercise's **own cell** is graded and carried over. A helper function belongs in that cell.
# 2. Until you solve an exercise it raises `NotImplementedError`, and cells that need it fail. That is harmless. Read
#    on and come back.
#
# Here is the road ahead:

# %% tags=["nbval-ignore-output"]
progress()

# %% [markdown]
# ## 2 · Name your axes
#
# A tensor is a block of numbers with axes. PyTorch knows their sizes, but not what they mean. You must.
# So in this course every tensor has a shape comment with a name for each axis.

# %%
x = torch.arange(24.0).reshape(2, 3, 4)  # (batch, length, d)
print(tuple(x.shape), "-> sum over length ->", tuple(x.sum(dim=1).shape))  # (batch, d)

# %% [markdown]
# Three names return in every lesson:
#
# | axis | meaning | here |
# |---|---|---|
# | `batch` | independent examples, for instance sentences | 2 |
# | `length` | positions in one example, for instance words | 3 |
# | `d` | numbers that describe one position | 4 |
#
# `dim=1` counts from the left. `dim=-1` counts from the right: it is `d`, however many axes stand before it.

# %% [markdown]
# ## 3 · Broadcasting
#
# Two tensors of different shapes can be added, multiplied or compared. PyTorch lines up their axes **from the right**.
# Two sizes fit if they are equal or if one of them is 1; the 1 is stretched. A missing axis counts as 1.

# %%
column = torch.tensor([[10.0], [20.0], [30.0]])  # (3, 1)
row = torch.tensor([1.0, 2.0, 3.0, 4.0])  # (4,), read as (1, 4)
print(column + row)  # (3, 4)

# %% [markdown]
# Broadcasting is handy and dangerous: it also "works" when you are wrong.
#
# We subtract from each row of `square` its own mean, so each row of the result should have mean 0.
# *Predict: do both versions below do it?*

# %%
square = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
print("without keepdim:", (square - square.mean(dim=1)).mean(dim=1))
print("with keepdim:   ", (square - square.mean(dim=1, keepdim=True)).mean(dim=1))

# %% [markdown]
# `square.mean(dim=1)` has shape (3,). It is lined up from the right, so it is subtracted along the wrong axis, and
# nothing complains.
# `keepdim=True` keeps the axis with size 1: shape (3, 1). Now each row loses its own mean.
#
# No shape was wrong here, only the numbers. This is why `check` compares numbers.

# %% [markdown]
# ## 4 · Many dot products at once
#
# The dot product of two vectors $x$ and $y$ with $d$ numbers each is $x \cdot y = \sum_{c=1}^{d} x_c\, y_c$.
# It is large when the two vectors are long and point the same way, 0 at a right angle, negative when they point apart.
#
# A matrix product is a table of dot products: entry $(i, j)$ of $A B$ is row $i$ of $A$ with **column** $j$ of $B$.
# Leading axes are a batch: each pair of matrices is multiplied by itself.

# %%
a = torch.randn(2, 3, 4)  # (batch, n, d)
b = torch.randn(2, 4, 5)  # (batch, d, m)
print(tuple((a @ b).shape))  # (batch, n, m)

# %% [markdown]
# ### Exercise `pairwise_dot_products` · 5 minutes · ●○○
#
# Here are two loops that do it. They are right, and far too slow. Write it without a loop.

# %%
def pairwise_dot_products_with_loops(x: Tensor, y: Tensor) -> Tensor:
    result = torch.zeros(len(x), len(y), dtype=x.dtype)  # (n, m)
    for i in range(len(x)):
        for j in range(len(y)):
            result[i, j] = (x[i] * y[j]).sum()
    return result


# %% exercise="pairwise_dot_products"
#| export
def pairwise_dot_products(x: Tensor, y: Tensor) -> Tensor:
    """The dot product of every row of `x` with every row of `y`.

    Shapes: x (n, d), y (m, d) -> (n, m). Entry [i, j] belongs to row i of x and row j of y.
    The result has the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with both shapes in the message, if one of them has not exactly two axes
    or if their d differs.
    """
    ### BEGIN SOLUTION
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"x and y must be (n, d) and (m, d), not {tuple(x.shape)} and {tuple(y.shape)}")
    return x @ y.T  # (n, d) @ (d, m) -> (n, m)
    ### END SOLUTION


# %% [markdown]
# Try the cell below before you have written anything, to see what a failed check looks like. Then get it to pass.
# A passed check saves your code.

# %% test="pairwise_dot_products"
check(pairwise_dot_products)

# %% [markdown]
# Stuck? Ask for a hint, here or in any other exercise. Change 1 to 2, then to 3.

# %%
hint("pairwise_dot_products", 1)

# %% [markdown]
# ## 5 · Masks
#
# Sentences differ in length, but a tensor is a block. So short sentences are filled up with **padding**, and a
# **mask** remembers what is real.
#
# In this course a mask is a `bool` tensor, and **True means: this one counts**. Later, in attention, it means: may
# be attended to.

# %%
lengths = torch.tensor([3, 5, 1])  # (batch,)
real = torch.arange(5) < lengths.unsqueeze(1)  # (5,) < (batch, 1) -> (batch, length)
figures.show_masks({"real or padding": real}, ylabel="sentence", xlabel="position")

# %% [markdown]
# *What to see:* one row per sentence. Dots are real positions, hatched ones are padding.
#
# Look again at the comparison in the cell: (5,) with (3, 1) gives (3, 5). Broadcasting wrote the mask.
#
# What happens to a mean if you forget the mask? Here every real value is 1, and padding is 0. *Predict the three
# means.*

# %%
values = real.float()  # (batch, length): 1 where real, 0 where padding
print(values.mean(dim=1))

# %% [markdown]
# The means should all be 1. Padding has pulled them down, most of all for the shortest sentence.
#
# ### Exercise `masked_mean` · 10 minutes · ●○○

# %% exercise="masked_mean"
#| export
def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """The mean over the positions that count, for each sequence of a batch.

    Shapes: values (batch, length, d), mask (batch, length) of dtype bool -> (batch, d).
    True in the mask means: this position counts. A sequence in which no position counts has mean 0,
    and its gradient is 0. The result has the dtype of `values`. The inputs are not changed.
    Raises TypeError, with the dtype in the message, if the mask is not bool;
    ValueError, with both shapes in the message, if values has not exactly three axes
    or the mask's shape is not the first two of them.
    """
    ### BEGIN SOLUTION
    if mask.dtype != torch.bool:
        raise TypeError(f"the mask must be bool (True = counts), not {mask.dtype}")
    if values.dim() != 3 or mask.shape != values.shape[:2]:
        raise ValueError(
            "values and mask must be (batch, length, d) and (batch, length), "
            f"not {tuple(values.shape)} and {tuple(mask.shape)}"
        )
    counted = values.masked_fill(~mask.unsqueeze(-1), 0.0)  # (batch, length, d), 0 where nothing counts
    count = mask.sum(dim=1, keepdim=True).clamp(min=1)  # (batch, 1), 1 for an empty sequence: 0 / 1 = 0
    return counted.sum(dim=1) / count  # (batch, d)
    ### END SOLUTION


# %% test="masked_mean"
check(masked_mean)

# %% [markdown]
# ## 6 · Real data: the average handwritten digit
#
# 1,797 handwritten digits, 8 × 8 pixels each (Alpaydin and Kaynak, 1998). One picture is a vector of 64 numbers from
# 0, white, to 1, black.

# %%
images, labels = datasets.digit_images()  # (1797, 64), (1797,)
figures.show_images(images[:10], [str(label.item()) for label in labels[:10]], "The first ten")

# %% [markdown]
# Your two functions can work with them. First `masked_mean`. The "batch" is the ten digits, the "length" is all
# pictures,
# and the mask says which pictures show which digit.

# %%
shows = labels == torch.arange(10).unsqueeze(1)  # (1797,) == (10, 1) -> (10, 1797)
averages = masked_mean(images.expand(10, -1, -1), shows)  # (10, 1797, 64), (10, 1797) -> (10, 64)
figures.show_images(averages, [str(digit) for digit in range(10)], "The mean of all pictures of each digit")

# %% [markdown]
# *What to see:* ten readable digits. Where people agree on a stroke it is dark; where they differ it is grey,
# as in the 8.

# %% [markdown]
# ## 7 · Claim under test: "the larger the dot product, the more similar two vectors are"
#
# You will read this sentence often, also about attention. Now you can test it.
#
# We take the dot product of every picture with every picture, itself included. If the claim is right,
# each picture's best match is the picture itself: nothing is more similar to it.
#
# *Predict: for how many of 100 pictures is that so?*

# %%
def own_best_match(vectors: Tensor) -> float:
    """Of 100 vectors, how many have their largest dot product with themselves?"""
    best = pairwise_dot_products(vectors, vectors).argmax(dim=1)  # (n, n) -> (n,)
    return (best == torch.arange(len(vectors))).double().mean().item() * 100


print(f"{own_best_match(images):.0f} of 100")

# %% [markdown]
# Fewer than one in five. A picture with more ink has a longer vector, and a longer vector wins against a better match.
# Divide each picture by its length, $\lVert x \rVert = \sqrt{x \cdot x}$, and ask again.

# %%
unit = images / images.norm(dim=1, keepdim=True)  # (1797, 64) / (1797, 1)
print(f"{own_best_match(unit):.0f} of 100")

# %% [markdown]
# The dot product of vectors of length 1 is the cosine of the angle between them. It is greatest for a vector with
# itself.
#
# Does the difference matter? Let each picture be named by its best match among the *others*.

# %%
def named_rightly(vectors: Tensor) -> float:
    """Of 100 vectors, how many have the same label as their best match among the others?"""
    products = pairwise_dot_products(vectors, vectors).fill_diagonal_(-math.inf)  # (n, n), nobody matches itself
    return (labels[products.argmax(dim=1)] == labels).double().mean().item() * 100


figures.show_bars({"dot product": named_rightly(images), "cosine": named_rightly(unit)}, xlabel="named rightly, of 100")

# %% [markdown]
# *What to see:* the same pictures and the same function. Only the lengths have gone, and almost every digit is named
# rightly.
#
# So the claim is true for vectors of **equal length**, and not otherwise. Attention uses plain dot products:
# in lesson 1 you see what the length of a key does there.

# %% [markdown]
# ## 8 · Take your code along
#
# Every passed check has saved your function in `my_transformer/warmup.py`. This is how a later lesson brings it back:

# %% tags=["nbval-ignore-output"]
warmup = carry_over("warmup")

# %%
print(warmup.pairwise_dot_products(torch.eye(2), torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])))

# %% [markdown]
# If you have not solved an exercise, `carry_over` gives you a ready-made one instead and says so. You are never stuck.

# %% [markdown]
# ## Keep
#
# | idea | in one line |
# |---|---|
# | axes | name them: `(batch, length, d)`; `dim=-1` is the last one |
# | broadcasting | line up from the right; equal or 1; `keepdim=True` keeps a 1 |
# | table of dot products | `(n, d)` and `(m, d)` give `(n, m)` |
# | mask | bool, **True = counts**; `~mask` is the opposite |
# | dot product | measures direction *and* length |
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. Which shape has <code>(8, 1, 5) + (7, 1)</code>?</summary>
# From the right: 5 with 1 gives 5, 1 with 7 gives 7, 8 with nothing gives 8. So (8, 7, 5).
# </details>
#
# <details><summary>2. You divide the masked sum by <code>mask.sum(dim=1)</code>, of shape (batch,).
# When does that raise no error and yet give wrong numbers?</summary>
# When batch equals d, and both are above 1: then (batch, d) and (batch,) fit,
# and each <em>column</em> is divided by a count, not each row.
# </details>
#
# <details><summary>3. A sequence without any real position: why 0 and not NaN?</summary>
# One NaN spreads to everything it is added to, and through the gradients to every weight. A 0 stays harmless.
# </details>
#
# **Read on.** Harris et al., *Array programming with NumPy*, Nature 585 (2020), on axes and broadcasting ·
# PyTorch's manual, *Broadcasting semantics* · Rush, *Tensor Considered Harmful* (2019), on why axes should have names.
#
# Next: [lesson 1, attention](../01_attention/01_attention.ipynb).

# %% tags=["nbval-ignore-output"]
progress()
