"""What kernels could leave behind, and patience for its going. Used by the tests of this folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psutil

GONE_S = 20.0  # for processes to disappear on a loaded machine; they need milliseconds


def sandbox_processes() -> list[psutil.Process]:
    """What this process has started and what that has started."""
    return psutil.Process().children(recursive=True)


def wait_until(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true before one must give up."""
    end = time.monotonic() + GONE_S
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def private_directories() -> set[str]:
    """Directories of kernels where this test session puts them (conftest.py)."""
    return {entry.name for entry in os.scandir(os.environ["XDG_RUNTIME_DIR"])}
