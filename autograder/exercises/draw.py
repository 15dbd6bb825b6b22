"""Draws the inputs of cases: the same for the same secret, student, exercise and case, else unguessable."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np
import torch

PUBLIC = b"public cases"  # the secret of the cases that everybody sees


class Draw:
    """A stream of random inputs that depends on `secret` and `key` alone."""

    def __init__(self, secret: bytes, *key: str) -> None:
        digest = hmac.new(secret, "\x1f".join(key).encode(), hashlib.sha256).digest()
        self._random = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))

    def normal(self, *shape: int, dtype: torch.dtype = torch.float32, scale: float = 1.0) -> torch.Tensor:
        """Independent normal numbers of standard deviation `scale`."""
        return torch.from_numpy(np.asarray(scale * self._random.standard_normal(shape))).to(dtype)

    def integers(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """int64 numbers in [low, high)."""
        return torch.from_numpy(np.asarray(self._random.integers(low, high, shape)))

    def integer(self, low: int, high: int) -> int:
        """One int in [low, high)."""
        return int(self._random.integers(low, high))

    def sizes(self, count: int, low: int = 2, high: int = 8) -> list[int]:
        """`count` sizes in [low, high], pairwise different, so that no two axes can be confused unnoticed."""
        return [int(size) for size in low + self._random.permutation(high - low + 1)[:count]]

    def large(self, count: int) -> list[int]:
        """`count` sizes of two digits, pairwise different: for what is to be refused, and named in the message.

        No message holds them by chance, and they are too many to list them all.
        """
        return self.sizes(count, low=11, high=29)

    def pair(self, differ: bool) -> tuple[int, int]:
        """Two of those, or twice the first."""
        one, other, _ = self.trio(differ)
        return one, other

    def trio(self, differ: bool) -> tuple[int, int, int]:
        """The same, and a third for an axis that has nothing to do with it: sizes can differ and be right."""
        one, other, third = self.large(3)
        return one, other if differ else one, third

    def rate(self) -> float:
        """A rate of dropout that tells p from 1 − p: a quarter or three of them."""
        return (0.25, 0.75)[self.integer(0, 2)]

    def mask(self, *shape: int, share: float = 0.6) -> torch.Tensor:
        """A bool mask (True = may attend) whose rows differ and each allow at least one position, block another."""
        mask = self._random.random(shape) < share
        rows = mask.reshape(-1, shape[-1])
        for number, row in enumerate(rows):
            row[number % shape[-1]] = True
            row[(number + 1 + number // shape[-1]) % shape[-1]] = False
            if not row.any():
                row[number % shape[-1]] = True
        return torch.from_numpy(rows.reshape(shape).copy())

    def lengths(self, batch: int, longest: int) -> torch.Tensor:
        """`batch` lengths in [1, longest], the longest and a short one among them."""
        lengths = self._random.integers(1, longest + 1, batch)
        lengths[0] = longest
        if batch > 1:
            lengths[-1] = max(1, longest // 2)
        return torch.from_numpy(lengths)

    def seed(self) -> int:
        return int(self._random.integers(2**31))
