"""The limits of one kernel and the record of one execution. Used by every file of this package and by the judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

MIB = 1 << 20

Status = Literal["ok", "error", "timeout", "dead", "flood"]
Reason = Literal["memory", "killed", "exit"]


@dataclass(frozen=True)
class Limits:
    """What one kernel may use. Times in seconds, sizes in bytes; the reason for each default stands beside it."""

    call_s: float = 5.0  # one call of a student's function on small arrays takes milliseconds
    cell_s: float = 30.0  # a plot or a short training loop of the released notebooks ends well within it
    notebook_s: float = 120.0  # a whole notebook without its `experiment` cells takes seconds
    start_s: float = 60.0  # importing torch from a cold disk; a slow machine is not the student's fault
    grace_s: float = 1.0  # after SIGINT, time to leave a C extension before SIGKILL
    memory_bytes: int = 2048 * MIB  # torch with a figure and all of its threads allocates about 0.3 GiB
    processes: int = 64  # an IPython kernel has about ten threads; the rest is head-room, not a pool
    file_bytes: int = 64 * MIB  # the largest file; also the size of each private file system
    cpu_s: int = 240  # all threads together; above the wall clock of a notebook on two cores
    inodes: int = 4096  # files of zero bytes cost the host's memory too
    open_files: int = 256  # zmq, IPython and matplotlib use about fifty
    output_bytes: int = 1 * MIB  # what is kept of the outputs of one cell; the rest is read and dropped
    flood_bytes: int = 8 * MIB  # beyond this the kernel is killed rather than read
    reply_bytes: int = 16 * MIB  # one message: the largest array that the wire format allows, in base64


@dataclass(frozen=True)
class Execution:
    """How one `Kernel.execute` ended; every string comes from the student's side and is well-formed Unicode.

    `status`: "ok"; "error" (the code raised); "timeout"; "dead" (no kernel left); "flood" (killed: too much output).
    `reason`: why it is dead – "memory", "killed" (a signal), "exit"; with "error", "memory": an allocation was refused.
    `value`: the evaluated expression, if it was a string. `outputs`: nbformat outputs, only when they were asked for.
    """

    status: Status
    reason: Reason | None = None
    ename: str = ""
    evalue: str = ""
    traceback: tuple[str, ...] = ()
    outputs: tuple[dict[str, Any], ...] = ()
    value: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Exit:
    """How a kernel's process ended: status as subprocess has it (negative: a signal), whether it lacked memory.

    `ours`: its keeper is gone too, which no student can cause.
    """

    status: int
    memory: bool = False
    ours: bool = False


class SandboxMissing(RuntimeError):
    """This machine cannot isolate a kernel; the message says which command mends that."""


class KernelFailure(RuntimeError):
    """A kernel did not start: a fault of ours or of the machine, never of the student's. The judge retries."""
