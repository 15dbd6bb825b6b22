"""Kernels shared by the tests of this folder: one warm sandbox for all, and a watch for anything left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from autograder.kernels import Kernel, Limits, WarmKernels
from tests.kernels.traces import sandbox_processes, wait_until

MEMORY = 800 << 20  # more than twice what torch needs, and soon filled


@pytest.fixture(scope="session", autouse=True)
def own_directory() -> Iterator[None]:
    """A place for the directories of kernels that no other program uses; a short name, for sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="tests-", dir="/tmp") as directory, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", directory)
        yield


@pytest.fixture(scope="session")
def warm(own_directory: None) -> Iterator[WarmKernels]:
    """The shared sandbox; afterwards nothing of it may be left."""
    before = _sandboxes()
    with WarmKernels(Limits(memory_bytes=MEMORY)) as factory:
        yield factory
    assert wait_until(lambda: _sandboxes() <= before)


def _sandboxes() -> set[int]:
    """Of this session's processes those of bubblewrap: other tests' servers and trackers may live until its end."""
    found = set()
    for process in sandbox_processes():
        with suppress(psutil.NoSuchProcess):
            if process.name() == "bwrap":
                found.add(process.pid)
    return found


@pytest.fixture
def kernel(warm: WarmKernels) -> Iterator[Kernel]:
    """A fresh sealed kernel."""
    with warm.open() as opened:
        yield opened
