"""First process inside bubblewrap: waits for requests on one socket and forks a keeper, and by it a sealed kernel, for each.

Started by sandbox.py. A *warm* zygote has imported what notebooks import, on one thread; a cold one imports nothing and its
kernels are exec'd anew. It holds no secret, and ends when the grader's end of the socket closes, however that happened; as it
is the first process of the sandbox's pid namespace, everything in it ends then.

processes:  zygote ── keeper (one per kernel: reports the pid handle, then the exit status) ── kernel (pid 1 of its namespace)
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from typing import Any

from inside import seal

MAX_REQUEST = 1 << 16
MAX_DESCRIPTORS = 8
SETUP_FAILED = 70
WARM_MODULES = ("torch", "numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "coach", "coach.harness")
WARM_IF_PRESENT = ("coach", "coach.harness")


def become(user: int) -> None:
    """Leave root for a user without any file or right; a no-op when bubblewrap has already done so (user 0 means stay)."""
    seal.bound_rights()
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    seal.drop_rights()
    seal.die_with_parent()
    seal.set_dumpable(False)


def warm_up() -> None:
    """Import what a kernel needs, and run each piece once, so that a child finds it done. Must leave one thread."""
    import importlib

    for name in WARM_MODULES:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            if name not in WARM_IF_PRESENT:
                raise
    from inside import app

    app.warm_up()
    gc.collect()
    gc.freeze()  # or the first collection of a child would touch, and so copy, every page


def one_thread() -> None:
    """A lock that another thread holds at the moment of fork stays locked in the child for ever."""
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"the parent of the kernels has {threads} threads and cannot fork safely")


def run_kernel(request: dict[str, Any], channels: dict[str, int], warm: bool) -> None:
    """In the child, sealed: become the kernel. Does not return when exec'd."""
    from inside import app

    if warm:
        app.run(request["key"], channels)
    else:
        for descriptor in channels.values():
            os.set_inheritable(descriptor, True)
        names = [f"{name}={descriptor}" for name, descriptor in channels.items()]
        environment = {**os.environ, "KERNEL_KEY": request["key"]}
        os.execve(sys.executable, [sys.executable, "-P", "-s", "-c", app.BOOT, *names], environment)


def keep(reins: socket.socket, request: dict[str, Any], channels: dict[str, int], warm: bool) -> None:
    """The keeper: new namespaces, the kernel in them, a handle on it to the grader, then its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    seal.die_with_parent()
    try:
        seal.new_namespaces()
        child = os.fork()
        if child == 0:
            _child(reins, request, channels, warm)
        socket.send_fds(reins, [b'{"started": true}'], [os.pidfd_open(child)])
    except OSError as fault:
        reins.send(json.dumps({"fault": str(fault)}).encode())
        return
    for descriptor in channels.values():
        os.close(descriptor)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    reins.send(json.dumps({"status": status}).encode())


def _child(reins: socket.socket, request: dict[str, Any], channels: dict[str, int], warm: bool) -> None:
    """Never returns. The reins are closed before any student code, which could otherwise forge a status."""
    code = SETUP_FAILED
    try:
        seal.seal(request["limits"], [*channels.values(), reins.fileno()])
        reins.close()
        run_kernel(request, channels, warm)
        code = 0
    except OSError as fault:
        if reins.fileno() >= 0:
            reins.send(json.dumps({"fault": str(fault)}).encode())
    finally:
        os._exit(code)


def serve(control: socket.socket, warm: bool) -> None:
    """Fork for each request until the grader hangs up."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, MAX_DESCRIPTORS)
        if not data:
            return
        request = json.loads(data)
        one_thread()
        if os.fork() == 0:
            control.close()
            try:
                channels = dict(zip(request["channels"], descriptors[1:], strict=True))
                keep(socket.socket(fileno=descriptors[0]), request, channels, warm)
            finally:
                os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def main(control_fd: int, user: int, warm: bool) -> None:
    """Called by the command line that sandbox.py gives to bubblewrap."""
    become(user)
    control = socket.socket(fileno=control_fd)
    if warm:
        warm_up()
    one_thread()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are reaped by the system
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to handle
    control.send(b'{"ready": true}')
    serve(control, warm)
