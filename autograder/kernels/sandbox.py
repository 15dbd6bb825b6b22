"""Isolated kernels: one bubblewrap around a zygote, from which every kernel is forked (warm) or exec'd. Used by the
judge.

Nothing of a kernel lies on the host's disk: the sockets exist as files for the moment it takes to connect to them,
and the connected ends and the listening ends are then all there is.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import threading

from autograder.kernels import bubble, places
from autograder.kernels.kernel import Kernel
from autograder.kernels.limits import KernelFailure, Limits, SandboxMissing
from autograder.kernels.sealed import SealedProcess, Zygote

BACKLOG = 4


def listening_pair(directory: str, name: str) -> tuple[socket.socket, socket.socket]:
    """A listening socket and a connection that waits in its queue."""
    path = os.path.join(directory, name)
    server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(BACKLOG)
    client.connect(path)
    return server, client


class SandboxKernels:
    """Opens isolated kernels, each started anew. Raises SandboxMissing where it cannot. Threads may share it."""

    warm = False

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._zygote = Zygote(self.warm, self._limits)
        try:
            self.open().close()
        except KernelFailure as fault:  # whether a kernel can be sealed on this machine shows only now
            self.close()
            raise SandboxMissing(bubble.mend(str(fault))) from fault

    def __enter__(self) -> SandboxKernels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, coach: bool = True) -> Kernel:
        """A fresh kernel; without `coach`, nothing in it can import or read the coach. Raises KernelFailure."""
        with self._lock:
            if not self._zygote.alive():  # the system may have taken it for memory; the next student is not to blame
                self._zygote.close()
                try:
                    self._zygote = Zygote(self.warm, self._limits)
                except SandboxMissing as fault:  # it was there before: no reason to end the class
                    raise KernelFailure(str(fault)) from fault
        directory = str(places.private_directory())
        try:
            pairs = {name: listening_pair(directory, name) for name in ("shell", "iopub")}
        finally:
            shutil.rmtree(directory)
        key = secrets.token_hex(32)
        try:
            servers = {name: pair[0] for name, pair in pairs.items()}
            process = SealedProcess(self._zygote, key, self._limits, servers, coach)
        except KernelFailure:
            for _, client in pairs.values():
                client.close()
            raise
        finally:
            for server, _ in pairs.values():
                server.close()
        return Kernel(process, pairs["shell"][1], pairs["iopub"][1], key.encode(), self._limits)

    def close(self) -> None:
        self._zygote.close()


class WarmKernels(SandboxKernels):
    """Opens isolated kernels, forked from a parent that has imported torch: a fraction of the time."""

    warm = True
