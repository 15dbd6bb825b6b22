# %% [markdown]
# # 5 · Decoder
#
# An encoder reads. A decoder writes: one token after the other, and each one depends on all that is written already.
# In this lesson you build it, let it learn Python's own documentation, and make it write.
#
# | part | you do | time |
# |---|---|---|
# | 0–1 | a guessing game; **exercise** `shift_right` ●○○ | 12 min |
# | 2 | **exercise** `DecoderLayer` ●●○ | 25 min |
# | 3 | **exercise** `Decoder` ●○○, against PyTorch's | 12 min |
# | 4 | test a claim | 8 min |
# | 5 | real data: train a language model | 12 min |
# | 6 | **exercises** `next_token_probabilities` ●○○, `top_k_filter` ●●○, `nucleus_filter` ●●○ | 35 min |
# | 7 | **exercises** `KeyValueCache` ●○○, `cached_step` ●●● | 40 min |
#
# Only the code in an exercise's own cell is graded and carried over. Stuck? `hint("shift_right", 1)`, then 2, then 3.

# %% tags=["setup"]
#| export
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %%
import sys

sys.path.append("..")
from coach import carry_over, check, documentation, figures, figures_text, hint, progress, training

# %% [markdown]
# From lessons 1, 2 and 4, your own code:

# %% tags=["setup", "nbval-ignore-output"]
#| export
attention = carry_over("attention")

# %% tags=["setup", "nbval-ignore-output"]
#| export
multi_head = carry_over("multi_head")

# %% tags=["setup", "nbval-ignore-output"]
#| export
encoder = carry_over("encoder")

# %% [markdown]
# And your positions from lesson 3, for the language model of part 5:

# %% tags=["nbval-ignore-output"]
positional_encoding = carry_over("positional_encoding")

# %% [markdown]
# ## 0 · What you will build
#
# A model that writes documentation, letter by letter. All it ever does is to guess the next letter. How good can one
# be at that? Claude Shannon played this game with people in 1951. Play it: here is a sentence in the style of
# Python's documentation, with nine letters covered. You may use what stands to the left of a box, not what comes
# after.

# %%
figures_text.show_guessing_game()

# %% [markdown]
# *Before you scroll on: which of the nine would you call hard, even for somebody who knows Python well? What do the
# hard ones have in common?* Note the numbers, and run the cell. In part 5 your model plays the same game.

# %%
guess_hard = "?"

# %% [markdown]
# ## 1 · Every letter is a question
#
# A text of 1000 letters holds 1000 such questions: *given all letters before it, which one comes here?* One pass can
# answer them all at once: each position gives one output, and a causal mask hides from it what comes later.
#
# One thing is in the way. Position $i$ sees itself. If it reads letter $i$ and has to write letter $i$, it will learn
# to copy. So the decoder reads the text **one position late**:
#
# | position | 0 | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|---|
# | reads | start | p | r | i | n |
# | writes | p | r | i | n | t |
#
# Position 3 sees start, p, r, i and writes n. During training the right letters are fed in, whatever the model would
# have written: this is called **teacher forcing**. All positions learn in one pass, none has to wait for another.
#
# ### Exercise `shift_right` · 5 minutes · ●○○

# %% exercise="shift_right"
#| export
def shift_right(tokens: Tensor, start_id: int) -> Tensor:
    """What the decoder reads while it learns to write `tokens`: the same text, one position late.

    Shapes: tokens (batch, length), integers, length at least 1 -> (batch, length), the same dtype.
    The first column is start_id. Position i > 0 holds the token of position i − 1; the last token is read by nobody.
    The input is not changed.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.1: "offset by one position".
    """
    ### BEGIN SOLUTION
    start = torch.full_like(tokens[:, :1], start_id)  # (batch, 1)
    return torch.cat([start, tokens[:, :-1]], dim=1)  # (batch, length)
    ### END SOLUTION


# %% test="shift_right"
check(shift_right)

# %%
letters = sorted("print")
word = torch.tensor([[letters.index(letter) for letter in "print"]])  # (1, 5)
reads = shift_right(word, start_id=len(letters))  # a number that no letter has
print("reads: ", " ".join([*letters, "start"][number] for number in reads[0]))
print("writes:", " ".join(letters[number] for number in word[0]))

# %% [markdown]
# ## 2 · A layer that reads twice
#
# Your encoder layer has two parts: self-attention and feed-forward. A decoder layer has a third one between them,
# with which it looks something up in the **memory**: what the encoder has made of the source, such as the sentence to
# be translated.
#
# | part | query from | keys, values from | mask | weights |
# |---|---|---|---|---|
# | self-attention | text | text | `target_mask`: no future | `(…, target_length, target_length)` |
# | cross-attention | text | memory | `memory_mask`: no padding | `(…, target_length, source_length)` |
# | feed-forward | text | | | |
#
# Around each part stand the same things as in the encoder: a residual connection, dropout on what is added, and a
# norm. With $P$ for any of the three parts:
#
# $$\text{norm behind (2017):}\; x \leftarrow \mathrm{norm}(x + \mathrm{drop}(P(x)))
# \qquad \text{norm first:}\; x \leftarrow x + \mathrm{drop}(P(\mathrm{norm}(x)))$$
#
# Memory and text may have different lengths. *Predict: which of the two lengths does the output have?*
#
# ### Exercise `DecoderLayer` · 20 minutes · ●●○
#
# Not allowed here: torch's own Transformer layers, for they are the exercise.

