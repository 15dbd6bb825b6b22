"""How long a training step of lesson 6's model takes, next to the same step of torch's own nn.Transformer.

    python benchmarks/training.py [ROUNDS]
    python benchmarks/training.py profile

A step is: logits, loss, gradients, a step of Adam. Both models have the same sizes and read the same batches, and they
take turns, so that a busy machine is equally busy for both. Both are in training mode and mask padding.
Prints the medians of both, and the median of the rounds' ratios, on one thread and on two: above 1, the course's model
is the faster one.
A figure for people, not a test. `profile` prints where the time of both goes, operator by operator.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.reference import decoder, positional_encoding, transformer

ROUNDS = 30
WARM_UP = 3
VOCABULARY = 60  # letters and figures, as in the lesson
PAD, START = 0, 1
SMOOTHING = 0.1
OPERATORS = 14  # rows of a profile


@dataclass(frozen=True)
class Sizes:
    """What a model and its batches are made of."""

    d_model: int
    num_heads: int
    num_layers: int
    d_ff: int
    batch: int
    dropout: float = 0.0  # as in the lesson
    source_length: int = 22
    target_length: int = 18

    def __str__(self) -> str:
        sizes = f"d_model {self.d_model}, {self.num_heads} heads, {self.num_layers} layers"
        return f"{sizes}, batch {self.batch}, dropout {self.dropout}"


CONFIGURATIONS = (
    Sizes(64, 4, 2, 128, 48),  # the lesson's own
    Sizes(64, 4, 2, 128, 32),
    Sizes(64, 4, 2, 128, 48, dropout=0.1),
    Sizes(256, 8, 4, 512, 32),
)


class Torchs(nn.Module):
    """nn.Transformer with embeddings, sinusoids and masks around it: as many weights as the course's model, or more."""

    def __init__(self, sizes: Sizes):
        super().__init__()
        self.source, self.target = (nn.Embedding(VOCABULARY, sizes.d_model, padding_idx=PAD) for _ in range(2))
        self.scale = sizes.d_model**0.5
        self.register_buffer("table", positional_encoding.sinusoidal_encoding(64, sizes.d_model), persistent=False)
        self.dropout = nn.Dropout(sizes.dropout)
        layers = (sizes.num_layers, sizes.num_layers)
        inner = (sizes.d_model, sizes.num_heads, *layers, sizes.d_ff, sizes.dropout)
        self.inner = nn.Transformer(*inner, batch_first=True)
        self.inner.encoder.norm = self.inner.decoder.norm = None  # as in the paper, and in the course
        self.readout = nn.Linear(sizes.d_model, VOCABULARY)

    def embedded(self, table: nn.Embedding, tokens: Tensor) -> Tensor:
        return self.dropout(table(tokens) * self.scale + self.table[: tokens.shape[1]])

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        hidden = {
            "tgt_mask": torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1),
            "tgt_is_causal": True,
            "src_key_padding_mask": source == PAD,
            "tgt_key_padding_mask": target == PAD,
            "memory_key_padding_mask": source == PAD,
        }
        return self.readout(
            self.inner(self.embedded(self.source, source), self.embedded(self.target, target), **hidden)
        )


def courses_loss(logits: Tensor, target: Tensor) -> Tensor:
    return transformer.label_smoothed_cross_entropy(logits, target, PAD, SMOOTHING)


def torchs_loss(logits: Tensor, target: Tensor) -> Tensor:
    return F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=PAD, label_smoothing=SMOOTHING)


def batch(sizes: Sizes) -> tuple[Tensor, Tensor]:
    """Sources and targets; the last quarter of some is padding."""
    pair = []
    for length in (sizes.source_length, sizes.target_length):
        tokens = torch.randint(2, VOCABULARY, (sizes.batch, length))
        real = torch.randint(3 * length // 4, length + 1, (sizes.batch, 1))
        pair.append(tokens.masked_fill(torch.arange(length) >= real, PAD))
    return pair[0], pair[1]


def sides(sizes: Sizes) -> dict[str, Callable[[Tensor, Tensor], None]]:
    """name → what takes one training step on a batch."""
    torch.manual_seed(0)
    inner = (sizes.d_model, sizes.num_heads, sizes.num_layers, sizes.d_ff)
    models = {
        "course": (transformer.Transformer(VOCABULARY, VOCABULARY, *inner, sizes.dropout, PAD), courses_loss),
        "torch": (Torchs(sizes), torchs_loss),
    }
    counts = {sum(weight.numel() for weight in model.parameters()) for model, _ in models.values()}
    if len(counts) != 1:
        raise SystemExit(f"the models differ in size: {counts}")
    return {name: stepper(*side) for name, side in models.items()}


def stepper(model: nn.Module, loss_of: Callable[[Tensor, Tensor], Tensor]) -> Callable[[Tensor, Tensor], None]:
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)  # as in the lesson
    model.train()

    def step(source: Tensor, target: Tensor) -> None:
        loss = loss_of(model(source, decoder.shift_right(target, START)), target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()

    return step


def measured(sizes: Sizes, rounds: int) -> tuple[dict[str, float], float]:
    """(name → median of a step in milliseconds, median of the rounds' ratios). Who begins changes every round."""
    steps = sides(sizes)
    times: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(WARM_UP + rounds):
        tokens = batch(sizes)
        for name in sorted(steps, reverse=number % 2 == 1):
            start = time.perf_counter()
            steps[name](*tokens)
            if number >= WARM_UP:
                times[name].append(1000 * (time.perf_counter() - start))
    ratios = [torchs / ours for torchs, ours in zip(times["torch"], times["course"], strict=True)]
    return {name: statistics.median(each) for name, each in times.items()}, statistics.median(ratios)


def profile() -> None:
    torch.set_num_threads(1)
    for sizes in CONFIGURATIONS:
        for name, step in sides(sizes).items():
            for _ in range(WARM_UP):
                step(*batch(sizes))
            with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profiler:
                for _ in range(5):
                    step(*batch(sizes))
            print(f"\n{name}: {sizes}, five steps")
            print(
                profiler.key_averages().table(
                    sort_by="self_cpu_time_total", row_limit=OPERATORS, max_name_column_width=45
                )
            )


def main(rounds: int) -> None:
    print(f"{'median of ' + str(rounds) + ' training steps':64}{'threads':>8}{'course':>12}{'torch':>12}{'ratio':>8}")
    for sizes in CONFIGURATIONS:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            found, ratio = measured(sizes, rounds)
            print(f"{sizes!s:64}{threads:>8}{found['course']:>9.1f} ms{found['torch']:>9.1f} ms{ratio:>8.2f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["profile"]:
        profile()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
