"""Reference implementation for lesson 06_transformer: what the judge compares with.

Generated from solutions/06_transformer.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math
from collections import Counter

import torch
import torch.nn.functional as F
from torch import Tensor, nn


from autograder.reference import attention


from autograder.reference import positional_encoding


from autograder.reference import encoder


from autograder.reference import decoder


class TokenEmbedding(nn.Module):
    """Gives every token its learned vector, multiplied by √d_model.

    Part, by name: embedding, an nn.Embedding(vocabulary_size, d_model) that knows pad_id as its padding_idx: the vector
    of the padding token is never trained.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.4.
    """

    def __init__(self, vocabulary_size: int, d_model: int, pad_id: int):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)
        self.scale = math.sqrt(d_model)

    def forward(self, tokens: Tensor) -> Tensor:
        """Shapes: tokens (batch, length), integers from 0 to vocabulary_size − 1 -> (batch, length, d_model)."""
        return self.embedding(tokens) * self.scale


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
        self.pad_id = pad_id
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)
        self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.output_projection = nn.Linear(d_model, target_vocabulary)

    def encode(self, source: Tensor) -> Tensor:
        """Shapes: source (batch, source_length), tokens -> memory (batch, source_length, d_model)."""
        x = self.positional_encoding(self.source_embedding(source))
        return self.encoder(x, self.real(source))

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        """The logits of the token that comes after each target position.

        Shapes: target (batch, target_length), the tokens that the decoder reads; memory (batch, source_length,
        d_model); source (batch, source_length), to know where the memory is padding
        -> (batch, target_length, target_vocabulary).
        """
        x = self.positional_encoding(self.target_embedding(target))
        past = attention.causal_mask(target.shape[1]).to(target.device)  # (target_length, target_length)
        own, other = self.real(target) & past, self.real(source)
        x = self.decoder(x, memory, own, other)
        return self.output_projection(x)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Shapes: source (batch, source_length), target (batch, target_length): the decoder's input, already shifted
        -> logits (batch, target_length, target_vocabulary).
        """
        return self.decode(target, self.encode(source), source)

    def real(self, tokens: Tensor) -> Tensor:
        """(batch, length) -> (batch, 1, length), True where there is no padding."""
        return (tokens != self.pad_id).unsqueeze(1)


def label_smoothed_cross_entropy(logits: Tensor, target: Tensor, pad_id: int, smoothing: float = 0.1) -> Tensor:
    """Cross-entropy between the prediction and a target that is not quite sure, as a mean over the real tokens.

    With vocabulary size V and s = smoothing, the wanted distribution gives 1 − s to the right token, and s to all V
    tokens in equal shares, s / V each, the right one included. The loss of a position is −Σ_v wanted(v) · ln p(v).
    Positions whose target is pad_id do not count, neither in the sum nor in the number that it is divided by.

    Shapes: logits (batch, length, V), target (batch, length), integers -> a single number, ().
    At least one target is not pad_id. The inputs are not changed.
    Source: Szegedy et al., Rethinking the Inception Architecture (2016), section 7; Vaswani et al. (2017), section 5.4.
    """
    log_probabilities = logits - logits.logsumexp(dim=-1, keepdim=True)  # (batch, length, V)
    right = log_probabilities.gather(-1, target.unsqueeze(-1)).squeeze(-1)  # (batch, length)
    losses = -(1 - smoothing) * right - smoothing * log_probabilities.mean(dim=-1)  # (batch, length)
    return losses[target != pad_id].mean()


def warmup_learning_rate(step: int, d_model: int, warmup_steps: int) -> float:
    """The paper's learning rate: it rises in a straight line for warmup_steps steps, then falls like 1 / √step.

    d_model^(−1/2) · min(step^(−1/2), step · warmup_steps^(−3/2)). The first step is step 1.

    Raises ValueError, with the step in the message, if step is less than 1.
    Source: Vaswani et al. (2017), section 5.3, equation 3.
    """
    if step < 1:
        raise ValueError(f"steps are counted from 1, and this is step {step}")
    return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)


def greedy_decode(model: Transformer, source: Tensor, start_id: int, end_id: int, max_length: int) -> Tensor:
    """Writes a target for each source: at every step the token with the largest logit.

    Each row begins with start_id. At most max_length tokens follow. When a row has written end_id, only model.pad_id
    follows in it. It stops as soon as every row has ended.
    The model works in eval mode and without gradients, and is left in the mode in which it was.

    Shapes: source (batch, source_length), tokens -> (batch, length), tokens; 2 ≤ length ≤ 1 + max_length. All tokens
    are int64. The input is not changed.
    Source: Vaswani et al. (2017), section 3: "the model is auto-regressive".
    """
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
