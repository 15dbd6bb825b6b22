# %% [markdown]
# # 6 · The Transformer
#
# The encoder reads, the decoder writes. In this lesson you put them together, train them, and let them translate.
# At the end you have built the whole model of 2017, and know what it can do and what it cannot.
#
# | part | you do | time |
# |---|---|---|
# | 0–1 | see the plan; **exercise** `TokenEmbedding` ●○○ | 12 min |
# | 2 | **exercise** `Transformer` ●●●; proof against PyTorch's; count its numbers | 45 min |
# | 3–4 | **exercises** `label_smoothed_cross_entropy` ●●○, `warmup_learning_rate` ●○○ | 30 min |
# | 5 | real data; the training loop, line by line | 15 min |
# | 6 | **exercise** `greedy_decode` ●●○; look where it looks | 25 min |
# | 7–8 | **exercises** `beam_search` ●●●, `bleu` ●●○ | 60 min |
# | 9–11 | a beautiful failure, a claim under test, an opponent | 25 min |
# | 12 | where to go from here | 8 min |
#
# That is more than one evening. The end of part 5, with a model that is trained, is a good place to stop for the day.
#
# Only the code in an exercise's own cell is graded and carried over. Stuck? `hint("Transformer", 1)`, then 2, then 3.

# %% tags=["setup"]
#| export
import math
from collections import Counter

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %%
import sys

sys.path.append("..")
from coach import (
    carry_over,
    check,
    datasets_translation,
    figures,
    figures_heads,
    figures_translation,
    hint,
    progress,
    training_loop,
)
from coach.datasets_translation import END, PAD, START

# %% [markdown]
# From lessons 1, 3, 4 and 5, your own code. What you train today is built of it, from the softmax upwards:

# %% tags=["setup", "nbval-ignore-output"]
#| export
attention = carry_over("attention")

# %% tags=["setup", "nbval-ignore-output"]
#| export
positional_encoding = carry_over("positional_encoding")

# %% tags=["setup", "nbval-ignore-output"]
#| export
encoder = carry_over("encoder")

# %% tags=["setup", "nbval-ignore-output"]
#| export
decoder = carry_over("decoder")

# %% [markdown]
# ## 0 · What you will build

# %%
figures_translation.show_model()

# %% [markdown]
# *What to see:* on the left the source is read, once. On the right the target is written: each position reads what is
# there so far, looks into the memory, and says which letter comes next. The grey and green boxes are yours already.
# Missing are the blue ones, a way to train it all, and a way to write.
#
# The first symbol of the source, →hu, says into which language. The model will see dates without a weekday, such as
# *20 novembre 2026*. In part 9 we go on training it, and ask for a weekday too: *Friday, November 20, 2026*.
#
# *Before you scroll on:* after training on thousands of such pairs, how many of 100 new weekdays will be right? Note
# your guess, and run the cell.

# %%
guess_weekdays = "?"

# %% [markdown]
# ## 1 · Tokens become vectors
#
# Every letter has a number, its **token**. Three more tokens stand for no letter: PAD fills up the shorter texts of a
# batch, START is what the decoder reads first, and END closes a text. A table $E$ holds one learned vector for each
# token. With $t$ for a token:
#
# $$x = \sqrt{d_\text{model}}\; E_t$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $t$ | `tokens` | `(batch, length)`, integers |
# | $E$ | `embedding.weight` | `(vocabulary_size, d_model)` |
# | $x$ | the result | `(batch, length, d_model)` |
#
# ### Exercise `TokenEmbedding` · 6 minutes · ●○○

# %% exercise="TokenEmbedding"
#| export
class TokenEmbedding(nn.Module):
    """Gives every token its learned vector, multiplied by √d_model.

    Part, by name: embedding, an nn.Embedding(vocabulary_size, d_model) that knows pad_id as its padding_idx: the vector
    of the padding token is never trained.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.4.
    """

    def __init__(self, vocabulary_size: int, d_model: int, pad_id: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)
        self.scale = math.sqrt(d_model)
        ### END SOLUTION

    def forward(self, tokens: Tensor) -> Tensor:
        """Shapes: tokens (batch, length), integers from 0 to vocabulary_size − 1 -> (batch, length, d_model)."""
        ### BEGIN SOLUTION
        return self.embedding(tokens) * self.scale
        ### END SOLUTION


# %% test="TokenEmbedding"
check(TokenEmbedding)

# %% [markdown]
# Why the root? The paper only says that it multiplies. Let us measure what is added up next: tokens and positions.
# PyTorch starts the table with numbers of standard deviation 1. Another usual start is $1 / \sqrt{d_\text{model}}$.
# *Predict: how long are the vectors of tokens and of positions, for d_model = 64?*

# %%
@torch.no_grad()
def start_small(embedding: TokenEmbedding) -> None:
    """From standard deviation 1 to 1 / √d_model."""
    embedding.embedding.weight.mul_(embedding.embedding.embedding_dim**-0.5)


torch.manual_seed(0)
tokens = torch.arange(1, 50).unsqueeze(0)  # (1, 49), without padding
embedding = TokenEmbedding(50, 64, pad_id=PAD)
print(f"a position's vector:            {positional_encoding.sinusoidal_encoding(49, 64).norm(dim=-1).mean():5.1f}")
print(f"a token's, started with 1:      {embedding(tokens).norm(dim=-1).mean():5.0f}")
start_small(embedding)
print(f"a token's, started with 1 / √d: {embedding(tokens).norm(dim=-1).mean():5.0f}")

# %% [markdown]
# *What to see:* $\sqrt{d}$ is for tables that start small: it brings their numbers back to about 1, the size of the
# sines. Started with 1, a token is ten times as long as its position, and the model hardly hears where a letter
# stands. This is no detail. In part 5 we start small. We have also tried that training from PyTorch's start, for 400
# steps: 20 of 100 dates were right in the end, instead of all.

# %% [markdown]
# ## 2 · The whole model
#
# Follow one batch. The source goes up on the left and becomes the memory. The target, shifted right, goes up on the
# right, and each layer reads the same memory. The last linear layer gives one number for every token that could come
# next: the **logits**.
#
# | name | shape | |
# |---|---|---|
# | `source` | `(batch, source_length)` | tokens; PAD behind the end |
# | `target` | `(batch, target_length)` | what the decoder reads: shifted right |
# | `memory` | `(batch, source_length, d_model)` | what the encoder makes of the source |
# | the result | `(batch, target_length, target_vocabulary)` | logits of the token that comes after each position |
#
# In lessons 4 and 5 you were given the masks. From now on the model makes them, from the tokens alone:
#
# | attention | queries | keys | hidden from it |
# |---|---|---|---|
# | in the encoder | source | source | padding of the source |
# | in the decoder | target | target | padding of the target, **and** the future |
# | from decoder to memory | target | source | padding of the source |
#
# The padding of the target stands behind its letters, where the causal mask hides it already. Hidden twice is no harm,
# and the model then does not rely on where padding stands.
#
# *By hand:* a batch of 3, sources of 7, targets of 6. Which shape does each of the three masks have? (A 1 is enough
# where all queries may see the same.)
#
# ### Exercise `Transformer` · 25 minutes · ●●●
#
# Not allowed here: torch's own Transformer layers, for they are the exercise.

