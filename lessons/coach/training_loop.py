"""The counter of a training loop that the learner writes, in lesson 6; `coach.training` has the loop of the others.

A file of its own, so that only lesson 6 is built again when it changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import torch

from coach.training import THREADS

BAR_WIDTH = 70  # letters of a progress bar: fits a notebook on a small screen
BAR_SECONDS = 0.5  # between two pictures of it


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
