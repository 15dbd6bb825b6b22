"""The zygote and its sealed kernels, seen from outside the sandbox. Used by sandbox.py and provisioner.py."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import asdict
from typing import Any

from autograder.kernels import bubble, cgroups, places
from autograder.kernels.limits import Exit, KernelFailure, Limits, SandboxMissing
from autograder.kernels.processors import Processor

MAX_REPORT = 1 << 12
GO = b"g"  # to a kernel that waits until it lies in its cgroup
CLOSE_S = 5.0  # for a killed pid namespace to be empty; the kernel needs milliseconds


def report(stream: socket.socket, timeout: float) -> tuple[dict[str, Any], list[int]] | None:
    """The next report of a zygote or keeper and the descriptors with it; None after `timeout`. EOF is {}."""
    if not select.select([stream], [], [], max(0.0, timeout))[0]:
        return None
    for _ in range(2):  # a keeper that left before it read our last word resets the connection; its own still waits
        with contextlib.suppress(ConnectionResetError):
            data, descriptors, _, _ = socket.recv_fds(stream, MAX_REPORT, 2)
            return (json.loads(data) if data else {}), descriptors
    return {}, []


class Zygote:
    """The sandbox's first process, seen from outside."""

    def __init__(self, warm: bool, limits: Limits) -> None:
        bwrap = bubble.find()
        cgroups.parent()  # may move us into a group of our own, where the sandbox is to be born
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
                start_new_session=True,  # or Ctrl-C would end the kernels while a verdict on them is being found
                cwd="/",
            )
        finally:
            started.set()
        self.process.wait()

    def alive(self) -> bool:
        return self._thread.is_alive()

    def request(self, descriptors: list[int]) -> None:
        """Ask for one kernel. Raises KernelFailure when the zygote is gone."""
        try:
            with self._lock:
                socket.send_fds(self.control, [b"k"], descriptors)
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

    def __init__(
        self, zygote: Zygote, key: str, limits: Limits, servers: dict[str, socket.socket], coach: bool = True
    ) -> None:
        self._end: Exit | None = None
        self._handle = -1
        self._group: cgroups.Group | None = None
        self._processor = Processor()
        self._reins, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        content = {"key": key, "channels": list(servers), "limits": asdict(limits), "coach": coach}
        content["cpu"] = self._processor.number
        above = cgroups.parent()
        content["waits"] = above is not None
        try:
            with theirs:
                if above is not None:
                    self._group = cgroups.Group(above, limits)
                zygote.request([theirs.fileno(), *(server.fileno() for server in servers.values())])
            self._reins.send(json.dumps(content).encode())
            answer, descriptors = report(self._reins, limits.start_s) or ({"fault": "no answer"}, [])
            if not descriptors:
                raise KernelFailure(f"a kernel could not be sealed: {answer.get('fault', 'its keeper is gone')}")
            self._handle = descriptors[0]
            if self._group is not None:
                self._group.take(self.pid())
                self._reins.send(GO)
        except OSError as fault:
            self.close()
            raise KernelFailure(f"the keeper of a kernel, or its cgroup, is gone ({fault})") from fault
        except KernelFailure:
            self.close()
            raise

    def pid(self) -> int:
        """Its number outside the sandbox; -1 once it has ended."""
        with open(f"/proc/self/fdinfo/{self._handle}", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))

    def signal(self, number: int) -> None:
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return

    def interrupt(self) -> None:
        self.signal(signal.SIGINT)

    def kill(self) -> None:
        """The first process of a pid namespace takes all others with it; its keeper reports when they are gone."""
        with contextlib.suppress(OSError):  # the keeper may be gone; it need not call this end a lack of memory
            self._reins.send(b"k")
        if self._group is not None:
            self._group.kill()
        self.signal(signal.SIGKILL)
        self.wait(CLOSE_S)

    def wait(self, timeout: float) -> Exit | None:
        end = time.monotonic() + timeout
        while self._end is None:
            answer = report(self._reins, end - time.monotonic())
            if answer is None:
                return None
            content = answer[0]
            if not content:  # the keeper left without a word: the whole sandbox was killed from outside
                self._end = Exit(-signal.SIGKILL, ours=True)
            elif "status" in content:
                lacked = self._group is not None and self._group.lacked_memory()
                self._end = Exit(content["status"], content["memory"] or lacked)
        return self._end

    def too_big(self) -> bool:
        return False

    def close(self) -> None:
        if self._handle >= 0:
            self.kill()
            os.close(self._handle)
            self._handle = -1
        if self._group is not None:
            self._group.close()
        self._end = self._end or Exit(-signal.SIGKILL)
        self._reins.close()
        self._processor.close()
