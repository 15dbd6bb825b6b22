"""How much memory a kernel and everything it started use, read from /proc. Used by the keeper inside, and by plain.py
outside.

Anonymous and shared-memory pages count, in memory or swapped out, and the tables of pages; pages of files (torch's
libraries) do not. Pages that a fork shares with its
parent count once per process: a notebook that forks much is charged too much rather than too little.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

COUNTED = ("RssAnon:", "RssShmem:", "VmSwap:", "HugetlbPages:", "VmPTE:")
SMALLEST = 64 << 20  # what any process counts: its sockets and pipes can hold as much where nobody can measure it
MAX_FILE = 1 << 14  # a status file has 1.5 kB
LOOKS = 5  # for a thread that lives, in a process whose threads come and go
MAX_PROCESSES = 1000  # far above the limit on processes: bounds one look


@dataclass(frozen=True)
class Usage:
    """Bytes used by a tree of processes, bytes that its root has allocated, used or not, the number of processes."""

    memory: int
    allocated: int
    processes: int


def _read(proc: int, path: str) -> str:
    """A file of the /proc that this descriptor stands for; "" when the process is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY, dir_fd=proc)
    except OSError:
        return ""
    try:
        return os.read(descriptor, MAX_FILE).decode("ascii", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def _sizes(status: str) -> dict[str, int]:
    """Sizes in bytes from a status file; without its first line, the name, which a program chooses."""
    rows = [line.split() for line in status.split("\n")[1:]]
    return {row[0]: int(row[1]) * 1024 for row in rows if len(row) == 3 and row[2] == "kB" and row[1].isdigit()}


def _threads(proc: int, pid: int) -> list[str]:
    try:
        tasks = os.open(f"{pid}/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=proc)
    except OSError:
        return []
    try:
        return os.listdir(tasks)
    except OSError:
        return []
    finally:
        os.close(tasks)


def _fields(proc: int, pid: int) -> dict[str, int]:
    """Sizes in bytes from PID/status; from that of another thread where the first, which stands for all, has ended."""
    sizes = _sizes(_read(proc, f"{pid}/status"))
    for _ in range(LOOKS):
        others = [] if sizes else [name for name in _threads(proc, pid) if name != str(pid)]
        if not others:
            break
        sizes = next(filter(None, (_sizes(_read(proc, f"{pid}/task/{name}/status")) for name in others)), {})
    return sizes


def _children(proc: int, pid: int) -> list[int]:
    """Every thread has its own list of children."""
    return [int(child) for name in _threads(proc, pid) for child in _read(proc, f"{pid}/task/{name}/children").split()]


def open_proc() -> int:
    """A descriptor of /proc, good also when another file system is mounted over it later."""
    return os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)


def measure(proc: int, pid: int) -> Usage:
    """The usage of a process and its descendants; a sandbox's first process adopts its orphans, so none is missed."""
    root = _fields(proc, pid)
    memory, seen, pending = 0, 0, [pid]
    while pending and seen < MAX_PROCESSES:
        current = pending.pop()
        seen += 1
        fields = root if current == pid else _fields(proc, current)
        memory += max(SMALLEST, sum(fields.get(name, 0) for name in COUNTED))
        pending += _children(proc, current)
    return Usage(memory, root.get("VmData:", 0), seen)
