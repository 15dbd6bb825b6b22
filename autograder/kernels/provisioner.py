"""Sealed kernels for any Jupyter program: two kernel provisioners, registered as entry points in pyproject.toml.

A kernelspec with `"metadata": {"kernel_provisioner": {"provisioner_name": "autograder-warm"}}` gets its kernels from
here. Interrupt, restart, shutdown and death look to `jupyter_client` as with an ordinary local kernel. The working
directory and the environment that the client asks for do not exist in the sandbox and are ignored.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Integer

from autograder.kernels import places
from autograder.kernels.limits import Limits
from autograder.kernels.sealed import SealedProcess, Zygote

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
BACKLOG = 16  # several clients may connect to one kernel
WAIT_S = 1e9  # `wait` of a Popen has no limit
DEFAULTS = Limits()
_zygotes: dict[bool, Zygote] = {}
_lock = threading.Lock()


def shared_zygote(warm: bool) -> Zygote:
    """One zygote of each kind per program; it ends with the program. Raises SandboxMissing."""
    with _lock:
        zygote = _zygotes.get(warm)
        if zygote is None or not zygote.alive():
            zygote = _zygotes[warm] = Zygote(warm, DEFAULTS)
        return zygote


def close_zygotes() -> None:
    """End the shared zygotes and every kernel of theirs; a program's end does the same."""
    with _lock:
        while _zygotes:
            _zygotes.popitem()[1].close()


class PopenLike:
    """What LocalProvisioner uses of subprocess.Popen, for a sealed kernel."""

    stdin = stdout = stderr = None

    def __init__(self, sealed: SealedProcess) -> None:
        self._sealed = sealed
        self.pid = sealed.pid()

    def poll(self) -> int | None:
        end = self._sealed.wait(0)
        return None if end is None else end.status

    def wait(self) -> int:
        end = self._sealed.wait(WAIT_S)
        self._sealed.close()
        return -signal.SIGKILL if end is None else end.status

    def send_signal(self, number: int) -> None:
        # The first process of a pid namespace ignores what it has no handler for, SIGTERM above all.
        self._sealed.signal(signal.SIGKILL if number == signal.SIGTERM else number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    terminate = kill


class SandboxProvisioner(LocalProvisioner):
    """Kernels exec'd anew inside the sandbox. Traits can be set in the kernelspec's `kernel_provisioner.config`."""

    warm = False
    memory_bytes = Integer(DEFAULTS.memory_bytes, help="memory of one kernel with all it starts").tag(config=True)
    file_bytes = Integer(DEFAULTS.file_bytes, help="size of its working directory").tag(config=True)
    cpu_s = Integer(24 * 3600, help="processor seconds: a person may leave a notebook open for a day").tag(config=True)
    _directory: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called by the manager before each start: sockets instead of ports, in a directory that only we can enter."""
        manager = self.parent
        if manager is None:
            raise RuntimeError("this provisioner needs a KernelManager")
        if self._directory is None:
            self._directory = places.private_directory()
            manager.transport, manager.ip = "ipc", str(self._directory / "socket")
            manager.cache_ports = False
            for number, channel in enumerate(CHANNELS, 1):
                setattr(manager, f"{channel}_port", number)
        kwargs["transport_encryption"] = "disabled"  # the sockets are files that no other user can reach
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Called by the manager at start and restart; `cmd` is what an ordinary kernel would be started with."""
        servers = {channel: self._listen(channel) for channel in CHANNELS}
        limits = Limits(memory_bytes=self.memory_bytes, file_bytes=self.file_bytes, cpu_s=self.cpu_s)
        key = self.connection_info["key"]
        try:
            text = key.decode() if isinstance(key, bytes) else key
            self.process = PopenLike(SealedProcess(shared_zygote(self.warm), text, limits, servers))
        finally:
            for server in servers.values():
                server.close()
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info

    def _listen(self, channel: str) -> socket.socket:
        path = f"{self.connection_info['ip']}-{self.connection_info[f'{channel}_port']}"
        if os.path.exists(path):
            os.unlink(path)  # of the kernel before a restart
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(BACKLOG)
        return server

    async def cleanup(self, restart: bool = False) -> None:
        """Called by the manager after a kernel's end."""
        if not restart and self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)
            self._directory = None


class WarmProvisioner(SandboxProvisioner):
    """Kernels forked from a parent inside the sandbox that has imported torch."""

    warm = True
