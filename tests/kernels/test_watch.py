"""What counts as memory: processes that tell little of themselves, and lines of /proc that no test can bring about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.kernels.inside import watch
from tests.kernels.traces import wait_until

HELD = 100 << 20
# A first thread that ends (exit, not exit_group) while another one holds memory
WITHOUT_A_FIRST_THREAD = f"""
import ctypes, os, threading
def hold():
    kept = b"x" * {HELD}
    os.read(0, 1)
    os._exit(len(kept) == 0)
threading.Thread(target=hold).start()
ctypes.CDLL(None).syscall({{"x86_64": 60, "aarch64": 93}}[os.uname().machine], 0)
"""
STATUS = "State:\tS (sleeping)\nVmData:\t 2048 kB\nVmPTE:\t 1 kB\nRssAnon:\t 100000 kB\nRssFile:\t 700000 kB\n"


@contextmanager
def opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def of_one_process(tmp_path: Path, status: str) -> watch.Usage:
    """The usage where /proc holds one process with this status."""
    (tmp_path / "7" / "task" / "7").mkdir(parents=True)
    (tmp_path / "7" / "status").write_text(status, encoding="ascii")
    with opened(tmp_path) as proc:
        return watch.measure(proc, 7)


def test_a_process_counts_when_its_first_thread_has_ended() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", WITHOUT_A_FIRST_THREAD], stdin=subprocess.PIPE) as process,
        opened(Path("/proc")) as proc,
    ):
        status = Path(f"/proc/{process.pid}/status")
        assert wait_until(lambda: "\nState:\tZ" in status.read_text(encoding="ascii"))
        assert wait_until(lambda: watch.measure(proc, process.pid).memory > HELD)
        assert process.stdin is not None
        process.stdin.write(b"x")


def test_memory_that_is_swapped_out_or_in_huge_pages_counts(tmp_path: Path) -> None:
    usage = of_one_process(tmp_path, STATUS + "RssShmem:\t 20 kB\nVmSwap:\t 300 kB\nHugetlbPages:\t 4000 kB\n")
    assert usage == watch.Usage((100000 + 20 + 300 + 4000 + 1) << 10, 2048 << 10, 1)


def test_what_tells_nothing_of_its_memory_counts_as_the_smallest(tmp_path: Path) -> None:
    assert of_one_process(tmp_path, "State:\tZ (zombie)\n") == watch.Usage(watch.SMALLEST, 0, 1)


def test_a_name_is_no_size(tmp_path: Path) -> None:
    """A process whose first thread has ended says nothing of its memory; nor must its name, which it chooses."""
    for number, name in enumerate(("\rVmData: 9 kB", "9 kB", "\x0bRssAnon: 9 kB")):
        usage = of_one_process(tmp_path / str(number), f"Name:\t{name}\nState:\tZ (zombie)\n")
        assert usage == watch.Usage(watch.SMALLEST, 0, 1)
