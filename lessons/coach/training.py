"""The training loop of the lessons: short, seeded, the same numbers on every run. Called by "Real data" parts.

Lesson 6 writes such a loop itself; until then it is given.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

WARM_UP = 0.1  # share of the steps in which the learning rate rises; then it falls to zero
# One thread: sums of floats depend on how many threads share them, and on a busy laptop a second one slows us down.
THREADS = 1


def fit(
    model: nn.Module,
    loss_of: Callable[[Tensor], Tensor],
    examples: int,
    *,
    steps: int,
    batch_size: int = 64,
    learning_rate: float = 3e-3,
    seed: int = 0,
) -> list[float]:
    """Fits the parameters of `model` with AdamW; the learning rate rises, then falls to zero.

    `loss_of(chosen)` returns the loss, a single number, on the examples whose indices (batch_size,) it is given;
    they are drawn from 0 … examples − 1. Returns the loss of every step. The model is left in eval mode.
    Raises FloatingPointError at the first loss that is not finite: going on would hide where it began.
    """
    # fused: one call for all weights, where the plain one makes a dozen small ones per weight
    optimiser = torch.optim.AdamW(model.parameters(), lr=learning_rate, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, total_steps=steps, pct_start=WARM_UP)
    chance = torch.Generator().manual_seed(seed)
    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    model.train()
    losses = []
    try:
        for step in range(steps):
            loss = loss_of(torch.randint(examples, (batch_size,), generator=chance))
            if not torch.isfinite(loss):
                raise FloatingPointError(f"the loss of step {step} is {loss.item()}: look for NaN or −inf before it")
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
    finally:
        torch.set_num_threads(threads)
        model.eval()
    return losses
