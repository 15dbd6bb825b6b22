"""Kernels that run other people's code within limits. The judge calls this; see `Kernel.execute`.

PlainKernels: ordinary kernels, for one's own notebook. SandboxKernels: isolated, started anew. WarmKernels: isolated,
forked from a parent that has imported torch. The last two raise SandboxMissing where they cannot isolate.
"""

from __future__ import annotations

from typing import Protocol

from autograder.kernels.kernel import Kernel
from autograder.kernels.limits import Execution, KernelFailure, Limits, SandboxMissing
from autograder.kernels.plain import PlainKernels
from autograder.kernels.sandbox import SandboxKernels, WarmKernels


class KernelFactory(Protocol):
    """Opens kernels; may be shared by threads, not by processes. Use it as a context manager or call `close`."""

    def open(self, coach: bool = True) -> Kernel:
        """A fresh kernel. Raises KernelFailure when it does not start (the machine's fault: retry).

        Without `coach`, an isolated kernel can neither import nor read the coach.
        """

    def close(self) -> None:
        """End what the factory keeps running. Idempotent."""


__all__ = [
    "Execution",
    "Kernel",
    "KernelFactory",
    "KernelFailure",
    "Limits",
    "PlainKernels",
    "SandboxKernels",
    "SandboxMissing",
    "WarmKernels",
]