# %% exercise="DecoderLayer"
#| export
class DecoderLayer(nn.Module):
    """Self-attention, cross-attention, feed-forward: each with its residual connection and its norm.

    Parts: self_attention and cross_attention, each a multi_head.MultiHeadAttention; feed_forward, an
    encoder.FeedForward; attention_norm, cross_attention_norm, feed_forward_norm, each an encoder.LayerNorm.
    Dropout as in your EncoderLayer: in both attentions, in feed_forward, and on what each part adds to x.
    norm_first=False: each norm comes after its part's sum, as in the paper. True: each norm comes before its part.
    It keeps num_heads and norm_first as attributes; part 7 needs them.
    Source: Vaswani et al. (2017), section 3.1 and figure 1, right.
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        ### BEGIN SOLUTION
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        ### END SOLUTION

    def forward(
        self, x: Tensor, memory: Tensor, target_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """First look at the text so far, then at the memory, then think.

        Shapes: x (batch, target_length, d_model), memory (batch, source_length, d_model): the encoder's output;
        target_mask broadcastable to (batch, target_length, target_length), for self-attention;
        memory_mask broadcastable to (batch, target_length, source_length), for cross-attention; True = may attend.
        -> (batch, target_length, d_model).
        The layer uses the masks that it is given and adds none. Only x is normalised, never the memory.
        """
        ### BEGIN SOLUTION

        def attend_to_text(h: Tensor) -> Tensor:
            return self.self_attention(h, h, h, target_mask)[0]

        def attend_to_memory(h: Tensor) -> Tensor:
            return self.cross_attention(h, memory, memory, memory_mask)[0]

        x = self.add(x, self.attention_norm, attend_to_text)
        x = self.add(x, self.cross_attention_norm, attend_to_memory)
        return self.add(x, self.feed_forward_norm, self.feed_forward)

    def add(self, x: Tensor, norm: nn.Module, part) -> Tensor:
        """What every part has around it: a residual connection, a norm, dropout."""
        if self.norm_first:
            return x + self.dropout(part(norm(x)))
        return norm(x + self.dropout(part(x)))
        ### END SOLUTION


# %% test="DecoderLayer"
check(DecoderLayer)

# %% [markdown]
# **Look.** Who feels what? We change one letter of the text, and see which outputs move. Then one place of the
# memory. The text has 5 positions, the memory 7, of which the last two are padding.

# %%
torch.manual_seed(1)
layer = DecoderLayer(d_model=8, num_heads=2, d_ff=16)
text, memory = torch.randn(1, 5, 8), torch.randn(1, 7, 8)  # (batch, length, d_model)
past, real = attention.causal_mask(5), attention.padding_mask(torch.tensor([5]), 7)  # (5, 5), (1, 1, 7)


def moved(text_change: Tensor, memory_change: Tensor) -> Tensor:
    """Which of the five outputs move: (5,), bool."""
    with torch.no_grad():
        before = layer(text, memory, past, real)
        after = layer(text + text_change, memory + memory_change, past, real)
    return (after - before).abs().amax(dim=-1)[0] > 1e-6


def nudge(length: int, place: int) -> Tensor:
    """A change at one place of a sequence: (1, length, 8)."""
    change = torch.zeros(1, length, 8)
    change[:, place] = torch.linspace(-1, 1, 8)
    return change


none = torch.zeros(1)
by_text = torch.stack([moved(nudge(5, place), none) for place in range(5)], dim=1)  # (output, changed): (5, 5)
by_memory = torch.stack([moved(none, nudge(7, place)) for place in range(7)], dim=1)  # (5, 7)
figures.show_masks({"text": by_text, "memory": by_memory}, xlabel="changed", ylabel="output that moves")

# %% [markdown]
# *What to see:* on the left the staircase: an output feels its own letter and those before it, never a later one.
# This is why all positions can learn at once. On the right every output feels every real place of the memory, for the
# source is there in full from the beginning. Nobody feels the padding.
#
# ## 3 · The stack
#
# ### Exercise `Decoder` · 8 minutes · ●○○

# %% exercise="Decoder"
#| export
class Decoder(nn.Module):
    """A stack of DecoderLayers. All layers read the same memory.

    Parts: layers, an nn.ModuleList of num_layers DecoderLayers; and, only if norm_first, final_norm, an
    encoder.LayerNorm for what comes out of the last layer.
    Source: Vaswani et al. (2017), section 3.1.
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
        sizes = (d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList(DecoderLayer(*sizes) for _ in range(num_layers))
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()
        ### END SOLUTION

    def forward(
        self, x: Tensor, memory: Tensor, target_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """Shapes and masks as in DecoderLayer.forward."""
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)  # (batch, target_length, d_model)
        return self.final_norm(x)
        ### END SOLUTION


# %% test="Decoder"
check(Decoder)

# %% [markdown]
# **Proof.** PyTorch has such a decoder too. We copy your weights into it, part by part, and give both the same input
# and the same masks. (PyTorch's masks say what is *blocked*, so ours are turned round.)

# %%
def copy_attention(yours: nn.Module, theirs: nn.MultiheadAttention) -> None:
    roles = (yours.query_projection, yours.key_projection, yours.value_projection)
    theirs.in_proj_weight.copy_(torch.cat([role.weight for role in roles]))  # PyTorch keeps the three in one
    theirs.in_proj_bias.copy_(torch.cat([role.bias for role in roles]))
    theirs.out_proj.load_state_dict(yours.output_projection.state_dict())


def copy_layer(yours: DecoderLayer, theirs: nn.TransformerDecoderLayer) -> None:
    copy_attention(yours.self_attention, theirs.self_attn)
    copy_attention(yours.cross_attention, theirs.multihead_attn)
    for name, part in {
        "linear1": yours.feed_forward.expand,
        "linear2": yours.feed_forward.contract,
        "norm1": yours.attention_norm,
        "norm2": yours.cross_attention_norm,
        "norm3": yours.feed_forward_norm,
    }.items():
        getattr(theirs, name).load_state_dict(part.state_dict())


torch.manual_seed(2)
text, memory = torch.randn(3, 6, 16).double(), torch.randn(3, 9, 16).double()
past, real = attention.causal_mask(6), attention.padding_mask(torch.tensor([9, 4, 7]), 9)  # (6, 6), (3, 1, 9)
for norm_first in (False, True):
    yours = Decoder(2, d_model=16, num_heads=4, d_ff=32, norm_first=norm_first).double()
    block = nn.TransformerDecoderLayer(16, 4, 32, dropout=0.0, batch_first=True, norm_first=norm_first)
    theirs = nn.TransformerDecoder(block, 2, nn.LayerNorm(16) if norm_first else None).double()
    with torch.no_grad():
        for one, other in zip(yours.layers, theirs.layers, strict=True):
            copy_layer(one, other)
        out = theirs(text, memory, tgt_mask=~past, memory_key_padding_mask=~real.squeeze(1))
        difference = (yours(text, memory, past, real) - out).abs().max().item()
    print(f"norm_first={norm_first}: differs from PyTorch's by less than 1e-12: {difference < 1e-12}")

# %% [markdown]
# ## 4 · Claim under test: "the decoder concatenates the encoder's outputs into a longer sequence"
#
# You can read this in widely shared tutorials: first the encoder's outputs, then the words written so far, all in one
# row. Test it with your own decoder. *Predict: with 9 places of memory and 6 letters, how many outputs? And what
# happens when the 9 places are shuffled?*

# %%
order = torch.randperm(9, generator=torch.Generator().manual_seed(0))
with torch.no_grad():
    out = yours(text, memory, past, real)
    shuffled = yours(text, memory[:, order], past, real[:, :, order])
print("memory", tuple(memory.shape), "text", tuple(text.shape), "-> output", tuple(out.shape))
print("shuffled memory, the same output:", torch.allclose(out, shuffled, rtol=0, atol=1e-12))

# %% [markdown]
# So the sentence is false. The row does not grow: 6 letters in, 6 positions out, however long the source. And the
# memory is no part of a row at all, but a bag of things to look up: its order means nothing to the decoder, except
# through the positions that the encoder has worked into its vectors.
#
# But would it be so wrong to concatenate? Suppose one attention looked at both: at $S$ keys and values of the memory,
# followed by $T$ of the text. Compare it with the two attentions apart.

# %%
torch.manual_seed(3)
query = torch.randn(2, 6, 8).double()  # (batch, target_length, d_k)
memory_key, memory_value = torch.randn(2, 2, 9, 8).double()  # (batch, S, d_k) each
text_key, text_value = torch.randn(2, 2, 6, 8).double()  # (batch, T, d_k) each

keys, values = torch.cat([memory_key, text_key], dim=1), torch.cat([memory_value, text_value], dim=1)
together, weights = attention.scaled_dot_product_attention(query, keys, values)
from_memory, _ = attention.scaled_dot_product_attention(query, memory_key, memory_value)
from_text, _ = attention.scaled_dot_product_attention(query, text_key, text_value)

share = weights[:, :, :9].sum(dim=-1, keepdim=True)  # what each query gives to the memory: (2, 6, 1)
mixture = share * from_memory + (1 - share) * from_text
print("shares that the memory gets:", [round(part, 2) for part in share[0, :, 0].tolist()])
print("one attention over both is this mixture:", torch.allclose(together, mixture, rtol=0, atol=1e-12))

# %% [markdown]
# A theorem: **attention over a concatenation is a mixture of the two attentions**, and the share of each is decided
# by the softmax. Why? Among the keys of one group the weights keep their proportions; only the sum over the group
# changes.
#
# So there are two designs. In the decoder of 2017, text and memory do not compete: each has an attention of its own,
# with its own projections, and a full unit of weight to give away, one after the other. In a model that concatenates,
# a look at the source costs attention to the text. Such models exist, and you have used them: a chat model puts
# question and answer into one row, and has no encoder and no cross-attention. The claim describes that machine, not
# this one.
#
# It has a price, too: for $S = T = 1000$ the two attentions of this decoder compute $T^2 + TS$ = 2 million weights
# per head, the concatenation $(S+T)^2$ = 4 million.
#
# ## 5 · Real data: Python's documentation
#
# A **language model** writes without a source. There is no encoder, no memory, nothing to cross-attend to. What is
# left of a decoder layer then? Let us hide the memory completely, and copy the other parts into one of your *encoder*
# layers, with a causal mask. *Predict: equal, or only similar?*

# %%
def as_decoder(stack: nn.Module, num_layers: int, d_model: int, num_heads: int, d_ff: int) -> Decoder:
    """A decoder that is to do what a causal `encoder.Encoder` with norm_first does."""
    decoder = Decoder(num_layers, d_model, num_heads, d_ff, norm_first=True)
    decoder.load_state_dict(stack.state_dict(), strict=False)  # all parts that both have; the names are the same
    for layer in decoder.layers:
        nn.init.zeros_(layer.cross_attention.output_projection.bias)  # all that is left of looking at nothing
    return decoder.eval()


nowhere = torch.zeros(1, 1, dtype=torch.bool)  # a mask: the memory may not be looked at
torch.manual_seed(4)
stack = encoder.Encoder(2, d_model=16, num_heads=4, d_ff=32, norm_first=True).eval()
x = torch.randn(1, 6, 16)
with torch.no_grad():
    writer = as_decoder(stack, 2, d_model=16, num_heads=4, d_ff=32)
    same = torch.allclose(stack(x, attention.causal_mask(6)), writer(x, x[:, :1], attention.causal_mask(6), nowhere))
print("a decoder with nothing to look up = encoder layers with a causal mask:", same)

# %% [markdown]
# They are the same. So for a language model we do not carry an idle cross-attention along, but stack your
# `EncoderLayer`s and give them a causal mask. That is how GPT is built; it is called "decoder-only" for what it does,
# not for its parts.
#
# **The text.** Every Python carries its language reference, for `help()`. We take its prose, paragraph by paragraph,
# and keep every tenth paragraph for testing.

# %% tags=["nbval-ignore-output"]
paragraphs = documentation.paragraphs()
unseen = paragraphs[9::10]
seen = [paragraph for number, paragraph in enumerate(paragraphs) if number % 10 != 9]
print("more than 150,000 letters to learn from:", sum(map(len, seen)) > 150_000)
print(seen[0])

# %% tags=["nbval-ignore-output"]
characters = sorted(set("\n".join(paragraphs)))
number_of = {character: number for number, character in enumerate(characters)}
V = len(characters)
START = V  # one more number, which no character has


def encode(text: str) -> Tensor:
    return torch.tensor([number_of[character] for character in text])  # (length,)


train, test = encode("\n".join(seen)), encode("\n".join(unseen))
print("".join(characters[1:]))

# %% [markdown]
# **Landmarks.** The loss will be the mean of $-\ln p$, with $p$ what the model gives to the right letter. What would
# be good? Three models that need no training tell us, each from counts alone:
#
# - **uniform**: all $V$ characters are equally likely. Loss $\ln V$.
# - **unigram**: it knows how often each letter occurs, and nothing else. Loss $H_1 = -\sum_a p(a) \ln p(a)$.
# - **bigram**: it knows the letter before. Loss $H_2 = -\sum_{a,b} p(a,b) \ln p(b \mid a)$.

# %% tags=["nbval-ignore-output"]
single = torch.bincount(train, minlength=V).double()  # (V,): how often each letter occurs
pair = torch.bincount(train[:-1] * V + train[1:], minlength=V * V).double().view(V, V)  # [a, b]: b follows a

p = single / single.sum()
p_pair = pair / pair.sum()
p_next = pair / pair.sum(dim=1, keepdim=True).clamp(min=1)  # [a, b]: given a, how probable is b
landmarks = {
    "uniform: ln V": math.log(V),
    "unigram": -torch.xlogy(p, p).sum().item(),
    "bigram": -torch.xlogy(p_pair, p_next).sum().item(),
}
for name, level in landmarks.items():
    print(f"{name:14} {level:.1f} nats: as undecided as among {math.exp(level):.0f} equally likely letters")

# %% [markdown]
# **The model.** An embedding for each character, your positions, your encoder layers under a causal mask, and a
# linear layer that turns each position's vector into $V$ logits.

# %%
CONTEXT = 64  # positions that the model is trained on
SIZES = dict(num_layers=2, d_model=64, num_heads=2, d_ff=128)


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(V + 1, SIZES["d_model"])  # one for each character, and one for the start
        self.positions = positional_encoding.PositionalEncoding(SIZES["d_model"], max_length=2048)
        self.stack = encoder.Encoder(**SIZES, norm_first=True)
        self.readout = nn.Linear(SIZES["d_model"], V)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.positions(self.embedding(tokens))  # (batch, length) -> (batch, length, d_model)
        x = self.stack(x, attention.causal_mask(tokens.shape[1]))  # (batch, length, d_model)
        return self.readout(x)  # (batch, length, V): logits


def loss_on(model: nn.Module, text: Tensor) -> Tensor:
    logits = model(shift_right(text, START))  # text (batch, length) -> (batch, length, V)
    return F.cross_entropy(logits.flatten(0, 1), text.flatten())


# %% [markdown]
# Training takes less than half a minute. Each step takes 16 pieces of 64 letters from anywhere in the text: 1024
# questions.
# *Predict: where does the curve begin? Which landmarks does it pass, and which one first?*

# %% tags=["experiment"]
windows = train.unfold(0, CONTEXT, 1)  # every piece of 64 letters: (number of pieces, 64)
torch.manual_seed(5)
model = LanguageModel()
losses = training.fit(
    model, lambda chosen: loss_on(model, windows[chosen]), len(windows), steps=1000, batch_size=16, learning_rate=1.2e-2
)
figures_text.show_losses(losses, landmarks)

# %% [markdown]
# *What to see:* it begins near $\ln V$, guessing. Within a few dozen steps it knows which letters are frequent, and
# is past the unigram line. Near the bigram line it slows down: it has learned which letter follows which, and for
# more it has to find out where to look further back. That is the attention's work, and it takes most of the training.
#
# Does it also hold for paragraphs that the model has never seen?

# %% tags=["experiment"]
with torch.no_grad():
    pieces = test[: len(test) // CONTEXT * CONTEXT].view(-1, CONTEXT)
    unseen_loss = loss_on(model, pieces).item()
print("far below the bigram line, on unseen text:", unseen_loss < landmarks["bigram"] - 0.6)
print("as undecided as among fewer than 6 letters:", math.exp(unseen_loss) < 6)

# %% [markdown]
# Now it plays the game of part 0. The darker a letter's ground, the less the model had expected it.

# %% tags=["experiment"]
sentence = figures_text.PUZZLE
with torch.no_grad():
    text = encode(sentence).unsqueeze(0)  # (1, length)
    logits = model(shift_right(text, START))
    surprise = F.cross_entropy(logits[0], text[0], reduction="none")  # (length,): −ln p of each letter
figures_text.show_surprise(sentence, surprise)

words = [place for place in range(1, len(sentence)) if sentence[place - 1] == " "]  # where words begin
inside = [place for place in range(1, len(sentence)) if sentence[place - 1] != " " and sentence[place].isalpha()]
harder = surprise[words].mean() > surprise[inside].mean()
print("the first letter of a word is harder than the others:", harder.item())
print(f"you called these hard: {guess_hard}")

# %% [markdown]
# *What to see:* dark at the beginnings of words, pale inside of them. There one decides what to say; the rest of the
# word is mostly spelling. You have probably said the same. Boxes 1, 4, 6 and 8 are such beginnings.
#
# **A friend's model.** "Mine has a loss of almost 0 after one minute", says a friend, who has written everything as
# you did, but without `shift_right`. *What has it learned? What will it write?*

# %% tags=["experiment"]
torch.manual_seed(6)
friend = LanguageModel()


def loss_of_friend(chosen: Tensor) -> Tensor:
    return F.cross_entropy(friend(windows[chosen]).flatten(0, 1), windows[chosen].flatten())


friends_losses = training.fit(friend, loss_of_friend, len(windows), steps=60, batch_size=16, learning_rate=1.2e-2)
print("loss below 0.2 after 60 steps:", friends_losses[-1] < 0.2)
written = "The "
with torch.no_grad():
    for _ in range(20):
        written += characters[friend(encode(written).unsqueeze(0))[0, -1].argmax()]
print(repr(written))

# %% [markdown]
# It has learned to copy what it reads, and after a space it writes spaces for ever. A loss that is too good to be
# true is the surest sign of a look at the answer.
#
# ## 6 · Choose the next letter
#
# The model gives logits for every position. To write, we need the last one only, and a decision.
#
# Always taking the most probable letter is one way; it is safe, and dull. The other is to draw a letter by chance,
# each with its probability. Between the two lies a dial, the **temperature** $T$: the logits are divided by it.
#
# $$p_v = \frac{e^{z_v / T}}{\sum_u e^{z_u / T}}$$
#
# *Predict: which T gives the most probable letter all the weight? Which T makes all letters equal?*
#
# ### Exercise `next_token_probabilities` · 5 minutes · ●○○

# %% exercise="next_token_probabilities"
#| export
def next_token_probabilities(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """The distribution of the token that comes after the text, made sharper or flatter by a temperature.

    p_v = exp(z_v / T) / Σ_u exp(z_u / T), with z the logits of the last position and T the temperature.

    Shapes: logits (batch, length, vocabulary) -> (batch, vocabulary). Each row adds up to 1.
    The input is not changed.
    Raises ValueError, with the temperature in the message, if it is not greater than 0.
    """
    ### BEGIN SOLUTION
    if temperature <= 0:
        raise ValueError(f"the temperature must be greater than 0, not {temperature}")
    return attention.stable_softmax(logits[:, -1] / temperature)  # (batch, vocabulary)
    ### END SOLUTION


# %% test="next_token_probabilities"
check(next_token_probabilities)

# %% [markdown]
# What comes after "The function is c"? Your model at three temperatures:

# %% tags=["experiment"]
def read(text: str) -> Tensor:
    """What the model reads when it is to continue this text: (1, length + 1), but CONTEXT at most."""
    return torch.cat([torch.tensor([START]), encode(text)]).unsqueeze(0)[:, -CONTEXT:]


with torch.no_grad():
    logits = model(read("The function is c"))  # (1, length, V)
panels = {f"T = {T:g}": next_token_probabilities(logits, T)[0] for T in (0.3, 1.0, 2.0)}
figures_text.show_distributions(panels, characters)

# %% [markdown]
# *What to see:* the order of the letters never changes, only how far apart they are. On the left there is hardly a
# choice; on the right even nonsense gets its chance, and there are almost a hundred characters to be nonsense.
#
# A loop makes a writer of it. It draws a letter, appends it, and asks again:

# %%
@torch.no_grad()
def write(prompt: str, count: int, choose, rows: int = 1, seed: int = 0) -> list[str]:
    """`rows` continuations of the prompt by `count` letters; choose(logits) gives the probabilities (rows, V)."""
    chance = torch.Generator().manual_seed(seed)
    tokens = read(prompt).expand(rows, -1)  # (rows, length)
    for _ in range(count):
        probabilities = choose(model(tokens[:, -CONTEXT:]))
        new = torch.multinomial(probabilities, 1, generator=chance)  # (rows, 1): one letter each, by chance
        tokens = torch.cat([tokens, new], dim=1)
    return [prompt + "".join(characters[number] for number in row[-count:]) for row in tokens.tolist()]


# %% tags=["experiment", "nbval-ignore-output"]
for T in (0.2, 0.6, 1.0, 1.8):
    (text,) = write("The function ", 150, lambda logits, T=T: next_token_probabilities(logits, T))
    print(f"T = {T}: {text!r}\n")

# %% [markdown]
# *What to see:* cold, it writes real words and goes round in circles. Hot, it falls apart: one wild letter, and the
# rest of the word has no way to be right. In between it makes up words that could almost be in the documentation. It
# knows spelling, phrases and quotation marks, but not what it is talking about. For half a minute of training, and a
# model of eighty thousand numbers, that is not bad.
#
# The trouble of $T = 1$ is the **tail**: each of the many bad letters is improbable, but together they come up often.
# So cut it off. The simplest cut keeps the $k$ most probable letters.
#
# ### Exercise `top_k_filter` · 10 minutes · ●●○

# %% exercise="top_k_filter"
#| export
def top_k_filter(probabilities: Tensor, k: int) -> Tensor:
    """Keep the k most probable tokens of each row; the others get probability 0.

    Shapes: probabilities (batch, vocabulary), rows add up to 1 -> (batch, vocabulary), rows add up to 1 again.
    Tokens that are kept stay in their places and in proportion to each other.
    Of equally probable tokens the one with the smaller number is kept. If k is the vocabulary's size or more,
    all are kept. The input is not changed.
    Raises ValueError, with k in the message, if k < 1.
    Source: Fan, Lewis and Dauphin, Hierarchical Neural Story Generation (2018), section 5.1.
    """
    ### BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    order = probabilities.argsort(dim=-1, descending=True, stable=True)  # stable: equal ones stay in order
    kept = probabilities.scatter(-1, order[:, k:], 0.0)  # (batch, vocabulary)
    return kept / kept.sum(dim=-1, keepdim=True)
    ### END SOLUTION


# %% test="top_k_filter"
check(top_k_filter)

# %% [markdown]
# Which $k$? Look at two places. Inside "functio" the model is sure; after "The " it is not.

# %% tags=["experiment"]
with torch.no_grad():
    sure, unsure = (next_token_probabilities(model(read(text))) for text in ("The functio", "The "))  # (1, V) each
panels = {"sure: “The functio”": sure[0], "k = 5": top_k_filter(sure, 5)[0]}
figures_text.show_distributions(panels, characters)
panels = {"unsure: “The ”": unsure[0], "k = 5": top_k_filter(unsure, 5)[0]}
figures_text.show_distributions(panels, characters)

# %% [markdown]
# *What to see:* above, $k = 5$ keeps one letter and four that are as good as impossible. Below, it cuts off letters
# that are good ones. No $k$ is right for both.
#
# So do not fix how many letters are kept, but how much probability: the fewest letters that have the share $p$
# together. They are called the **nucleus**.
#
# *By hand:* the probabilities are 0.1, 0.5, 0.15, 0.25, and $p = 0.7$. Which are kept? What are they after dividing
# by their sum?
#
# ### Exercise `nucleus_filter` · 15 minutes · ●●○

# %% exercise="nucleus_filter"
#| export
def nucleus_filter(probabilities: Tensor, p: float) -> Tensor:
    """Keep the nucleus of each row: the fewest tokens whose probabilities add up to p or more.

    Shapes: probabilities (batch, vocabulary), rows add up to 1 -> (batch, vocabulary), rows add up to 1 again.
    The nucleus is filled from the most probable token downwards, until p is reached; the token that reaches it
    belongs to it. So at least one token is kept. Of equally probable tokens the smaller number comes first.
    Tokens that are kept stay in their places and in proportion to each other. The input is not changed.
    Raises ValueError, with p in the message, unless 0 < p ≤ 1.
    Source: Holtzman et al., The Curious Case of Neural Text Degeneration (2020), section 3.1, equations 2 and 3.
    """
    ### BEGIN SOLUTION
    if not 0 < p <= 1:
        raise ValueError(f"p must be greater than 0 and at most 1, not {p}")
    ranked, order = probabilities.sort(dim=-1, descending=True, stable=True)  # stable: equal ones stay in order
    before = ranked.cumsum(dim=-1) - ranked  # what all more probable tokens have together: (batch, vocabulary)
    kept = probabilities.scatter(-1, order, ranked.masked_fill(before >= p, 0.0))  # back to their places
    return kept / kept.sum(dim=-1, keepdim=True)
    ### END SOLUTION


# %% test="nucleus_filter"
check(nucleus_filter)

# %% tags=["experiment"]
by_hand = nucleus_filter(torch.tensor([[0.1, 0.5, 0.15, 0.25]]), 0.7)
print("by hand:", [round(share, 2) for share in by_hand[0].tolist()])
panels = {"sure, p = 0.9": nucleus_filter(sure, 0.9)[0], "unsure, p = 0.9": nucleus_filter(unsure, 0.9)[0]}
figures_text.show_distributions(panels, characters, same_letters=False)
kept = [(nucleus_filter(row, 0.9) > 0).sum().item() for row in (sure, unsure)]
print("the unsure place keeps more letters than the sure one:", kept[1] > kept[0])

# %% [markdown]
# *What to see:* the same $p$, but the nucleus adapts: a letter or two where the model is sure, many where it is not.
#
# Is it worth it? We measure two things, over many texts: how many of the **words** written occur in the
# documentation, and how many of them are **different** from each other. *Predict: what does a lower temperature do to
# each?*

# %% tags=["experiment"]
import re

known = set(re.findall("[a-z]{3,}", "\n".join(seen).lower()))


def quality(choose) -> tuple[float, float]:
    """(share of words that are known, share of words that are different), in %, of 8 texts."""
    texts = write("The ", 100, choose, rows=8, seed=1)
    words = [word for text in texts for word in re.findall("[a-z]{3,}", text.lower())[1:-1]]  # the last is cut off
    return 100 * sum(word in known for word in words) / len(words), 100 * len(set(words)) / len(words)


temperatures = (0.25, 0.5, 0.75, 1.0, 1.5)
plain = [quality(lambda logits, T=T: next_token_probabilities(logits, T)) for T in temperatures]
nucleus = [quality(lambda logits, T=T: nucleus_filter(next_token_probabilities(logits, T), 0.9)) for T in temperatures]
curves = {
    "known": [share for share, _ in plain],
    "known, nucleus": [share for share, _ in nucleus],
    "different": [share for _, share in plain],
    "different, nucleus": [share for _, share in nucleus],
}
figures.show_lines(temperatures, curves, xlabel="temperature", ylabel="% of the words written")

# %% [markdown]
# *What to see:* a trade. Cold: known words, but the same ones again and again. Hot: ever new words that nobody knows.
# The nucleus makes the trade better: where both write the same share of known words, the writer with the nucleus
# repeats itself less. Holtzman et al. (2020) found the same for large models.
#
# ## 7 · Do not compute twice
#
# `write` runs the whole model over the whole text for every single letter. But a causal mask means that **the past
# does not change**: what position 3 has computed does not depend on what comes at position 4. For $n$ letters we
# compute $1 + 2 + \dots + n = n(n+1)/2$ positions, where $n$ would do.
#
# What does a new position need of the old ones? Go through the layer: feed-forward and norms work on each position
# alone. Cross-attention needs the memory. Only self-attention looks back, and only at **keys and values**. So keep
# those, in a cache, for each layer.
#
# *By hand:* why not the queries?
#
# ### Exercise `KeyValueCache` · 10 minutes · ●○○

# %% exercise="KeyValueCache"
#| export
class KeyValueCache:
    """The keys and values of all positions that one self-attention has seen so far.

    `length` is how many positions it holds, an int: 0 at first. It is also the position of the next token.
    """

    def __init__(self):
        ### BEGIN SOLUTION
        self.keys = self.values = None  # (batch, num_heads, length, d_head) each
        self.length = 0
        ### END SOLUTION

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Adds new positions behind those that are there, and returns all of them.

        Shapes: key and value (batch, num_heads, new_length, d_head), after projection and split_heads
        -> keys and values (batch, num_heads, length, d_head), oldest first, where `length` includes the new ones.
        What append has returned before is not changed.
        Raises ValueError, with both shapes in the message, if key and value differ in shape, or if the new ones and
        those in the cache differ in batch, num_heads or d_head.
        """
        ### BEGIN SOLUTION
        if key.shape != value.shape:
            raise ValueError(f"key and value must have one shape, not {tuple(key.shape)} and {tuple(value.shape)}")
        if self.length > 0:
            if key[:, :, 0].shape != self.keys[:, :, 0].shape:
                raise ValueError(f"{tuple(key.shape)} does not fit behind {tuple(self.keys.shape)}")
            key = torch.cat([self.keys, key], dim=2)  # (batch, num_heads, length, d_head)
            value = torch.cat([self.values, value], dim=2)
        self.keys, self.values, self.length = key, value, key.shape[2]
        return key, value
        ### END SOLUTION


# %% test="KeyValueCache"
check(KeyValueCache)

# %% [markdown]
# Queries need not be kept: an old position has had its answer, and nobody asks in its name again.
#
# Usually one position comes at a time. It may look at everything in the cache, and at itself: no mask is needed. But
# at the start a whole prompt comes at once, and then its positions must not see each other's future. Here are three
# new positions behind four cached ones:

# %%
figures.show_masks({"3 new positions, 4 in the cache": attention.causal_mask(7)[4:]})

# %% [markdown]
# *What to see:* the last rows of the causal mask. The staircase ends in the lower right corner. Many a real program
# got this wrong, and started it in the upper left corner.
#
# ### Exercise `cached_step` · 25 minutes · ●●●
#
# Not allowed here: torch's own Transformer layers.

# %% exercise="cached_step"
#| export
def cached_step(
    decoder: Decoder, x: Tensor, memory: Tensor, caches: list[KeyValueCache], memory_mask: Tensor | None = None
) -> Tensor:
    """What the decoder gives at new positions, computed for these alone: the caches hold what it needs of the old ones.

    Shapes: x (batch, new_length, d_model): the new positions only, as the decoder's first layer gets them;
    memory (batch, source_length, d_model), memory_mask broadcastable to (batch, new_length, source_length);
    caches: one KeyValueCache per layer -> (batch, new_length, d_model).
    The result is that of decoder(all x so far, memory, causal mask, memory_mask) at the new positions: each attends to
    all positions before it, old and new, and to itself. Usually new_length is 1; at the start it may be a whole prompt.
    Afterwards the cache of each layer also holds the new positions' projected keys and values, split into heads.
    The decoder is in eval mode and consists of the parts that Decoder and DecoderLayer promise.
    Raises ValueError, with both numbers in the message, if there are not as many caches as layers.
    """
    ### BEGIN SOLUTION
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches do not fit {len(decoder.layers)} layers")

    def through(layer: DecoderLayer, cache: KeyValueCache, x: Tensor) -> Tensor:
        def attend_to_text(h: Tensor) -> Tensor:
            own = layer.self_attention
            projections = (own.query_projection, own.key_projection, own.value_projection)
            # (batch, num_heads, new_length, d_head) each
            query, key, value = (multi_head.split_heads(project(h), layer.num_heads) for project in projections)
            keys, values = cache.append(key, value)  # (batch, num_heads, length so far, d_head)
            new, every = h.shape[1], cache.length
            mask = torch.ones(new, every, dtype=torch.bool).tril(every - new)  # the last rows of the causal mask
            mixed, _ = attention.scaled_dot_product_attention(query, keys, values, mask)
            return own.output_projection(multi_head.merge_heads(mixed))

        def attend_to_memory(h: Tensor) -> Tensor:
            return layer.cross_attention(h, memory, memory, memory_mask)[0]

        parts = (
            (layer.attention_norm, attend_to_text),
            (layer.cross_attention_norm, attend_to_memory),
            (layer.feed_forward_norm, layer.feed_forward),
        )
        for norm, part in parts:
            x = x + part(norm(x)) if layer.norm_first else norm(x + part(x))
        return x

    for layer, cache in zip(decoder.layers, caches, strict=True):
        x = through(layer, cache, x)  # (batch, new_length, d_model)
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x
    ### END SOLUTION


# %% test="cached_step"
check(cached_step)

# %% [markdown]
# **Proof.** Your language model becomes a decoder with nothing to look up, as in part 5. Then the same text goes
# through it twice: in one pass, and letter by letter.

# %% tags=["experiment"]
decoder = as_decoder(model.stack, **SIZES)
text = read(sentence)[:, :40]  # (1, 40)
with torch.no_grad():
    x = model.positions(model.embedding(text))  # (1, 40, d_model)
    memory = torch.zeros(1, 1, SIZES["d_model"])
    whole = decoder(x, memory, attention.causal_mask(40), nowhere)
    caches = [KeyValueCache() for _ in decoder.layers]
    steps = [cached_step(decoder, x[:, i : i + 1], memory, caches, nowhere) for i in range(40)]
print("letter by letter = in one pass:", torch.allclose(torch.cat(steps, dim=1), whole, atol=1e-4))
print("positions in each cache:", [cache.length for cache in caches])

# %% [markdown]
# Now the clock. How long does one more letter take when $n$ are there already? *Predict the two curves.*

# %% tags=["experiment", "nbval-ignore-output"]
from time import perf_counter


def milliseconds(action, times: int = 3) -> float:
    """The fastest of a few runs: the others were disturbed."""
    taken = []
    for _ in range(times):
        begin = perf_counter()
        action()
        taken.append(perf_counter() - begin)
    return 1000 * min(taken)


lengths = [16, 32, 64, 128, 256, 512, 1024]
full, cached = [], []
with torch.no_grad():
    for n in lengths:
        x = torch.randn(1, n, SIZES["d_model"])
        caches = [KeyValueCache() for _ in decoder.layers]
        cached_step(decoder, x[:, :-1], memory, caches, nowhere)  # the prompt: all but the last position
        full.append(milliseconds(lambda x=x, n=n: decoder(x, memory, attention.causal_mask(n), nowhere)))
        cached.append(milliseconds(lambda x=x, caches=caches: cached_step(decoder, x[:, -1:], memory, caches, nowhere)))
curves = {"the whole text again": full, "with the cache": cached}
figures.show_lines(lengths, curves, xlabel="letters before it", ylabel="time for one letter (ms)", log="xy", base=10)

# %% [markdown]
# *What to see:* without the cache each letter costs more than the one before: with $n$ at first, and with $n^2$ in
# the end, when the attention weights outweigh the rest. With the cache the curve is nearly flat: one position goes
# through the layers, and only its attention looks at $n$ keys.
#
# Nothing is free. The cache takes $2 \cdot \text{layers} \cdot n \cdot d_\text{model}$ numbers, and on large models
# it is what fills the memory.
#
# Last, your cache at work: the prompt in one step, then letter by letter. `length` tells which position comes next.

# %% tags=["experiment", "nbval-ignore-output"]
@torch.no_grad()
def write_with_cache(prompt: str, count: int, choose, seed: int = 0) -> str:
    chance = torch.Generator().manual_seed(seed)
    caches = [KeyValueCache() for _ in decoder.layers]
    table = model.positions(torch.zeros(1, 2048, SIZES["d_model"]))  # the positions alone: (1, 2048, d_model)
    new, written = read(prompt), prompt  # (1, length)
    for _ in range(count):
        first = caches[0].length
        x = model.embedding(new) + table[:, first : first + new.shape[1]]  # (1, new_length, d_model)
        logits = model.readout(cached_step(decoder, x, memory, caches, nowhere))  # (1, new_length, V)
        new = torch.multinomial(choose(logits), 1, generator=chance)  # (1, 1)
        written += characters[new]
    return written


def choose(logits: Tensor) -> Tensor:
    return nucleus_filter(next_token_probabilities(logits, 0.7), 0.9)


written = write_with_cache("The function ", 50, choose)
print(written)
print("the same letters as without the cache:", written == write("The function ", 50, choose)[0])

# %% [markdown]
# Write on beyond 64 letters and it goes wrong: the model has never been trained on a position above 63. Your first
# writer only ever showed it the last 64 letters; with a cache, positions cannot be moved any more. Try it.
#
# ## Keep
#
# | name | shape | |
# |---|---|---|
# | `x` | `(batch, target_length, d_model)` | the text so far, shifted right |
# | `memory` | `(batch, source_length, d_model)` | the encoder's output; the same for all layers |
# | `target_mask` | `(…, target_length, target_length)` | causal: the future is hidden |
# | `memory_mask` | `(…, target_length, source_length)` | the source's padding is hidden; never causal |
# | cache, per layer | `(batch, num_heads, length, d_head)`, twice | keys and values, after projection |
#
# - A decoder reads the text one position late, and learns from all positions in one pass.
# - Self-attention looks at the text, cross-attention asks the memory: query from the text, keys and values from the
#   memory.
# - A decoder layer without cross-attention is an encoder layer with a causal mask.
# - Attention over a concatenation is a mixture of two attentions.
# - $T$ divides the logits. Top-$k$ fixes how many letters are kept, the nucleus how much probability.
# - The past does not change: keep its keys and values. Time per token becomes nearly flat; the price is memory.
#
# **Three questions.** Answer before you unfold.
#
# <details><summary>1. Why may cross-attention see the whole memory, while self-attention must not see the
# future?</summary>
# The memory comes from the source, which is there in full before the first word is written. The future of the text is
# what the model is asked for: seeing it in training means copying, and at writing time it is not there.
# </details>
#
# <details><summary>2. Where does T = 1 with a nucleus of p = 1 differ from drawing without any filter? And k = 1 from
# T near 0?</summary>
# Neither differs: p = 1 keeps everything, and k = 1 leaves only the most probable letter, as T near 0 does.
# </details>
#
# <details><summary>3. GPT-3 has 96 layers and d_model = 12,288. How large is the cache for one text of 2048 tokens,
# at 2 bytes per number?</summary>
# 2 · 96 · 2048 · 12,288 numbers are 4.8 billion: 9.7 GB, for a single text. This is why later models share keys and
# values among heads (Shazeer 2019; Ainslie et al. 2023).
# </details>
#
# **Saved** in `my_transformer/decoder.py`: your eight exercises. Lesson 6 puts encoder and decoder together, and
# translates.
#
# **Read on.**
# Shannon, *Prediction and Entropy of Printed English* (1951): the guessing game, and the landmarks ·
# Vaswani et al., *Attention Is All You Need* (2017), sections 3.1 and 3.2.3 ·
# Holtzman et al., *The Curious Case of Neural Text Degeneration* (2020): the nucleus ·
# Shazeer, *Fast Transformer Decoding: One Write-Head is All You Need* (2019): what the cache costs.

# %% tags=["nbval-ignore-output"]
progress()
