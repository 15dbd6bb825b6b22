"""Kernels shared by the tests of this folder: one warm sandbox for all, and a watch for anything left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from autograder.kernels import Kernel, Limits, WarmKernels

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
    """Directories of kernels in the usual places."""
    places = {os.environ.get("XDG_RUNTIME_DIR", "/tmp"), os.environ.get("TMPDIR", "/tmp"), "/tmp"}
    return {entry.path for place in places for entry in os.scandir(place) if entry.name.startswith("kernel-")}


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmKernels]:
    """The shared sandbox; afterwards nothing of it may be left."""
    before = {process.pid for process in sandbox_processes()}
    with WarmKernels(Limits()) as factory:
        yield factory
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)


@pytest.fixture
def kernel(warm: WarmKernels) -> Iterator[Kernel]:
    """A fresh sealed kernel."""
    with warm.open() as opened:
        yield opened
