"""How much memory a kernel and everything it started use, read from /proc. Used by the kernels' watchdog.

Anonymous and shared-memory pages count; pages of files (torch's libraries) do not. Pages that a fork shares with its parent
count once per process: a notebook that forks much is charged too much rather than too little.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

COUNTED = ("RssAnon:", "RssShmem:")
MAX_PROCESSES = 1000  # far above the limit on processes: bounds one look


@dataclass(frozen=True)
class Usage:
    """Bytes used by a tree of processes, the largest address space the root ever had, and how many processes there are."""

    memory: int
    peak_address_space: int
    processes: int


def _fields(pid: int) -> dict[str, int]:
    """Sizes in bytes from /proc/PID/status; empty when the process is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as lines:
            rows = [line.split() for line in lines]
    except OSError:
        return {}
    return {row[0]: int(row[1]) * 1024 for row in rows if len(row) == 3 and row[2] == "kB" and row[1].isdigit()}


def _children(pid: int) -> list[int]:
    """Every thread has its own list of children; a process that ends meanwhile has none."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as line:
                found += map(int, line.read().split())
    except OSError:
        return found
    return found


def measure(pid: int) -> Usage:
    """The usage of a process and its descendants; orphans of a sandbox are adopted by its first process, so none is missed."""
    root = _fields(pid)
    memory, seen, pending = 0, 0, [pid]
    while pending and seen < MAX_PROCESSES:
        current = pending.pop()
        seen += 1
        fields = root if current == pid else _fields(current)
        memory += sum(fields.get(name, 0) for name in COUNTED)
        pending += _children(current)
    return Usage(memory, root.get("VmPeak:", 0), seen)
