"""A cgroup of its own for every sealed kernel, where the system lets us make one (delegation.py). Called by sealed.py.

With cgroup v2 and its memory and pids controllers, Linux itself limits all that a notebook starts, taken together and
without overshoot. Where none is delegated to us, `parent` is None and nothing changes: rlimits and the keeper's watch
limit memory and processes, as they do everywhere.

tree:  delegated group ─┬─ autograder-itself (we and the zygotes: only a hierarchy's root may hold processes as well)
                        └─ autograder-PID-START-NUMBER (one per kernel)
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import re
import time
import weakref
from pathlib import Path

from autograder.kernels.delegation import CONTROLLERS, LEAF, NotDelegated, find, is_root, processes, words
from autograder.kernels.limits import Limits

NAME = re.compile(r"autograder-(\d+)-(\d+)-\d+")  # the grader's pid, and when it started, for pids come again
MOVES = 10  # looks at the processes to be moved, which may start others meanwhile
REMOVE_S = 5.0  # for the killed processes of a group to be gone; they need milliseconds
PAUSE_S = 0.002  # between two attempts to remove a group
_numbers = itertools.count()


@functools.cache
def parent() -> Path | None:
    """The group in which those of the kernels lie, made ready; None where there is none. Threads may call it at once.

    To be called before a zygote starts, which is then born in our leaf.
    """
    try:
        group = find()
        if not is_root(group):
            _move_into_leaf(group)
        if not set(CONTROLLERS) <= words(group / "cgroup.subtree_control"):
            (group / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in CONTROLLERS))
        sweep(group)
        Group(group, Limits()).close()  # what cannot be done at all shows now
    except (NotDelegated, OSError):
        return None
    return group


def _move_into_leaf(group: Path) -> None:
    """Empty the group of processes, this one among them; other workers may be doing the same. Raises OSError."""
    (group / LEAF).mkdir(exist_ok=True)
    for _ in range(MOVES):
        for pid in processes(group):
            with contextlib.suppress(ProcessLookupError):
                (group / LEAF / "cgroup.procs").write_text(str(pid))


def _started(pid: str | int) -> str:
    """When a process started, in ticks since boot; "" when there is none of that number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except OSError:
        return ""


def sweep(group: Path) -> None:
    """Remove the groups that killed graders have left. One that still holds processes stays: they are dying."""
    for path in group.iterdir():
        name = NAME.fullmatch(path.name)
        if name and _started(name[1]) != name[2]:
            with contextlib.suppress(OSError):
                path.rmdir()


def _kill(path: Path) -> None:
    with contextlib.suppress(OSError):  # Linux before 5.14 cannot; a kernel's pid namespace ends with it anyway
        (path / "cgroup.kill").write_text("1")


def _remove(path: Path, owner: int) -> None:
    if os.getpid() != owner:  # in a forked copy of the grader
        return
    _kill(path)
    end = time.monotonic() + REMOVE_S
    while time.monotonic() < end:
        try:
            return path.rmdir()
        except FileNotFoundError:
            return
        except OSError:  # it still holds processes
            time.sleep(PAUSE_S)


class Group:
    """The group of one kernel. Removed by `close`, or else when it is forgotten or the program ends."""

    def __init__(self, above: Path, limits: Limits) -> None:
        """Make it and set its limits. Raises OSError."""
        self.path = above / f"autograder-{os.getpid()}-{_started(os.getpid())}-{next(_numbers)}"
        self.path.mkdir()
        self._finalizer = weakref.finalize(self, _remove, self.path, os.getpid())
        try:
            for name, value in settings(limits).items():
                if name != "memory.swap.max" or (self.path / name).exists():  # missing where swap is not counted
                    (self.path / name).write_text(str(value))
        except OSError:
            self.close()
            raise

    def take(self, pid: int) -> None:
        """Move a process here; what it allocates and starts from now on counts here. Raises OSError."""
        (self.path / "cgroup.procs").write_text(str(pid))

    def kill(self) -> None:
        """SIGKILL to all in it at once, also to what is just being forked."""
        _kill(self.path)

    def lacked_memory(self) -> bool:
        """Whether the system has killed something in it for want of memory."""
        try:
            lines = (self.path / "memory.events").read_text(encoding="ascii").splitlines()
        except OSError:
            return False
        return any(name == "oom_kill" and count != "0" for name, count in map(str.split, lines))

    def close(self) -> None:
        """Kill what is left in it and remove it. Idempotent."""
        self._finalizer()


def settings(limits: Limits) -> dict[str, int]:
    """What stands in the files of a kernel's group."""
    return {
        "memory.max": limits.memory_bytes,
        "memory.swap.max": 0,  # or a notebook could fill the machine's swap, which no other limit counts
        "memory.oom.group": 1,  # a kernel that lost one of its processes would be in a state that nobody can judge
        "pids.max": limits.processes,
    }
