"""First process inside bubblewrap: waits for requests on one socket and forks a keeper, and by it a sealed kernel,
for each.

Started by sandbox.py. A *warm* zygote has imported what notebooks import, on one thread; a cold one imports nothing
and its kernels are exec'd anew. It holds no secret, and ends when the grader's end of the socket closes, however that
happened; as it is the first process of the sandbox's pid namespace, everything in it ends then.

processes:  zygote ── keeper (one per kernel: hands out a handle, watches, reports the end) ── kernel (its pid 1)
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any

from inside import seal, watch

MAX_REQUEST = 1 << 16
MAX_DESCRIPTORS = 8
SETUP_FAILED = 70
WATCH_MS = 50  # torch fills about 1 GB/s: an overshoot of 50 MB
NEAR_BYTES = 64 << 20  # a signal with less than this left to allocate means want of memory
# Not `coach`: a kernel under judgement must not find it, in memory neither, and importing it takes 20 ms.
WARM_MODULES = ("torch", "numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline")


def become(user: int) -> None:
    """Leave root for a user without any file or right; with 0, bubblewrap has already made us an ordinary one."""
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

    os.mkdir(seal.HOME)
    for name in WARM_MODULES:
        importlib.import_module(name)
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


def keep(reins: socket.socket, descriptors: list[int], warm: bool) -> None:
    """The keeper: new namespaces, the kernel in them, a handle on it to the grader, a watch, then how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    seal.die_with_parent()
    # By the reins, not through the zygote: a key must not stay in the memory that all later kernels inherit.
    request = json.loads(reins.recv(MAX_REQUEST))
    channels = dict(zip(request["channels"], descriptors, strict=True))
    proc = watch.open_proc()  # the kernel shares this mount namespace and is about to cover /proc
    try:
        seal.new_namespaces()
        child = os.fork()
        if child == 0:
            _child(reins, request, channels, warm)
        handle = os.pidfd_open(child)
        socket.send_fds(reins, [b'{"started": true}'], [handle])
    except OSError as fault:
        reins.send(json.dumps({"fault": str(fault)}).encode())
        return
    seal.drop_rights()
    for descriptor in descriptors:
        os.close(descriptor)
    reins.send(json.dumps(watch_over(child, handle, proc, reins, request["limits"])).encode())


def watch_over(child: int, handle: int, proc: int, reins: socket.socket, limits: dict[str, Any]) -> dict[str, Any]:
    """Wait for the kernel's end; kill it when it uses too much or when the grader has dropped the reins."""
    memory, killed, peak = False, False, 0
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(reins, 0)  # a hang-up is reported without being asked for
    while not (events := dict(poll.poll(WATCH_MS))).get(handle):
        usage = watch.measure(proc, child)
        peak = max(peak, usage.allocated)
        memory = memory or usage.memory > limits["memory_bytes"]
        if memory or events or usage.processes > limits["processes"]:
            killed = True
            os.kill(child, signal.SIGKILL)
    _, raw, used = os.wait4(child, 0)
    status = os.waitstatus_to_exitcode(raw)
    if status < 0:
        # Its own namespace cannot kill it: an unasked SIGKILL is the system's, for memory or for processor time.
        busy = used.ru_utime + used.ru_stime > limits["cpu_s"] - 1
        asked = bool(select.select([reins], [], [], 0)[0])  # the grader says so before it kills
        starved = status == -signal.SIGKILL and not (killed or asked or busy)
        memory = memory or starved or peak > limits["memory_bytes"] - NEAR_BYTES
    return {"status": status, "memory": memory}


def _child(reins: socket.socket, request: dict[str, Any], channels: dict[str, int], warm: bool) -> None:
    """Never returns. The reins are closed before any student code, which could otherwise forge a status."""
    code = SETUP_FAILED
    try:
        if request["waits"] and not reins.recv(1):  # until the grader has put us into a cgroup, where all this counts
            return
        seal.seal(request["limits"], [*channels.values(), reins.fileno()], request["coach"], request["cpu"])
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
        data, descriptors, _, _ = socket.recv_fds(control, 1, MAX_DESCRIPTORS)
        if not data:
            return
        one_thread()
        if os.fork() == 0:
            control.close()
            try:
                keep(socket.socket(fileno=descriptors[0]), descriptors[1:], warm)
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