# %% exercise="Transformer"
#| export
class Transformer(nn.Module):
    """Encoder and decoder with their embeddings: from source and target tokens to the logits of the next tokens.

    Parts, by name: source_embedding and target_embedding, each a TokenEmbedding; positional_encoding, one
    positional_encoding.PositionalEncoding for both, with dropout; encoder, an encoder.Encoder; decoder, a
    decoder.Decoder, both with num_layers layers; output_projection, an nn.Linear(d_model, target_vocabulary).
    It keeps pad_id as an attribute, and makes all masks itself: nobody attends to a padding token, and no target
    position attends to later ones. What a padding token itself attends to is as for any other position.
    Source: Vaswani et al. (2017), section 3 and figure 1; the weights of embeddings and projection are not shared.
    """

    def __init__(
        self,
        source_vocabulary: int,
        target_vocabulary: int,
        d_model: int,
        num_heads: int,
        num_layers: int,
        d_ff: int,
        dropout: float = 0.0,
        pad_id: int = 0,
        norm_first: bool = False,
    ):
        super().__init__()
        ### BEGIN SOLUTION
        self.pad_id = pad_id
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)
        self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.output_projection = nn.Linear(d_model, target_vocabulary)
        ### END SOLUTION

    def encode(self, source: Tensor) -> Tensor:
        """Shapes: source (batch, source_length), tokens -> memory (batch, source_length, d_model)."""
        ### BEGIN SOLUTION
        x = self.positional_encoding(self.source_embedding(source))
        return self.encoder(x, self.real(source))
        ### END SOLUTION

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        """The logits of the token that comes after each target position.

        Shapes: target (batch, target_length), the tokens that the decoder reads; memory (batch, source_length,
        d_model); source (batch, source_length), to know where the memory is padding
        -> (batch, target_length, target_vocabulary).
        """
        ### BEGIN SOLUTION
        x = self.positional_encoding(self.target_embedding(target))
        past = attention.causal_mask(target.shape[1]).to(target.device)  # (target_length, target_length)
        own, other = self.real(target) & past, self.real(source)
        x = self.decoder(x, memory, own, other)
        return self.output_projection(x)
        ### END SOLUTION

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Shapes: source (batch, source_length), target (batch, target_length): the decoder's input, already shifted
        -> logits (batch, target_length, target_vocabulary).
        """
        ### BEGIN SOLUTION
        return self.decode(target, self.encode(source), source)
        ### END SOLUTION

    ### BEGIN SOLUTION
    def real(self, tokens: Tensor) -> Tensor:
        """(batch, length) -> (batch, 1, length), True where there is no padding."""
        return (tokens != self.pad_id).unsqueeze(1)
    ### END SOLUTION


# %% test="Transformer"
check(Transformer)

# %% [markdown]
# (By hand: (3, 1, 7), (3, 6, 6) and (3, 1, 7).)
#
# **Look.** Not at what you have written, but at what your model does. This function listens to every attention while
# a batch goes through, and notes its weights.

# %%
@torch.no_grad()
def listen(model: Transformer, source: Tensor, target: Tensor) -> dict[str, list[Tensor]]:
    """The weights of all attentions, layer by layer: (batch, num_heads, queries, keys) each."""
    parts = [("encoder", layer.self_attention) for layer in model.encoder.layers]
    parts += [("decoder", layer.self_attention) for layer in model.decoder.layers]
    parts += [("decoder to memory", layer.cross_attention) for layer in model.decoder.layers]
    heard = {name: [] for name, _ in parts}
    hooks = [
        part.register_forward_hook(lambda _, inputs, result, name=name: heard[name].append(result[1]))
        for name, part in parts
    ]
    model(source, target)
    for hook in hooks:
        hook.remove()
    return heard


torch.manual_seed(1)
model = Transformer(9, 9, d_model=8, num_heads=2, num_layers=2, d_ff=16, pad_id=PAD)
source = torch.tensor([[3, 4, 5, 6, 7, 8, END], [5, 3, 7, 4, END, PAD, PAD]])  # (2, 7)
target = torch.tensor([[START, 4, 3, 6, 5, 8], [START, 3, 5, 4, 7, PAD]])  # (2, 6)
heard = listen(model, source, target)
figures.show_masks({name: weights[0][1, 0] > 0 for name, weights in heard.items()})

# %% [markdown]
# *What to see:* the second text of the batch, a dot wherever an attention weight is above 0. Two places of the source
# are padding, and nobody looks there, neither encoder nor decoder. In the middle the staircase, cut off before the
# padding of the target. Rows of padding positions look at something all the same: nobody reads their answer.
#
# **Proof.** PyTorch has `nn.Transformer`: the two stacks, without embeddings and masks. We copy your weights into it,
# give it your embedded tokens and masks, and compare.
#
# It has a surprise. It ends both stacks with one more norm, also when every layer has just ended with one. The paper
# has no such norm, nor have you; so without `norm_first` we take it away.

# %%
def copy_attention(yours: nn.Module, theirs: nn.MultiheadAttention) -> None:
    roles = (yours.query_projection, yours.key_projection, yours.value_projection)
    theirs.in_proj_weight.copy_(torch.cat([role.weight for role in roles]))  # PyTorch keeps the three in one
    theirs.in_proj_bias.copy_(torch.cat([role.bias for role in roles]))
    theirs.out_proj.load_state_dict(yours.output_projection.state_dict())


def copy_layer(yours: nn.Module, theirs: nn.Module) -> None:
    copy_attention(yours.self_attention, theirs.self_attn)
    norms = [yours.attention_norm, yours.feed_forward_norm]
    if hasattr(yours, "cross_attention"):  # a decoder layer
        copy_attention(yours.cross_attention, theirs.multihead_attn)
        norms.insert(1, yours.cross_attention_norm)
    for number, norm in enumerate(norms, 1):
        getattr(theirs, f"norm{number}").load_state_dict(norm.state_dict())
    theirs.linear1.load_state_dict(yours.feed_forward.expand.state_dict())
    theirs.linear2.load_state_dict(yours.feed_forward.contract.state_dict())


# %%
import warnings


@torch.no_grad()
def largest_difference(norm_first: bool) -> float:
    torch.manual_seed(2)
    yours = Transformer(9, 9, 12, 3, 4, 20, pad_id=PAD, norm_first=norm_first).double()
    for weight in yours.parameters():
        weight.normal_(std=0.3)  # so that all norms and biases have something to do
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that a short cut, which we do not need, is not taken
        theirs = nn.Transformer(12, 3, 4, 4, 20, dropout=0.0, batch_first=True, norm_first=norm_first).double()
    for name in ("encoder", "decoder"):
        stack, other = getattr(yours, name), getattr(theirs, name)
        for one, two in zip(stack.layers, other.layers, strict=True):
            copy_layer(one, two)
        if norm_first:
            other.norm.load_state_dict(stack.final_norm.state_dict())
        else:
            other.norm = None
    read = yours.positional_encoding(yours.source_embedding(source))
    written = yours.positional_encoding(yours.target_embedding(target))
    x = theirs(
        read,
        written,
        tgt_mask=~attention.causal_mask(target.shape[1]),  # True = blocked: lesson 1
        src_key_padding_mask=source == PAD,
        tgt_key_padding_mask=target == PAD,
        memory_key_padding_mask=source == PAD,
    )
    return (yours.output_projection(x) - yours(source, target)).abs().max().item()


for norm_first in (False, True):
    equal = largest_difference(norm_first) < 1e-12
    print(f"norm_first={norm_first}: differs from PyTorch's by less than 1e-12: {equal}")

# %% [markdown]
# *What to see:* four layers on each side, and the same logits to twelve digits.
#
# **How many numbers does it learn?** Count them by hand, $d$ for d_model and $f$ for d_ff:
#
# | part | weights and biases |
# |---|---|
# | one attention: four projections | $4d^2 + 4d$ |
# | feed-forward | $2df + f + d$ |
# | one norm | $2d$ |
# | an encoder layer: one attention, feed-forward, two norms | $4d^2 + 2df + f + 9d$ |
# | a decoder layer: two attentions, feed-forward, three norms | $8d^2 + 2df + f + 15d$ |
#
# Then the three tables: source, target, and the output projection. The formula against your own model, for sizes that
# are all different:

# %%
def numbers_in_layers(d: int, f: int, layers: int) -> int:
    return layers * (4 * d**2 + 2 * d * f + f + 9 * d) + layers * (8 * d**2 + 2 * d * f + f + 15 * d)


def numbers_in_model(source_size: int, target_size: int, d: int, f: int, layers: int) -> int:
    return numbers_in_layers(d, f, layers) + source_size * d + target_size * d + target_size * (d + 1)


for source_size, target_size, d, f, layers in ((11, 13, 6, 10, 1), (50, 40, 24, 96, 3), (7, 90, 32, 20, 5)):
    yours = Transformer(source_size, target_size, d, num_heads=2, num_layers=layers, d_ff=f)
    counted = sum(weight.numel() for weight in yours.parameters())
    formula = numbers_in_model(source_size, target_size, d, f, layers)
    print(f"counted {counted:6}  formula {formula:6}  equal: {counted == formula}")

# %% [markdown]
# Now the base model of the paper: $d = 512$, $f = 2048$, six layers on each side, about 37,000 pieces of words for
# English and German together. *Predict: what share of it are the tables?*

# %%
in_layers, one_table = numbers_in_layers(512, 2048, 6), 37_000 * 512
print(f"layers                       {in_layers / 1e6:6.1f} million")
print(f"one table                    {one_table / 1e6:6.1f}")
print(f"together, one table shared   {(in_layers + one_table) / 1e6:6.1f}")
print(f"together, three tables       {(in_layers + 3 * one_table) / 1e6:6.1f}")

# %% [markdown]
# *What to see:* 63 million. The paper's table 3 says 65, which would be exact for 41,000 pieces; it does not say how
# it counted. Sharing is what matters: source, target and output use **one** table there, for both languages use the
# same pieces. With three tables, as in your model, it would be 101 million, and more than half of them tables. Ours
# are small: a few dozen letters each.

# %% [markdown]
# ## 3 · A loss that is never quite sure
#
# The usual loss is $-\ln p$ of the right token. It is never content: going from $p = 0.99$ to $0.999$ still pays, and
# $p = 1$ needs an infinite logit. So the model is pushed to be surer and surer, also where it is wrong.
#
# **Label smoothing** asks for a little less. The wanted distribution $q$ gives the right token $y$ most, and a share
# of $s$ to all tokens equally:
#
# $$q_v = (1 - s)\,[v = y] + \frac{s}{V} \qquad\quad
# L = \frac1n \sum_{\text{real positions}} \; -\sum_{v=1}^{V} q_v \ln p_v$$
#
# | symbol | in code | |
# |---|---|---|
# | $V$ | the last axis of `logits` | number of tokens |
# | $p_v$ | softmax of `logits` | what the model gives to token $v$ |
# | $y$ | `target` | the right token; $[v = y]$ is 1 for it, and 0 for all others |
# | $s$ | `smoothing` | 0.1 in the paper |
# | $n$ | | number of targets that are not padding |
#
# *By hand:* $V = 4$ and $s = 0.1$. What does the right token get, and what do the three others?
#
# ### Exercise `label_smoothed_cross_entropy` · 12 minutes · ●●○
#
# Not allowed here: torch's own label smoothing, for it is the exercise.

# %% exercise="label_smoothed_cross_entropy"
#| export
def label_smoothed_cross_entropy(logits: Tensor, target: Tensor, pad_id: int, smoothing: float = 0.1) -> Tensor:
    """Cross-entropy between the prediction and a target that is not quite sure, as a mean over the real tokens.

    With vocabulary size V and s = smoothing, the wanted distribution gives 1 − s to the right token, and s to all V
    tokens in equal shares, s / V each, the right one included. The loss of a position is −Σ_v wanted(v) · ln p(v).
    Positions whose target is pad_id do not count, neither in the sum nor in the number that it is divided by.

    Shapes: logits (batch, length, V), target (batch, length), integers -> a single number, ().
    At least one target is not pad_id. The inputs are not changed.
    Source: Szegedy et al., Rethinking the Inception Architecture (2016), section 7; Vaswani et al. (2017), section 5.4.
    """
    ### BEGIN SOLUTION
    log_probabilities = logits - logits.logsumexp(dim=-1, keepdim=True)  # (batch, length, V)
    right = log_probabilities.gather(-1, target.unsqueeze(-1)).squeeze(-1)  # (batch, length)
    losses = -(1 - smoothing) * right - smoothing * log_probabilities.mean(dim=-1)  # (batch, length)
    return losses[target != pad_id].mean()
    ### END SOLUTION


# %% test="label_smoothed_cross_entropy"
check(label_smoothed_cross_entropy)

# %% [markdown]
# (By hand: 0.925, and 0.025 each.)
#
# Yours at work: the loss of one position, over the probability $p$ that the model gives to the right one of $V = 10$
# tokens; the other nine share the rest equally. *Predict: where is the lowest point for s = 0.3?*

# %%
V = 10
shares = torch.linspace(0.3, 0.999, 700, dtype=torch.float64)


def loss_at(share: float, smoothing: float) -> float:
    p = torch.full((1, 1, V), (1 - share) / (V - 1), dtype=torch.float64)  # (batch, length, V)
    p[..., 0] = share  # token 0 is the right one
    return label_smoothed_cross_entropy(p.log(), torch.tensor([[0]]), pad_id=1, smoothing=smoothing).item()


curves = {f"s = {s}": [loss_at(share, s) for share in shares.tolist()] for s in (0.0, 0.1, 0.3)}
figures.show_lines(shares, curves, xlabel="probability of the right token", ylabel="loss (nats)")
for name, losses in curves.items():
    print(f"{name}: lowest at p = {shares[losses.index(min(losses))]:.2f}")

# %% [markdown]
# *What to see:* without smoothing the curve falls to the very end. With it, there is a lowest point, at
# $p = 1 - s + s/V$, and behind it certainty costs. The lowest loss is no longer 0: it is what $q$ itself has in
# uncertainty, $-\sum_v q_v \ln q_v$. The paper reports that smoothing made its model less sure, and its translations
# better (section 5.4).

# %% [markdown]
# ## 4 · Warming up
#
# How large a step along the gradient? At first the model knows nothing, and the optimiser neither: Adam divides by the
# usual size of the gradients, a running mean, and after a few steps nobody knows what is usual. So begin with tiny
# steps and warm up; later take smaller and smaller ones.
#
# $$\text{rate} = d_\text{model}^{-1/2} \cdot \min\!\left(\text{step}^{-1/2},\;
# \text{step} \cdot \text{warmup\_steps}^{-3/2}\right)$$
#
# *By hand:* at which step are the two numbers in the bracket equal? How large is the rate there?
#
# ### Exercise `warmup_learning_rate` · 5 minutes · ●○○

# %% exercise="warmup_learning_rate"
#| export
def warmup_learning_rate(step: int, d_model: int, warmup_steps: int) -> float:
    """The paper's learning rate: it rises in a straight line for warmup_steps steps, then falls like 1 / √step.

    d_model^(−1/2) · min(step^(−1/2), step · warmup_steps^(−3/2)). The first step is step 1.

    Raises ValueError, with the step in the message, if step is less than 1.
    Source: Vaswani et al. (2017), section 5.3, equation 3.
    """
    ### BEGIN SOLUTION
    if step < 1:
        raise ValueError(f"steps are counted from 1, and this is step {step}")
    return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)
    ### END SOLUTION


# %% test="warmup_learning_rate"
check(warmup_learning_rate)

# %%
steps = list(range(1, 20_001, 25))
settings = ((512, 4000), (512, 8000), (256, 4000))
curves = {f"d = {d}, warm-up {w}": [warmup_learning_rate(step, d, w) for step in steps] for d, w in settings}
figures.show_lines(steps, curves, xlabel="step", ylabel="learning rate")
for d, w in settings:
    top = warmup_learning_rate(w, d, w)
    print(f"d = {d}, warm-up {w}: highest rate {top:.5f}, and 1 / √(d · warm-up) is {(d * w) ** -0.5:.5f}")

# %% [markdown]
# *What to see:* up in a straight line, down like $1/\sqrt{\text{step}}$. Both branches meet at `warmup_steps`. A wider
# model gets smaller steps. A longer warm-up gives a lower top: the falling branch is the same for both.

# %% [markdown]
# ## 5 · Real data: dates in five languages
#
# CLDR knows how the world writes dates. We take days from 1900 to 2099 in five languages, and translate from each
# into each of the others: one model, twenty directions. A first symbol names the language wanted, as in Google's
# translator of 2017 (Johnson et al.).
#
# 500 days are kept for testing. None of them occurs in training, in any language.

# %%
known = datasets_translation.translations(15_000, seed=0)
new = datasets_translation.translations(500, seed=1, without=known)
for pair in new[:5]:
    print(f"{' '.join(pair.source[:1])} {pair.text:20} {pair.wanted}")
print("days in both:", len({pair.day for pair in known} & {pair.day for pair in new}))

# %% [markdown]
# *What is there to learn?* The names of the months: twelve in each language. The order of the parts. The points and
# the comma. And the numbers: they are copied, digit by digit, from one place to another.
#
# The vocabulary also gets the letters of weekdays, for part 9: a table of embeddings cannot grow later.

# %%
task = dict(languages=["fr"], wanted_languages=["en"], styles=("long", "full"), wanted_style="full")
known_full = datasets_translation.translations(6000, seed=2, **task)  # with the weekday: for part 9

reads = datasets_translation.Vocabulary(pair.source for pair in known + known_full)
writes = datasets_translation.Vocabulary(pair.wanted for pair in known + known_full)
known_source, known_target = reads.encode([p.source for p in known]), writes.encode([p.wanted for p in known])
new_source, new_target = reads.encode([p.source for p in new]), writes.encode([p.wanted for p in new])
print("known_source", tuple(known_source.shape), " known_target", tuple(known_target.shape))
print("the first new source:", new_source[0].tolist())

# %% [markdown]
# *What to see:* first the tag →tr, then the letters of *1942. április 26.*, one number each, then END = 2, and
# PAD = 0 up to the length of the longest.
#
# **The loop.** In the lessons before, `training.fit` was given. Here it is, written out. Read it line by line; each
# of these lines has ruined somebody's week when it was wrong or missing:
#
# | line | what it does |
# |---|---|
# | `without_padding` | cuts off columns that only hold padding: less to compute |
# | `shift_right` | the decoder reads START, then the text; it has to write the text, then END |
# | `rate` | your warm-up, for this step, times a factor that lets it end at 0 |
# | `zero_grad` | forgets the gradients of the step before; without it they add up |
# | `clip_grad_norm_` | shortens a gradient that is longer than 1; **between** `backward` and `step` |
# | `Adam` | with the paper's numbers (section 5.3), for all weights in one call (`fused`) |
#
# Why a factor? The paper trains for 100,000 steps, and $1/\sqrt{\text{step}}$ becomes small by itself. In a few
# hundred it does not, and the last digits are only learned when the steps are small: in a trial of ours, with
# `norm_first` and 600 steps, 92 of 100 dates were right without the factor, and all with it. Why clip? All gradients
# together are one long vector. If an odd batch makes it very long, one step could throw the model off.
#
# `training_loop.steps` counts from 1 and shows a progress bar.

# %%
BATCH, WARM_UP = 48, 100


def without_padding(tokens: Tensor) -> Tensor:
    """(batch, length) -> (batch, length of the longest text in it)."""
    return tokens[:, : int((tokens != PAD).sum(dim=1).max())]


def train(
    model: nn.Module,
    source: Tensor,
    target: Tensor,
    steps: int,
    keep_every: int | None = None,
    warm_up: int = WARM_UP,
) -> tuple[list[float], dict]:
    """Trains on random batches. Returns the losses, and copies of the weights on the way: {step: weights}."""
    optimiser = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98), eps=1e-9, fused=True)
    chance = torch.Generator().manual_seed(0)
    losses, kept = [], {}
    model.train()
    for step in training_loop.steps(steps):
        chosen = torch.randint(len(source), (BATCH,), generator=chance)
        read, wanted = without_padding(source[chosen]), without_padding(target[chosen])
        rate = warmup_learning_rate(step, D_MODEL, warm_up) * (1 - step / (steps + 1))
        for group in optimiser.param_groups:
            group["lr"] = rate

        logits = model(read, decoder.shift_right(wanted, START))  # (BATCH, target_length, target_vocabulary)
        loss = label_smoothed_cross_entropy(logits, wanted, PAD, smoothing=0.1)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
        optimiser.step()

        losses.append(loss.item())
        if keep_every and step % keep_every == 0:
            kept[step] = {name: weight.clone() for name, weight in model.state_dict().items()}
    model.eval()
    return losses, kept


# %% [markdown]
# The model is the paper's in small: norms behind, two layers on each side, $d_\text{model} = 64$. It takes about
# twenty seconds.
#
# Two landmarks for the loss: a uniform guess among $V$ tokens, and the lowest loss that smoothing leaves.
# *Predict: does the training reach it?*

# %% tags=["experiment"]
D_MODEL, STEPS = 64, 280
torch.manual_seed(0)
model = Transformer(len(reads), len(writes), D_MODEL, num_heads=4, num_layers=2, d_ff=128, pad_id=PAD)
start_small(model.source_embedding)
start_small(model.target_embedding)
losses, kept = train(model, known_source, known_target, STEPS, keep_every=40)

V, s = len(writes), 0.1
q = torch.full((V,), s / V, dtype=torch.float64)
q[0] += 1 - s
lowest = -(q * q.log()).sum().item()
curves = {"loss": losses, "uniform: ln V": [math.log(V)] * STEPS, "as low as smoothing allows": [lowest] * STEPS}
figures.show_lines(range(1, STEPS + 1), curves, xlabel="step", ylabel="loss (nats per letter)")

# %% [markdown]
# *What to see:* it starts near the uniform line, and falls steeply while it learns how dates are spelt. The rest is
# flat, and looks like nothing: but this is where it learns to copy the right digits. Only few letters of a date are
# hard, so they weigh little in a mean over all. What the loss hides, part 11 will show.

# %% [markdown]
# ## 6 · Writing one token at a time
#
# Training gave the decoder all right letters at once. When it is used, nobody knows them. It gets START, says what
# comes first, gets that back, and so on, until it says END: it is **auto-regressive**. Always taking the most
# probable token is called greedy.
#
# | step | the decoder reads | it says |
# |---|---|---|
# | 1 | start | 2 |
# | 2 | start 2 | 0 |
# | … | … | … |
# | 19 | start 2026. november 20. | end |
#
# The source does not change meanwhile: it is read once.
#
# ### Exercise `greedy_decode` · 15 minutes · ●●○

# %% exercise="greedy_decode"
#| export
def greedy_decode(model: Transformer, source: Tensor, start_id: int, end_id: int, max_length: int) -> Tensor:
    """Writes a target for each source: at every step the token with the largest logit.

    Each row begins with start_id. At most max_length tokens follow. When a row has written end_id, only model.pad_id
    follows in it. It stops as soon as every row has ended.
    The model works in eval mode and without gradients, and is left in the mode in which it was.

    Shapes: source (batch, source_length), tokens -> (batch, length), tokens; 2 ≤ length ≤ 1 + max_length. All tokens
    are int64. The input is not changed.
    Source: Vaswani et al. (2017), section 3: "the model is auto-regressive".
    """
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            memory = model.encode(source)
            tokens = torch.full_like(source[:, :1], start_id)  # (batch, 1)
            ended = torch.zeros_like(tokens, dtype=torch.bool)  # (batch, 1)
            for _ in range(max_length):
                logits = model.decode(tokens, memory, source)[:, -1]  # (batch, target_vocabulary)
                best = logits.argmax(dim=-1, keepdim=True).masked_fill(ended, model.pad_id)  # (batch, 1)
                tokens = torch.cat([tokens, best], dim=1)
                ended = ended | (best == end_id)
                if ended.all():
                    break
    finally:
        model.train(was_training)
    return tokens
    ### END SOLUTION


# %% test="greedy_decode"
check(greedy_decode)

# %% tags=["experiment"]
LONGEST = known_target.shape[1]


def translate(model: nn.Module, source: Tensor) -> list[str]:
    return [writes.decode(row) for row in greedy_decode(model, source, START, END, LONGEST)]


def exactly_right(answers: list[str], pairs: list) -> float:
    """How many of 100 texts are right to the last letter."""
    return 100 * sum(answer == pair.wanted for answer, pair in zip(answers, pairs, strict=True)) / len(pairs)


answers = translate(model, new_source)
print("at least 97 of 100 new days are right to the last letter:", exactly_right(answers, new) >= 97)

# %% tags=["experiment", "nbval-ignore-output"]
print(f"{exactly_right(answers, new):.1f} of 100")
for pair, answer in list(zip(new, answers, strict=True))[:6]:
    print(f"{pair.source[0]} {pair.text:20} {answer}")
wrong = [(pair, answer) for pair, answer in zip(new, answers, strict=True) if answer != pair.wanted]
for pair, answer in wrong[:4]:
    print(f"wrong: {pair.source[0]} {pair.text:20} {answer}, not {pair.wanted}")

# %% [markdown]
# Days that it has never seen, in twenty directions. And it is *your* model: every layer of it you have written.
#
# **Look: how does it find the year?** The decoder must fetch day, month and year from three places. While it writes
# a part of the date, how much of each head's attention lies on the same part of the source? Means over 200
# test days, in 100. *Predict: will each head have its own part?*

# %% tags=["experiment", "nbval-ignore-output"]
target_read = decoder.shift_right(new_target[:200], START)  # row i of the weights: what is looked at to write letter i
heard = listen(model, new_source[:200], target_read)["decoder to memory"]  # per layer: (200, heads, target, source)
parts = ("day", "month", "year")


def share_on_same_part(weights: Tensor, part: str) -> float:
    """weights (200, target_length, source_length) of one head."""
    found = []
    for row, pair in zip(weights, new[:200], strict=True):
        read, written = datasets_translation.places(pair.text), datasets_translation.places(pair.wanted)
        columns = [place + 1 for place in read[part]]  # the tag stands before the text
        found.append(row[list(written[part])][:, columns].sum(dim=-1).mean())
    return 100 * torch.stack(found).mean().item()


table = {
    f"layer {layer}, head {head}": {part: share_on_same_part(weights[:, head], part) for part in parts}
    for layer, weights in enumerate(heard)
    for head in range(weights.shape[1])
}
figures_heads.show_table(table, ylabel="", title="attention to the same part while writing it, of 100")

# %% tags=["experiment"]
best = {part: max(table, key=lambda name, part=part: table[name][part]) for part in parts}
print("some head gives its part most of its attention:", {part: table[best[part]][part] > 50 for part in parts})

# %% [markdown]
# *What to see:* some heads are specialists; they look where the same part stands, wherever that is in the two
# languages. Others look elsewhere, for instance at the symbol that names the language. Nobody has told them to share
# the work. Another seed shares it differently.
#
# One date in full. For each part, the head that was best at it:

# %% tags=["experiment"]
def show_heads_on(pair, names: list[str]) -> None:
    source, target = reads.encode([pair.source]), writes.encode([list(pair.wanted)])
    layers = listen(model, source, decoder.shift_right(target, START))["decoder to memory"]
    maps = {}
    for name in names:
        layer, head = int(name.split()[1].strip(",")), int(name.split()[-1])
        maps[name] = layers[layer][0, head]
    figures_translation.show_lookups(maps, [*pair.wanted, "end"], [*pair.source, "end"])


french = [pair for pair in new if (pair.language, pair.wanted_language) == ("fr", "hu")]
example = next(pair for pair in french if pair.day.month in (7, 8))  # août and augusztus differ
show_heads_on(example, list(dict.fromkeys(best.values())))

# %% [markdown]
# *What to see:* read row by row, from top to bottom: what is written next, and where the head looks for it. The year
# stands at the end of the French date and at the beginning of the Hungarian one: a small staircase in the upper right
# corner, digit by digit. The day: another one, at the lower left. Numbers are copied. The month between them is not
# copied but translated, and its rows look at a few of its letters: enough to know which month it is.

# %% [markdown]
# ## 7 · Keeping several candidates
#
# The most probable next token is not always the beginning of the most probable text. Here is a world with seven
# texts of two letters. *By hand: which text does greedy write? Which is the most probable one?*

# %%
TREE = {
    "": {"a": 0.5, "b": 0.4, "c": 0.1},
    "a": {"p": 0.4, "q": 0.3, "r": 0.3},
    "b": {"p": 0.9, "q": 0.1},
    "c": {"p": 0.5, "q": 0.5},
}
figures_translation.show_tree(TREE)

# %% [markdown]
# Greedy cannot go back. **Beam search** keeps the $k$ best beginnings at every step, the *beam*, and decides later.
# With $k = 1$ it is greedy; with $k$ as large as the number of texts it is an exhaustive search.
#
# Products of many probabilities become tiny, so we add logarithms: $\ln P = \sum_i \ln p_i$. Each further token makes
# $\ln P$ smaller, so short texts would win. A **length penalty** $\alpha$ makes up for it (Wu et al. 2016):
#
# $$\text{score} = \frac{\ln P}{\left(\frac{5 + n}{6}\right)^{\alpha}}$$
#
# | symbol | in code | |
# |---|---|---|
# | $n$ | | tokens written, END included, START not |
# | $\alpha$ | `length_penalty` | 0: none; 0.6 in the paper |
# | $k$ | `beam_size` | 4 in the paper |
#
# *By hand:* one text has $\ln P = -4$ with 5 tokens, another $\ln P = -4.5$ with 9. Which wins with $\alpha = 0$,
# which with $\alpha = 1$?
#
# ### Exercise `beam_search` · 30 minutes · ●●●

# %% exercise="beam_search"
#| export
def beam_search(
    model: Transformer,
    source: Tensor,
    start_id: int,
    end_id: int,
    max_length: int,
    beam_size: int,
    length_penalty: float,
) -> tuple[Tensor, Tensor]:
    """Writes a target for each source, and keeps the beam_size best beginnings at every step.

    The score of a hypothesis is ln P / ((5 + n) / 6)^length_penalty: P is the product of the probabilities of its
    tokens, n their number, end_id included, start_id not. At every step each open hypothesis is continued by every
    token, and of all these, and the hypotheses that have ended with end_id before, the beam_size with the highest
    scores stay. The search ends when all that stay have ended, or after max_length tokens. The answer is the one with
    the highest score, ended or not.
    Mode, gradients and padding are as in greedy_decode. The rows of a batch do not influence each other.

    Shapes: source (batch, source_length) -> tokens (batch, length) with start_id first and model.pad_id behind each
    end, as long as the longest answer; scores (batch,), of the logits' dtype.
    start_id and end_id are different tokens.
    Source: Wu et al., Google's Neural Machine Translation System (2016), section 7, equation 14, without coverage.
    """
    ### BEGIN SOLUTION

    def score(hypothesis: tuple[float, list[int]]) -> float:
        log_probability, tokens = hypothesis
        return log_probability / ((5 + len(tokens) - 1) / 6) ** length_penalty

    def continued(beam: list, memory: Tensor, row: Tensor) -> list:
        tokens = row.new_tensor([tokens for _, tokens in beam])  # (open hypotheses, length)
        logits = model.decode(tokens, memory.expand(len(beam), -1, -1), row.expand(len(beam), -1))[:, -1]
        steps = (logits.double() - logits.double().logsumexp(dim=-1, keepdim=True)).tolist()
        pairs = zip(beam, steps, strict=True)
        return [(total + step, [*tokens, v]) for (total, tokens), row in pairs for v, step in enumerate(row)]

    def best_of(row: Tensor, memory: Tensor) -> tuple[float, list[int]]:
        beam = [(0.0, [start_id])]
        for _ in range(max_length):
            ended = [hypothesis for hypothesis in beam if hypothesis[1][-1] == end_id]
            still_open = [hypothesis for hypothesis in beam if hypothesis not in ended]
            if not still_open:
                break
            candidates = ended + continued(still_open, memory, row)
            beam = sorted(candidates, key=score, reverse=True)[:beam_size]
        return beam[0]

    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            memory = model.encode(source)
            found = [best_of(source[i : i + 1], memory[i : i + 1]) for i in range(len(source))]
    finally:
        model.train(was_training)
    length = max(len(tokens) for _, tokens in found)
    padded = [tokens + [model.pad_id] * (length - len(tokens)) for _, tokens in found]
    return source.new_tensor(padded), memory.new_tensor([score(hypothesis) for hypothesis in found])
    ### END SOLUTION


# %% test="beam_search"
check(beam_search)

# %% [markdown]
# (By hand: the first with α = 0. With α = 1 the second, −1.9 against −2.4.)
#
# Yours in the small world. `World` behaves as a trained model would: it gives logits for the next letter.

# %%
class World(nn.Module):
    pad_id = PAD
    letters = {3: "a", 4: "b", 5: "c", 6: "p", 7: "q", 8: "r"}

    def encode(self, source: Tensor) -> Tensor:
        return torch.zeros(*source.shape, 1)  # nothing to remember

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        p = torch.zeros(*target.shape, 9)  # (batch, length, tokens)
        for row, tokens in enumerate(target.tolist()):
            following = TREE.get("".join(self.letters[token] for token in tokens[1:] if token in self.letters))
            shares = {token: (following or {}).get(letter, 0.0) for token, letter in self.letters.items()}
            for token, share in shares.items():
                p[row, -1, token] = share
            p[row, -1, END] = 0.0 if following else 1.0
        return (p + 1e-9).log()


world, nothing = World(), torch.tensor([[END]])  # source (1, 1)
found = {"greedy": greedy_decode(world, nothing, START, END, max_length=3)[0].tolist()}
for k in (1, 2, 7):
    tokens, scores = beam_search(world, nothing, START, END, max_length=3, beam_size=k, length_penalty=0.0)
    found[f"beam of {k}"] = tokens[0].tolist()
    print(f"beam of {k}: P = {scores.exp().item():.2f}")
written = {name: "".join(world.letters.get(token, "") for token in tokens) for name, tokens in found.items()}
print(written)
figures_translation.show_tree(TREE, {"greedy": written["greedy"], "beam of 2": written["beam of 2"]})

# %% [markdown]
# *What to see:* a beam of 2 is enough here, for "b" only has to live for one more step.
#
# And on dates? Your finished model makes so few mistakes that there is nothing to gain. So we take it as it was after
# 120 steps, when it was often in doubt. *Predict: how many of 12 dates will be right with greedy, how many with a beam
# of 4?*

# %% tags=["experiment"]
doubtful = Transformer(len(reads), len(writes), D_MODEL, num_heads=4, num_layers=2, d_ff=128, pad_id=PAD)
doubtful.load_state_dict(kept[120])
doubtful.eval()
some, some_source = new[:12], new_source[:12]
searches = {"greedy": (1, 0.0), "beam of 4": (4, 0.0), "beam of 4, penalty 0.6": (4, 0.6)}  # beam size, length penalty
texts, sure = {}, {}
for name, (k, alpha) in searches.items():
    rows, sure[name] = beam_search(doubtful, some_source, START, END, LONGEST, beam_size=k, length_penalty=alpha)
    texts[name] = [writes.decode(row) for row in rows]
print("a beam of 1 writes what greedy writes:", texts["greedy"] == translate(doubtful, some_source))
print("a beam's texts are more probable, on average:", sure["beam of 4"].mean().item() > sure["greedy"].mean().item())

# %% tags=["experiment", "nbval-ignore-output"]
gained = sure["beam of 4"] - sure["greedy"]  # (12,): differences of ln P
print(f"the beam's text is more probable: {(gained > 1e-4).sum()} of {len(some)}, less: {(gained < -1e-4).sum()}")
for name, answered in texts.items():
    letters = sum(map(len, answered)) / len(answered)
    print(f"{name:24}{exactly_right(answered, some):4.0f} of 100 right, {letters:.1f} letters on average")
differ = [case for case in zip(some, texts["greedy"], texts["beam of 4"], strict=True) if case[1] != case[2]]
for pair, one, other in differ[:5]:
    print(f"{pair.text:20} greedy {one:22} beam {other:20} right {pair.wanted}")

# %% [markdown]
# *What to see:* for some dates the beam finds a text that the model itself holds for more probable. That does not make
# it right: a wrong date may become right, and a right one wrong. In a trial of ours with 120 dates, greedy had 38 right
# and the beam 41. A search is only as good as the model that it asks.
# The penalty matters little, for dates are about equally long; with sentences, a beam without it likes to end too
# soon. And a beam is no guarantee: it may drop the path that greedy takes, and end with a text that is less probable.
# That is rare.
#
# The price, in texts that go through the decoder:

# %% tags=["experiment"]
@torch.no_grad()
def texts_decoded(k: int) -> float:
    """How many texts go through the decoder for one date, on average, with a beam of k."""
    count = 0

    def listener(_, inputs) -> None:
        nonlocal count
        count += inputs[0].shape[0]

    hook = doubtful.decoder.register_forward_pre_hook(listener)
    beam_search(doubtful, some_source[:6], START, END, LONGEST, beam_size=k, length_penalty=0.0)
    hook.remove()
    return count / 6


costs = {k: texts_decoded(k) for k in (1, 2, 4)}
for k, count in costs.items():
    print(f"beam of {k}: about {count / costs[1]:.0f} times the work of greedy")

# %% [markdown]
# *What to see:* about $k$ times the work, and for dates there is little to gain by it. It pays where a model is in
# doubt and several continuations are good, as in sentences; not where it is sure.

# %% [markdown]
# ## 8 · How good is a translation
#
# "Right to the last letter" is too hard a measure for sentences: there are many good translations. **BLEU** counts
# what a candidate shares with a human translation, the reference: single words, and runs of two, three and four.
#
# $$\text{BLEU} = 100 \cdot \min\!\left(1, e^{1 - r/c}\right) \cdot \left(p_1\, p_2\, p_3\, p_4\right)^{1/4}$$
#
# | symbol | |
# |---|---|
# | $p_n$ | of the candidates' runs of $n$ words, the share that the references have too |
# | $c$, $r$ | length of all candidates, and of their references |
#
# Two tricks are shut out. *Saying the same good word again and again:* a run counts at most as often as the reference
# has it. *Saying only what is certain:* a text shorter than its reference pays the **brevity penalty** in front.
#
# *By hand:* candidate "the the the the", reference "the cat sat on the mat". How large is $p_1$?
#
# ### Exercise `bleu` · 15 minutes · ●●○

# %% exercise="bleu"
#| export
def bleu(candidates: list[list], references: list[list[list]]) -> float:
    """Corpus BLEU-4, from 0 to 100: how many runs of one to four tokens the candidates share with their references.

    For n = 1 … 4, precision p_n = (runs of n tokens that are also in a reference) / (runs of n tokens), both summed
    over all candidates. A run counts at most as often as it stands in that single reference of its candidate that has
    most of it. BLEU = 100 · BP · (p_1 p_2 p_3 p_4)^(1/4), and 0 if one of them is 0 or has no runs.
    Brevity penalty BP = min(1, e^(1 − r / c)): c is the length of all candidates together, r that of their references,
    for each candidate the reference that is closest in length, the shorter one of two that are equally close.

    candidates: lists of tokens, which may be numbers or words; references: for each candidate a list of such lists.
    Raises ValueError, with both numbers in the message, if there are not as many lists of references as candidates.
    Source: Papineni et al., BLEU: a Method for Automatic Evaluation of Machine Translation (2002), sections 2.2, 2.3.
    """
    ### BEGIN SOLUTION
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)} candidates, but references for {len(references)}")

    def runs(tokens: list, n: int) -> Counter:
        return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

    shared, there = [0] * 4, [0] * 4
    for candidate, own in zip(candidates, references, strict=True):
        for n in range(1, 5):
            most = Counter()
            for reference in own:
                most |= runs(reference, n)  # the larger count of both
            shared[n - 1] += (runs(candidate, n) & most).total()  # the smaller count of both
            there[n - 1] += runs(candidate, n).total()
    if min(shared) == 0:
        return 0.0
    c = sum(len(candidate) for candidate in candidates)
    r = 0
    for candidate, own in zip(candidates, references, strict=True):
        r += min((abs(len(reference) - len(candidate)), len(reference)) for reference in own)[1]
    precision = math.exp(sum(math.log(s / t) for s, t in zip(shared, there, strict=True)) / 4)
    return 100 * min(1.0, math.exp(1 - r / c)) * precision
    ### END SOLUTION


# %% test="bleu"
check(bleu)

# %% [markdown]
# (By hand: 2 of 4, for the reference has "the" twice.)
#
# A date has three words, and no run of four. So we take letters for words here; numbers counted like that cannot be
# compared with those in papers.
#
# Two translations of *20 novembre 2026*: one is wrong in a digit, the other in its style. *Predict: which has the
# higher BLEU? Which would you rather have on your train ticket?*

# %%
wanted = "2026. november 20."
for answer in (wanted, "2025. november 20.", "2026. nov. 20."):
    print(f"{answer:20} BLEU {bleu([list(answer)], [[list(wanted)]]):5.1f}")

# %% [markdown]
# *What to see:* BLEU knows nothing of meaning. It is a thermometer for whole test sets, good for comparing two
# versions of one system, and bad at judging a sentence.
#
# Your model, and what it was after 120 steps:

# %% tags=["experiment"]
def bleu_of(answers: list[str], pairs: list) -> float:
    return bleu([list(answer) for answer in answers], [[list(pair.wanted)] for pair in pairs])


print("finished: BLEU at least 99:", bleu_of(answers, new) >= 99)

# %% tags=["experiment", "nbval-ignore-output"]
print(f"{'':40}{'right, of 100':>14}{'BLEU':>7}")
rows = {f"after 120 steps, {name}": (answered, some) for name, answered in texts.items()}
rows["finished, greedy"] = (answers, new)
for name, (answered, pairs) in rows.items():
    print(f"{name:40}{exactly_right(answered, pairs):14.1f}{bleu_of(answered, pairs):7.1f}")

# %% [markdown]
# *What to see:* many dates are wrong, and BLEU is still high, for most letters are right. Two measures, two pictures.
# Choose the one that your user would choose.

# %% [markdown]
# ## 9 · A beautiful failure
#
# Now the question of part 0. A copy of your model learns to write English **with** the weekday. In half of the French
# sources it is given (*vendredi 20 novembre 2026*), in the other half it is not, and would have to be computed. The
# copy begins with the weights that you have trained, so 80 more steps are enough: this is called fine-tuning. Then it
# is asked for days that it has never seen.

# %% tags=["experiment"]
clerk = Transformer(len(reads), len(writes), D_MODEL, num_heads=4, num_layers=2, d_ff=128, pad_id=PAD)
clerk.load_state_dict(model.state_dict())
full_target = writes.encode([pair.wanted for pair in known_full])
_ = train(clerk, reads.encode([pair.source for pair in known_full]), full_target, steps=80)

# %% tags=["experiment"]
new_full = datasets_translation.translations(200, seed=3, without=known + known_full, **task)
rows = greedy_decode(clerk, reads.encode([pair.source for pair in new_full]), START, END, full_target.shape[1])
said = [writes.decode(row).partition(", ") for row in rows]  # (weekday, ", ", date)
true = [pair.wanted.partition(", ") for pair in new_full]
given = [pair.style == "full" for pair in new_full]


def right(which: int, among: list[bool]) -> float:
    """How many of 100 have the part `which` right (0: weekday, 2: date), among some of the new days."""
    hits = [a[which] == b[which] for a, b, counts in zip(said, true, among, strict=True) if counts]
    return 100 * sum(hits) / len(hits)


missing = [not there for there in given]
results = {
    "date": right(2, [True] * len(new_full)),
    "weekday, given": right(0, given),
    "weekday, to be computed": right(0, missing),
    "chance: 1 of 7": 100 / 7,
}
figures.show_bars(results, xlabel="right, of 100 new days", marked=["weekday, to be computed"])
print("the date, at least 80:                   ", results["date"] >= 80)
print("the weekday that is given, at least 95:  ", results["weekday, given"] >= 95)
print("the other one, within 7 of chance:       ", abs(results["weekday, to be computed"] - 100 / 7) < 7)
print("you guessed", guess_weekdays)

# %% [markdown]
# *What to see:* it copies what it finds, and translates weekdays when they are there. Where it would have to compute
# one, it guesses, in fluent English. Nothing in the text shows the doubt.
#
# Why? The weekday **is** in the date: a short formula gives it. But learning goes step by step, and a step must pay.
# So let us ask what a part of the date is worth. Over all 73,049 days from 1900 to 2099: how often is the best guess
# right if one knows only …

# %%
import datetime

first, last = datasets_translation.FIRST_DAY, datasets_translation.LAST_DAY
days = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]


def best_guess(known_part) -> float:
    """How many of 100 weekdays are right, if one says for each value of known_part(day) the most frequent weekday."""
    counts = Counter((known_part(day), day.weekday()) for day in days)
    most = Counter()
    for (part, _), count in counts.items():
        most[part] = max(most[part], count)
    return 100 * most.total() / len(days)


figures.show_bars(
    {
        "nothing": best_guess(lambda day: 0),
        "the day": best_guess(lambda day: day.day),
        "day and month": best_guess(lambda day: (day.day, day.month)),
        "month and year": best_guess(lambda day: (day.month, day.year)),
        "all but the last digit": best_guess(lambda day: (day.day, day.month, day.year // 10)),
        "the whole date": best_guess(lambda day: day),
    },
    xlabel="right, of 100 days",
)

# %% [markdown]
# *What to see:* a part of the date is worth next to nothing. All but its last digit lift the guess from 14 to 20; only
# day, month and every digit of the year **together** give the answer. So there is hardly a slope that leads there: no
# single letter makes a weekday clearly more probable. A month's name, however, pays at once, letter by letter.
#
# This does not say that no network can learn a calendar. With far more training, networks have learned sums of that
# kind (Power et al. 2022, on small tables). It says: what you ask for should be in the input, or be learnable in small
# steps. And look at more than the loss. Here six of seven guessed weekdays are wrong, and it hardly shows: they cost
# ln 7 = 1.9 nats, once in about 27 letters, in half of the texts.

# %% [markdown]
# ## 10 · Claim under test: "a Transformer in a few lines"
#
# Many articles show a class like this one, and call it a Transformer: a linear layer named encoder, one named
# decoder, and a sum over heads between them. Here is such a class, in our words. So that it can be trained at all, we
# give it what it lacks, and generously: embeddings, positions, and at each place the source letter of that place and
# the letter written last.

# %%
class SoCalledTransformer(nn.Module):
    def __init__(self, source_vocabulary: int, target_vocabulary: int, d_model: int, num_heads: int, hidden: int):
        super().__init__()
        self.pad_id, self.num_heads = PAD, num_heads
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, PAD)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, PAD)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model)
        self.encoder = nn.Linear(2 * d_model, num_heads * hidden)  # "the encoder"
        self.decoder = nn.Linear(hidden, target_vocabulary)  # "the decoder"

    def encode(self, source: Tensor) -> Tensor:
        return self.positional_encoding(self.source_embedding(source))

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        places = min(target.shape[1], memory.shape[1])
        beside = F.pad(memory[:, :places], (0, 0, 0, target.shape[1] - places))  # (batch, target_length, d_model)
        x = torch.cat([self.positional_encoding(self.target_embedding(target)), beside], dim=-1)
        heads = self.encoder(x).unflatten(-1, (self.num_heads, -1))  # (batch, target_length, num_heads, hidden)
        return self.decoder(heads.sum(dim=2))  # "multi-head": a sum over heads

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        looked_up = self.encode(source)
        return self.decode(target, looked_up, source)


# %% [markdown]
# First, who feels what? As in lesson 5 we change one place of the source, and see which outputs move. *Predict the two
# pictures. And what can a model like the right one know of the year, when it stands at the other end of the date?*

# %%
@torch.no_grad()
def moved_by(model: nn.Module, source: Tensor, target: Tensor) -> Tensor:
    """(target_length, source_length), True where an output moves when a source letter is changed."""
    before, columns = model(source, target), []
    for place in range(source.shape[1]):
        other = source.clone()
        other[0, place] = 3 + (other[0, place] - 2) % 6  # another letter
        columns.append((model(other, target) - before).abs().amax(dim=-1)[0] > 1e-6)
    return torch.stack(columns, dim=1)


torch.manual_seed(3)
source, target = torch.randint(3, 9, (1, 7)), torch.randint(3, 9, (1, 6))
models = {
    "yours": Transformer(9, 9, 8, 2, 2, 16, pad_id=PAD),
    "the so-called one": SoCalledTransformer(9, 9, 8, 2, 16),
}
figures.show_masks(
    {name: moved_by(each, source, target) for name, each in models.items()},
    xlabel="changed letter of the source",
    ylabel="output that moves",
)

# %% [markdown]
# Second, what are its heads? Each is a block of rows of one matrix, and a sum of linear maps is a linear map: so many
# heads are one. Take the sum of the blocks as a single head, and compare:

# %%
many = SoCalledTransformer(9, 9, 8, num_heads=4, hidden=16).double()
one = SoCalledTransformer(9, 9, 8, num_heads=1, hidden=16).double()
others = {name: weight for name, weight in many.state_dict().items() if not name.startswith("encoder")}
one.load_state_dict(others, strict=False)
with torch.no_grad():
    one.encoder.weight.copy_(many.encoder.weight.unflatten(0, (4, 16)).sum(dim=0))
    one.encoder.bias.copy_(many.encoder.bias.unflatten(0, (4, 16)).sum(dim=0))
    print("four heads = one head:", torch.allclose(many(source, target), one(source, target), rtol=0, atol=1e-12))

# %% [markdown]
# Third, let it translate: the same dates, the same loop, 120 steps. How wide should it be? Encoder and decoder
# together are one linear map from $2 d_\text{model}$ numbers to $V$; with $V$ hidden numbers it can already be any such
# map. More would add nothing to what it can express.

# %% tags=["experiment"]
torch.manual_seed(0)
so_called = SoCalledTransformer(len(reads), len(writes), D_MODEL, num_heads=4, hidden=len(writes))
start_small(so_called.source_embedding)
start_small(so_called.target_embedding)
_ = train(so_called, known_source, known_target, steps=120)

with torch.no_grad():
    letters_right = {}
    for name, each in (("yours", model), ("the so-called one", so_called)):
        hits = each(new_source, decoder.shift_right(new_target, START)).argmax(dim=-1) == new_target
        letters_right[name] = 100 * hits[new_target != PAD].double().mean().item()
so_called_answers = translate(so_called, new_source[:100])
print("dates that it gets right, of 100:", round(exactly_right(so_called_answers, new[:100])))
print("letters right, if all letters before are given, below 60 of 100:", letters_right["the so-called one"] < 60)

# %% tags=["experiment", "nbval-ignore-output"]
marked = ["the so-called one"]
figures.show_bars(letters_right, xlabel="letters right, of 100, if all letters before are given", marked=marked)
for pair, answer in zip(new[:3], so_called_answers[:3], strict=True):
    print(f"{pair.text:20} {answer}")

# %% [markdown]
# *What to see:* not one date. It has learned which letters dates are made of, for it sees the letter written last and
# the place. But no place hears of any other: there is no attention, no softmax, no query. More heads, more such layers
# or more steps would not help.
#
# The names of the parts make nobody a Transformer. **Test what a model can feel, before you train it.**

# %% [markdown]
# ## 11 · An opponent: LSTM with attention
#
# Before 2017, neural translation was mostly done by two recurrent networks, one that reads and one that writes, with an
# attention between them (Bahdanau, Cho and Bengio 2015; here in the simpler form of Luong, Pham and Manning 2015). An
# LSTM hands a memory on from letter to letter. Attention was the addition. The paper of 2017 asked whether the rest is
# needed.
#
# The opponent has `encode`, `decode` and `pad_id` as your model has: your loop trains it, your `greedy_decode` makes
# it write, and its attention is the one of your lesson 1. We also train it without, in the manner of the time before:
# then the writer gets one vector, a mean over the source, whatever it is about to write.
#
# An opponent deserves its own settings. In trials of ours with 200 steps and a warm-up of 40, 100, 200 or 300, the
# LSTMs with attention were best with 40: 97 of 100 dates. The two together take less time than your model did.

# %%
class TwoLSTMs(nn.Module):
    def __init__(self, depth: int, hidden: int, attend: bool = True):
        super().__init__()
        source_vocabulary, target_vocabulary = len(reads), len(writes)
        self.pad_id, self.attend = PAD, attend
        self.source_embedding = nn.Embedding(source_vocabulary, depth, padding_idx=PAD)
        self.target_embedding = nn.Embedding(target_vocabulary, depth, padding_idx=PAD)
        self.reader = nn.LSTM(depth, hidden, batch_first=True)
        self.first = nn.Linear(hidden, 2 * hidden)  # what the writer knows before it begins
        self.writer = nn.LSTM(depth, hidden, batch_first=True)
        self.query = nn.Linear(hidden, hidden) if attend else None
        self.together = nn.Linear(2 * hidden, hidden)
        self.readout = nn.Linear(hidden, target_vocabulary)

    def encode(self, source: Tensor) -> Tensor:
        return self.reader(self.source_embedding(source))[0]  # padding comes last: no letter's state knows of it

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        real = (source != self.pad_id).unsqueeze(1)  # (batch, 1, source_length)
        mean = real.float() @ memory / real.sum(dim=-1, keepdim=True)  # (batch, 1, hidden)
        state, cell = self.first(mean).tanh().transpose(0, 1).chunk(2, dim=-1)  # (1, batch, hidden) each
        x, _ = self.writer(self.target_embedding(target), (state.contiguous(), cell.contiguous()))
        if self.attend:
            found, _ = attention.scaled_dot_product_attention(self.query(x), memory, memory, real)
        else:
            found = mean.expand_as(x)  # the same for all letters: a summary instead of a look
        return self.readout(self.together(torch.cat([x, found], dim=-1)).tanh())

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        looked_up = self.encode(source)
        return self.decode(target, looked_up, source)


# %% tags=["experiment"]
def trained_opponent(attend: bool) -> tuple[nn.Module, dict]:
    torch.manual_seed(0)
    opponent = TwoLSTMs(depth=D_MODEL, hidden=96, attend=attend)
    return opponent, train(opponent, known_source, known_target, steps=200, keep_every=40, warm_up=40)[1]


racers = {
    "yours": (model, kept),
    "LSTMs with attention": trained_opponent(True),
    "LSTMs without": trained_opponent(False),
}
sizes = {name: sum(weight.numel() for weight in each.parameters()) for name, (each, _) in racers.items()}
print("sizes differ by less than 10 %:", max(sizes.values()) < 1.1 * min(sizes.values()))

# %% [markdown]
# How fast do they learn? The weights kept on the way write 40 of the test days. *Predict: who is first to 90?*

# %% tags=["experiment"]
def on_the_way(each: nn.Module, weights_kept: dict) -> list[float]:
    """Dates right, of 100, with each of the kept weights. The last ones stay in the model."""
    found = []
    for weights in weights_kept.values():
        each.load_state_dict(weights)
        each.eval()
        found.append(exactly_right(translate(each, new_source[:40]), new[:40]))
    return found


curves = {name: on_the_way(*racer) for name, racer in racers.items()}
lines = {name: found + [math.nan] * (len(kept) - len(found)) for name, found in curves.items()}  # not all are as long
figures.show_lines([BATCH * step for step in kept], lines, xlabel="examples seen", ylabel="dates right, of 100")
for name in ("yours", "LSTMs with attention"):
    print(f"{name}: at least 95 of 100 in the end:", curves[name][-1] >= 95)

# %% tags=["experiment", "nbval-ignore-output"]
import time


def examples_per_second(each: nn.Module, steps: int = 5) -> float:
    read, wanted = known_source[:BATCH], known_target[:BATCH]
    started = time.perf_counter()
    for _ in range(steps):
        label_smoothed_cross_entropy(each(read, decoder.shift_right(wanted, START)), wanted, PAD).backward()
    return BATCH * steps / (time.perf_counter() - started)


print(f"{'':22}{'numbers':>9}{'dates right, of 100':>21}{'examples per second':>21}")
for name, (each, _) in racers.items():
    print(f"{name:22}{sizes[name]:9}{curves[name][-1]:21.0f}{examples_per_second(each):21.0f}")

# %% [markdown]
# *What to see:* an honest result. The LSTMs with attention learn from fewer examples, and take less time for each. In
# the end both are right nearly always. One reason may be that an LSTM is born with an order, while your model has to
# find out first what a position is. And twenty letters are few: there is little to gain by reading them all at once,
# on a processor that does little at once.
#
# What helps is the attention. **Errors against distance:** a digit of the year may stand at the end of the source and
# at the beginning of the target. We take each model when about half of its dates were right, or as near
# as it came, and look at the digits that it copies (the day, and the last two of the year). How often are they wrong,
# by the distance between the place where they are read and the place where they are written? *Predict three curves.*

# %% tags=["experiment", "nbval-ignore-output"]
far = datasets_translation.translations(600, seed=4, without=known)
far_source, far_target = reads.encode([pair.source for pair in far]), writes.encode([pair.wanted for pair in far])
BAND = 4  # distances 0–3, 4–7, 8–11, 12–15


def copied_digits(pair) -> list[tuple[int, int]]:
    """(place in the source, place in the target) of the day's digits and of the year's last two."""
    read, written = datasets_translation.places(pair.text), datasets_translation.places(pair.wanted)
    return [both for part in ("day", "year") for both in list(zip(read[part], written[part], strict=True))[-2:]]


@torch.no_grad()
def errors_by_distance(each: nn.Module) -> list[float]:
    right = each(far_source, decoder.shift_right(far_target, START)).argmax(dim=-1) == far_target  # (600, length)
    missed = [[], [], [], []]
    for row, pair in zip(right, far, strict=True):
        for a, b in copied_digits(pair):
            missed[min(abs(a - b) // BAND, 3)].append(not row[b].item())
    return [100 * sum(band) / len(band) for band in missed]


by_distance = {}
for name, (each, weights) in racers.items():
    step = min(zip(curves[name], weights, strict=True), key=lambda pair: abs(pair[0] - 50))[1]
    each.load_state_dict(weights[step])
    by_distance[f"{name}, step {step}"] = errors_by_distance(each)
    each.load_state_dict(weights[max(weights)])
middles = [1.5, 5.5, 9.5, 13.5]
figures.show_lines(middles, by_distance, xlabel="distance, in letters", ylabel="copied digits wrong, of 100")

# %% [markdown]
# *What to see:* without attention nearly half of the digits are wrong, and of the far ones most: all must pass through
# one vector. With attention neither curve keeps rising: any letter is one look away, however far it stands. This is
# what attention was invented for. What the paper of 2017 added: it needs no LSTM beside it.

# %% [markdown]
# ## 12 · Where to go from here
#
# What you have built is the model of 2017. Today's are its children. What has changed, and where to read of it:
#
# | here | in many models today | source |
# |---|---|---|
# | norm behind each part | norm first: trains more easily | Xiong et al. 2020 |
# | layer norm | RMSNorm, without mean and bias: less to compute | Zhang and Sennrich 2019 |
# | sines added to tokens | queries and keys rotated in every layer: your `rotate` | Su et al. 2021 |
# | ReLU | SwiGLU: one branch opens and closes the other | Shazeer 2020 |
# | keys and values per head | shared by heads: a smaller cache | Shazeer 2019; Ainslie et al. 2023 |
# | all weights in memory | block by block, with the same result: FlashAttention | Dao et al. 2022 |
# | one feed-forward for all tokens | each token through a few of many: mixture of experts | Shazeer et al. 2017 |
# | letters | pieces of words, found by counting (the paper, too): shorter texts | Sennrich et al. 2016 |
# | encoder and decoder | for chat, a decoder alone: everything in one row (lesson 5) | Radford et al. 2018 |
#
# The last line has exceptions: where a source is to be read in full, as in speech recognition, the shape of this
# lesson lives on (Whisper: Radford et al. 2022).
#
# *Try it.* Each of these is an evening:
#
# - Add a language to `datasets_translation.LANGUAGES`. Which one is hard?
# - Train with `norm_first=True`, without label smoothing, without warm-up. What matters?
# - Share the table of target and output (`output_projection.weight = target_embedding.embedding.weight`). Why does the
#   √d_model matter now?
# - Make `greedy_decode` fast with your `cached_step`.
# - Give the model of part 9 a hint beside each date: the weekday of 1 January. Does it compute now?

# %% [markdown]
# ## Keep
#
# | name | shape | |
# |---|---|---|
# | `source` → `memory` | `(batch, source_length)` → `(batch, source_length, d_model)` | read once |
# | `target` | `(batch, target_length)` | shifted right: START first |
# | logits | `(batch, target_length, target_vocabulary)` | for the token after each position |
# | masks | source padding; source padding; target padding and future | encoder; cross; decoder |
#
# $$x = \sqrt{d_\text{model}}\,E_t \qquad q_v = (1-s)[v=y] + \tfrac{s}{V} \qquad
# \text{rate} = d_\text{model}^{-1/2} \min(\text{step}^{-1/2}, \text{step} \cdot \text{warmup}^{-3/2})$$
#
# - √d_model goes with a table that starts small. Check the size of what you add.
# - Masks are made in one place, from the tokens.
# - Shift, loss without padding, `zero_grad`, `backward`, clip, `step`: in this order.
# - The best next token need not begin the best text. A beam finds more probable ones, and costs $k$ times as much.
# - BLEU compares systems, not sentences.
# - A model learns what pays in small steps. It guesses the rest without saying so.
# - A name proves nothing: test what an output can feel. And train an opponent.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. Your loss falls to the value that smoothing allows within 50 steps, and greedy_decode writes
# nonsense. Which line of the loop do you look at first?</summary>
# shift_right. If the decoder reads the letter that it has to write, it copies it in training, and has nothing to copy
# when it writes.
# </details>
#
# <details><summary>2. Two identical sources of different padding, in one batch: must the translations be equal? Which
# masks see to it?</summary>
# Yes. The encoder's own mask, so that no letter looks at padding, and the one from decoder to memory.
# </details>
#
# <details><summary>3. Why does a beam with length_penalty = 0 prefer short texts?</summary>
# Each token multiplies P by a number below 1, so every further token costs. Dividing ln P by a number that grows with
# the length makes up for it.
# </details>
#
# **Saved** in `my_transformer/transformer.py`: your seven exercises. With the files of the lessons before, the folder
# now holds a whole Transformer, and every line that computes is yours.
#
# **Read on.**
# Vaswani et al., *Attention Is All You Need* (2017): read it once more, you know every line now ·
# Bahdanau, Cho and Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate* (2015) ·
# Luong, Pham and Manning, *Effective Approaches to Attention-based Neural Machine Translation* (2015) ·
# Szegedy et al., *Rethinking the Inception Architecture for Computer Vision* (2016): label smoothing ·
# Wu et al., *Google's Neural Machine Translation System* (2016): the beam and its penalty ·
# Papineni et al., *BLEU: a Method for Automatic Evaluation of Machine Translation* (2002) ·
# Johnson et al., *Google's Multilingual Neural Machine Translation System* (2017): one model, many languages ·
# Power et al., *Grokking: Generalization Beyond Overfitting on Small Algorithmic Datasets* (2022).

# %% tags=["nbval-ignore-output"]
progress()
