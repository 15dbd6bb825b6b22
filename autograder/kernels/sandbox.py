"""Isolated kernels: one bubblewrap around a zygote, from which every kernel is forked (warm) or exec'd. Used by the judge.

Nothing of a kernel lies on the host's disk: the sockets exist as files for the moment it takes to connect to them, and the
connected ends and the listening ends are then all there is.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import asdict
from typing import Any

from autograder.kernels import bubble, places, watch
from autograder.kernels.kernel import Kernel
from autograder.kernels.limits import KernelFailure, Limits, SandboxMissing

MAX_REPORT = 1 << 12
BACKLOG = 4
NEAR = 0.9  # of the address space: a process that dies by a signal beyond this died for want of memory
CLOSE_S = 5.0  # for a killed pid namespace to be empty; the kernel needs milliseconds


def report(stream: socket.socket, timeout: float) -> tuple[dict[str, Any], list[int]] | None:
    """The next report of a zygote or keeper and the descriptors with it; None after `timeout`. EOF is {}."""
    if not select.select([stream], [], [], max(0.0, timeout))[0]:
        return None
    try:
        data, descriptors, _, _ = socket.recv_fds(stream, MAX_REPORT, 2)
        return (json.loads(data) if data else {}), descriptors
    except OSError:
        return {}, []


def listening_pair(directory: str, name: str) -> tuple[socket.socket, socket.socket]:
    """A listening socket and a connection that waits in its queue."""
    path = os.path.join(directory, name)
    server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(BACKLOG)
    client.connect(path)
    return server, client


class Zygote:
    """The sandbox's first process, seen from outside."""

    def __init__(self, warm: bool, limits: Limits) -> None:
        bwrap = bubble.find()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()
        command = bubble.command(bwrap, theirs.fileno(), warm, places.coach_parent(), limits)
        started = threading.Event()
        # The parent-death signal follows the *thread* that started a process: this one lives as long as the sandbox.
        self._thread = threading.Thread(target=self._run, args=(command, theirs, started), daemon=True)
        self._lock = threading.Lock()
        self._thread.start()
        started.wait()
        theirs.close()
        answer = report(self.control, limits.start_s)
        if not answer or not answer[0].get("ready"):
            self.close()
            self._errors.seek(0)
            raise SandboxMissing(bubble.mend(self._errors.read(MAX_REPORT).decode("utf-8", "replace")))

    def _run(self, command: list[str], theirs: socket.socket, started: threading.Event) -> None:
        try:
            self.process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env={},
                cwd="/",
            )
        finally:
            started.set()
        self.process.wait()

    def request(self, content: dict[str, Any], descriptors: list[int]) -> None:
        """Ask for one kernel. Raises KernelFailure when the zygote is gone."""
        try:
            with self._lock:
                socket.send_fds(self.control, [json.dumps(content).encode()], descriptors)
        except OSError as fault:
            raise KernelFailure("the parent of the kernels is gone") from fault

    def close(self) -> None:
        """The zygote leaves when we hang up, and its namespace with it; SIGKILL is for the case that it does not."""
        self.control.close()
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            self.process.kill()
            self._thread.join()


class SealedProcess:
    """A kernel forked by a zygote: signals go through a pid handle, which no other process can come to own."""

    def __init__(self, zygote: Zygote, key: str, limits: Limits, servers: dict[str, socket.socket]) -> None:
        self._limits = limits
        self._status: int | None = None
        self._peak = 0
        self._reins, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pidfd = -1
        content = {"key": key, "channels": list(servers), "limits": {**asdict(limits), "cpu_s": limits.notebook_s + 60}}
        try:
            with theirs:
                zygote.request(content, [theirs.fileno(), *(server.fileno() for server in servers.values())])
            answer, descriptors = report(self._reins, limits.start_s) or ({"fault": "no answer"}, [])
            if not descriptors:
                raise KernelFailure(f"a kernel could not be sealed: {answer.get('fault', 'its keeper is gone')}")
            self._pidfd = descriptors[0]
            self.pid = self._outer_pid()
        except BaseException:
            self.close()
            raise

    def _outer_pid(self) -> int:
        with open(f"/proc/self/fdinfo/{self._pidfd}", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))

    def _signal(self, number: int) -> None:
        try:
            signal.pidfd_send_signal(self._pidfd, number)
        except ProcessLookupError:
            return

    def interrupt(self) -> None:
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """The first process of a pid namespace takes all others with it; its status comes when they are gone."""
        self._signal(signal.SIGKILL)
        self.status(CLOSE_S)

    def status(self, timeout: float) -> int | None:
        end = time.monotonic() + timeout
        while self._status is None:
            answer = report(self._reins, end - time.monotonic())
            if answer is None:
                return None
            self._status = answer[0].get("status", -signal.SIGKILL) if "fault" not in answer[0] else None
        return self._status

    def memory(self) -> int:
        usage = watch.measure(self.pid)
        self._peak = max(self._peak, usage.peak_address_space)
        return usage.memory

    def near_limit(self) -> bool:
        return self._peak > NEAR * self._limits.memory_bytes

    def close(self) -> None:
        if self._pidfd >= 0:
            self.kill()
            os.close(self._pidfd)
            self._pidfd = -1
        self._reins.close()


class SandboxKernels:
    """Opens isolated kernels, each started anew. Raises SandboxMissing where that is impossible. Threads may share it."""

    warm = False

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._zygote = Zygote(self.warm, self._limits)
        self.open().close()  # whether kernels can be sealed here shows only now

    def __enter__(self) -> SandboxKernels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> Kernel:
        """A fresh kernel. Raises KernelFailure."""
        directory = str(places.private_directory())
        try:
            pairs = {name: listening_pair(directory, name) for name in ("shell", "iopub")}
        finally:
            shutil.rmtree(directory)
        key = secrets.token_hex(32)
        try:
            process = SealedProcess(self._zygote, key, self._limits, {name: pair[0] for name, pair in pairs.items()})
        finally:
            for server, _ in pairs.values():
                server.close()
        return Kernel(process, pairs["shell"][1], pairs["iopub"][1], key.encode(), self._limits)

    def close(self) -> None:
        self._zygote.close()


class WarmKernels(SandboxKernels):
    """Opens isolated kernels, forked from a parent that has imported torch: a fraction of the time."""

    warm = True
