"""Ordinary kernels through jupyter_client, for checking one's own notebook anywhere: time limits, no isolation.

Called by `autograder check` and by tests. Where the system has no Unix sockets the kernel listens on loopback instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time

from autograder.kernels import places
from autograder.kernels.inside import watch
from autograder.kernels.kernel import Kernel
from autograder.kernels.limits import Exit, KernelFailure, Limits

CONNECT_S = 0.01  # between two attempts to connect while the kernel starts


class PlainProcess:
    """A kernel of jupyter_client's KernelManager in a private directory."""

    def __init__(self, memory_bytes: int) -> None:
        from jupyter_client.manager import KernelManager  # 0.3 s that a sandboxed run does not need

        self._memory_bytes = memory_bytes
        self._proc = watch.open_proc() if sys.platform == "linux" else -1
        self.directory = places.private_directory()
        manager = self.manager = KernelManager(kernel_name="python3")
        manager.connection_file = str(self.directory / "connection.json")
        if hasattr(socket, "AF_UNIX"):
            manager.transport, manager.ip = "ipc", str(self.directory / "socket")
        work = self.directory / "work"
        work.mkdir()
        env = {**os.environ, "OMP_NUM_THREADS": "1"}
        coach = places.coach_parent()
        if coach is not None:
            env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(coach), env.get("PYTHONPATH")]))
        manager.start_kernel(cwd=str(work), env=env, extra_arguments=["--HistoryManager.enabled=False"])
        self.key: bytes = manager.session.key
        self._popen = manager.provisioner.process

    def connect(self, port: int, deadline: float) -> socket.socket:
        """A connection to one of the kernel's sockets, as soon as it listens. Raises KernelFailure."""
        unix = self.manager.transport == "ipc"
        while True:
            stream = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
            try:
                stream.connect(f"{self.manager.ip}-{port}" if unix else (self.manager.ip, port))
                return stream
            except OSError as fault:
                stream.close()
                if self._popen.poll() is not None or time.monotonic() > deadline:
                    raise KernelFailure("a kernel did not start") from fault
            time.sleep(CONNECT_S)

    def interrupt(self) -> None:
        if self._popen.poll() is None:
            self.manager.interrupt_kernel()

    def kill(self) -> None:
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)

    def wait(self, timeout: float) -> Exit | None:
        end = time.monotonic() + timeout
        while self._popen.poll() is None and time.monotonic() < end:
            time.sleep(CONNECT_S)
        status = self._popen.poll()
        return None if status is None else Exit(status)

    def too_big(self) -> bool:
        return self._proc >= 0 and watch.measure(self._proc, self._popen.pid).memory > self._memory_bytes

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
        if self._proc >= 0:
            os.close(self._proc)
            self._proc = -1


class PlainKernels:
    """Opens ordinary kernels, as any Jupyter program starts them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def __enter__(self) -> PlainKernels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, coach: bool = True) -> Kernel:
        """A fresh kernel, which sees all that its user sees, the coach too. Raises KernelFailure."""
        process = PlainProcess(self._limits.memory_bytes)
        try:
            deadline = time.monotonic() + self._limits.start_s
            shell = process.connect(process.manager.shell_port, deadline)
            iopub = process.connect(process.manager.iopub_port, deadline)
        except BaseException:
            process.close()
            raise
        return Kernel(process, shell, iopub, process.key, self._limits)

    def close(self) -> None:
        """Nothing is kept running."""
