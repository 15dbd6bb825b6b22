"""The training loop of the lessons: short, seeded, the same numbers on every run. Called by "Real data" parts.

Lesson 6 writes such a loop itself, around `steps`; until then it is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

WARM_UP = 0.1  # share of the steps in which the learning rate rises; then it falls to zero
# One thread: sums of floats depend on how many threads share them, and on a busy laptop a second one slows us down.
THREADS = 1
BAR_WIDTH = 70  # letters of a progress bar: fits a notebook on a small screen
BAR_SECONDS = 0.5  # between two pictures of it


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
    optimiser = torch.optim.AdamW(model.parameters(), lr=learning_rate)
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


def steps(count: int) -> Iterator[int]:
    """1, 2, … count, for a training loop: on one thread, with a progress bar that is gone when the loop has ended.

    In a notebook the bar takes the place of what the cell has shown before. Where nobody watches there is none.
    """
    from tqdm import tqdm

    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        yield from tqdm(range(1, count + 1), file=_Line(), leave=False, ncols=BAR_WIDTH, mininterval=BAR_SECONDS)
    finally:
        torch.set_num_threads(threads)


class _Line:
    """A file that shows one line: what is written replaces what was there, so that a bar leaves no trail."""

    def write(self, text: str) -> None:
        kernel = _kernel()
        if kernel is None:
            sys.stderr.write(text)
        # a front end that answers no questions belongs to a build or a test: its outputs are to be the same each time
        elif getattr(kernel, "_allow_stdin", True):
            from IPython.display import clear_output

            clear_output(wait=bool(text.strip()))
            print(text.strip(), end="")

    def flush(self) -> None:
        """What is written is shown at once."""


def _kernel() -> object:
    """Jupyter's kernel, if it is what runs us."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None)
