"""Stand-ins for lesson 6. Used by carry_over and by the judge."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coach.standins.decoder import Decoder
from coach.standins.encoder import Encoder
from coach.standins.positional_encoding import PositionalEncoding

__all__ = [
    "TokenEmbedding",
    "Transformer",
    "label_smoothed_cross_entropy",
    "warmup_learning_rate",
    "greedy_decode",
    "beam_search",
    "bleu",
]


class TokenEmbedding(nn.Module):
    """(batch, length) → (batch, length, d_model): looked up, and √d_model times as long."""

    def __init__(self, vocabulary_size: int, d_model: int, pad_id: int):
        super().__init__()
        self.add_module("embedding", nn.Embedding(vocabulary_size, d_model, pad_id))

    def forward(self, tokens: Tensor) -> Tensor:
        table = self.embedding
        return F.embedding(tokens, table.weight, table.padding_idx).mul(table.embedding_dim**0.5)


class Transformer(nn.Module):
    """Source and target tokens → logits (batch, target_length, target_vocabulary)."""

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
        self.pad_id: int = pad_id
        for side, size in (("source", source_vocabulary), ("target", target_vocabulary)):
            self.add_module(f"{side}_embedding", TokenEmbedding(size, d_model, pad_id))
        self.add_module("positional_encoding", PositionalEncoding(d_model, dropout=dropout))
        for name, stack in (("encoder", Encoder), ("decoder", Decoder)):
            self.add_module(name, stack(num_layers, d_model, num_heads, d_ff, dropout, norm_first))
        self.add_module("output_projection", nn.Linear(d_model, target_vocabulary))

    def _visible(self, tokens: Tensor) -> Tensor:
        return tokens.ne(self.pad_id)[:, None]

    def encode(self, source: Tensor) -> Tensor:
        vectors = self.positional_encoding.forward(self.source_embedding(source))
        return self.encoder(vectors, mask=self._visible(source))

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        order = torch.arange(target.size(1), device=target.device)
        allowed = torch.logical_and(self._visible(target), order[None, :] <= order[:, None])
        vectors = self.positional_encoding.forward(self.target_embedding(target))
        return self.output_projection(self.decoder(vectors, memory, allowed, self._visible(source)))

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        memory = self.encode(source)
        return self.decode(target, memory, source)


def label_smoothed_cross_entropy(logits: Tensor, target: Tensor, pad_id: int, smoothing: float = 0.1) -> Tensor:
    """torch's own, on (batch, V, length)."""
    return F.cross_entropy(logits.movedim(-1, 1), target, ignore_index=pad_id, label_smoothing=smoothing)


def warmup_learning_rate(step: int, d_model: int, warmup_steps: int) -> float:
    """Two branches that meet at warmup_steps."""
    if step <= 0:
        raise ValueError(f"there is no step {step}: the first is 1")
    top = 1 / math.sqrt(d_model * warmup_steps)
    return top * (step / warmup_steps if step < warmup_steps else math.sqrt(warmup_steps / step))


def greedy_decode(model: nn.Module, source: Tensor, start_id: int, end_id: int, max_length: int) -> Tensor:
    """→ tokens (batch, length): all rows together; what a row says after its end becomes padding afterwards."""
    mode = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            memory, said = model.encode(source), source.new_full((len(source), 1), start_id)
            while said.size(1) <= max_length and not bool(said[:, 1:].eq(end_id).any(1).all()):
                token = model.decode(said, memory, source).select(1, -1).max(-1).indices
                over = said[:, 1:].eq(end_id).any(1)
                said = torch.column_stack((said, torch.where(over, model.pad_id, token)))
    finally:
        model.train(mode)
    return said.clone()


def beam_search(
    model: nn.Module,
    source: Tensor,
    start_id: int,
    end_id: int,
    max_length: int,
    beam_size: int,
    length_penalty: float,
) -> tuple[Tensor, Tensor]:
    """→ tokens (batch, length), scores (batch,), row by row, with all hypotheses of a step in one tensor."""
    mode = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            rows = [
                _search(model, row[None], start_id, end_id, max_length, beam_size, length_penalty) for row in source
            ]
    finally:
        model.train(mode)
    tokens = nn.utils.rnn.pad_sequence([row for row, _ in rows], batch_first=True, padding_value=model.pad_id)
    return tokens.clone(), torch.stack([score for _, score in rows]).clone()


def _search(model, row, start_id, end_id, max_length, beam_size, penalty) -> tuple[Tensor, Tensor]:
    memory = model.encode(row)
    lines, totals, sizes = row.new_full((1, 1), start_id), memory.new_zeros(1, dtype=torch.float64), row.new_zeros(1)
    done = torch.zeros(1, dtype=torch.bool)

    def ranked(totals: Tensor, sizes: Tensor) -> Tensor:
        return totals / ((5 + sizes.double()) / 6) ** penalty

    left = max_length
    while left and not bool(done.all()):
        left -= 1
        count = len(lines)
        logits = model.decode(lines, memory.expand(count, -1, -1), row.expand(count, -1))[:, -1].double()
        steps = F.log_softmax(logits, dim=-1)
        size = steps.size(-1)
        # an ended line has one continuation, the padding, which costs nothing
        still = torch.full_like(steps, -math.inf).index_fill_(1, row.new_tensor([model.pad_id]), 0.0)
        steps = torch.where(done[:, None], still, steps)
        grown = torch.where(done, sizes, sizes + 1)
        values = ranked(totals[:, None] + steps, grown[:, None]).flatten()
        best = values.argsort(descending=True, stable=True)[:beam_size]
        best = best[values[best].isfinite()]
        from_line, token = best // size, best % size
        totals = totals[from_line] + steps.flatten()[best]
        sizes, was_done = grown[from_line], done[from_line]
        lines = torch.cat((lines[from_line], token[:, None]), dim=1)
        done = was_done | (token == end_id)
    final = ranked(totals, sizes)
    top = int(final.argmax())
    return lines[top, : 1 + int(sizes[top])], final[top].to(memory.dtype)


def bleu(candidates: list[list], references: list[list[list]]) -> float:
    """Counted by hand with lists: the share of runs that a reference has too, and a penalty for brevity."""
    if len(candidates) - len(references):
        raise ValueError(f"{len(candidates)} texts and references for {len(references)} of them")
    logs = []
    for size in (1, 2, 3, 4):
        hits = total = 0
        for text, others in zip(candidates, references, strict=True):
            pieces = [tuple(piece) for piece in zip(*(text[k:] for k in range(size)), strict=False)]
            total += len(pieces)
            for piece in set(pieces):
                most = max((_times(piece, other) for other in others), default=0)
                hits += min(pieces.count(piece), most)
        if not hits:
            return 0.0
        logs.append(math.log(hits) - math.log(total))
    lengths = [
        sorted(map(len, others), key=lambda n, text=text: (abs(n - len(text)), n))[0]
        for text, others in zip(candidates, references, strict=True)
    ]
    short = min(0.0, 1 - sum(lengths) / sum(map(len, candidates)))
    return 100 * math.exp(short + sum(logs) / 4)


def _times(piece: tuple, text: list) -> int:
    size = len(piece)
    return sum(tuple(text[k : k + size]) == piece for k in range(len(text) - size + 1))
