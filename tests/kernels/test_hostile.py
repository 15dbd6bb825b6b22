"""Every limit reached, every wall touched, in the real sandbox; after each the next kernel works and nothing is left."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from autograder.kernels import WarmKernels
from tests.kernels.conftest import private_directories, sandbox_processes, wait_until

CALL = "import ctypes, os; l = ctypes.CDLL(None, use_errno=True)\ndef call(*a):\n    if l.syscall(*a) < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))\n"  # noqa: E501


@dataclass(frozen=True)
class Attack:
    """Code that tries something, and how the kernel must answer; several endings where the system may choose."""

    name: str
    code: str
    ends: tuple[str, ...]  # "status", "status reason" or "error Exception"
    timeout: float = 20.0


ATTACKS = (
    Attack("one_huge_array", "import torch; torch.ones(10**10)", ("error RuntimeError memory",)),
    Attack("many_arrays", "import numpy\nx = [numpy.ones(2**25) for _ in range(99)]", ("error MemoryError memory", "dead memory")),
    Attack(
        "memory_in_children",
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = bytearray(400 << 20); time.sleep(60)\ntime.sleep(60)",
        ("dead memory",),
    ),
    Attack("shared_memory_without_a_name", CALL + "call({'x86_64': 29}.get(os.uname().machine, 194), 0, 1 << 30, 0o1600)", ("error PermissionError",)),
    Attack("memory_file", "import os; os.memfd_create('x')", ("error PermissionError",)),
    Attack("fork_bomb", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", ("dead memory", "dead killed")),
    Attack("threads", "import threading, time\nfor _ in range(5000): threading.Thread(target=time.sleep, args=(60,)).start()", ("error RuntimeError",)),
    Attack("disk_one_file", "open('x', 'wb').write(bytes(65 << 20))", ("error OSError",)),
    Attack("disk_many_files", "for i in range(99): open(f'x{i}', 'wb').write(bytes(9 << 20))", ("error OSError",)),
    Attack("empty_files", "for i in range(10**5): open(f'x{i}', 'wb').close()", ("error OSError",)),
    Attack("shm_fill", "for i in range(99): open(f'/dev/shm/x{i}', 'wb').write(bytes(9 << 20))", ("error OSError",)),
    Attack("write_root", "open('/x', 'w')", ("error OSError",)),
    Attack("write_tmp", "open('/tmp/x', 'w')", ("error OSError",)),
    Attack("write_dev", "open('/dev/x', 'w')", ("error OSError",)),
    Attack("write_site_packages", "import torch, os; open(os.path.dirname(torch.__file__) + '/x.py', 'w')", ("error OSError", "error PermissionError")),
    Attack("flood_print", "while True: print('x' * 10**6)", ("flood", "dead memory", "error MemoryError memory")),
    Attack("flood_descriptor", "import os\nwhile True: os.write(1, b'x' * 10**6)", ("flood",)),
    Attack("flood_display", "from IPython.display import display\nwhile True: display({'text/plain': 'x' * 10**6}, raw=True)", ("flood",)),
    Attack("giant_message", "get_ipython().kernel.iopub_socket.send_multipart([b'x', b'y' * (40 << 20)])\nimport time; time.sleep(60)", ("flood",)),
    Attack("endless_parts", "get_ipython().kernel.iopub_socket.send_multipart([b'x'] * 10000)\nimport time; time.sleep(60)", ("flood",)),
    Attack("swallows_interrupt", "while True:\n    try:\n        while True: pass\n    except BaseException: pass", ("timeout",), 0.5),
    Attack("sleeps", "import time; time.sleep(99)", ("timeout",), 0.5),
    Attack("blocks_signals", "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: time.sleep(1)", ("timeout",), 0.5),
    Attack("leaves", "import os; os._exit(0)", ("dead exit",)),
    Attack("crashes", "import ctypes; ctypes.string_at(0)", ("dead killed",)),
    Attack("aborts", "import os; os.abort()", ("dead killed",)),
    Attack("stops_itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", ("ok",)),
    Attack("kills_its_parent", "import os, signal; assert os.getppid() == 0; os.kill(-1, signal.SIGKILL)", ("error ProcessLookupError",)),
    Attack("closes_all_sockets", "import os; os.closerange(3, 256)\nimport time; time.sleep(60)", ("dead killed", "dead exit", "timeout"), 5),
    Attack("many_sockets", "import socket\ns = []\nwhile True: s.append(socket.socketpair())", ("error OSError", "timeout"), 5),
    Attack("many_files", "f = []\nwhile True: f.append(open('/dev/null'))", ("error OSError", "timeout"), 5),
    Attack("raises_its_limits", "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))", ("error ValueError",)),
    Attack("network", "import socket; socket.create_connection(('192.0.2.1', 80), 5)", ("error OSError",)),
    Attack("loopback", "import socket; socket.create_connection(('127.0.0.1', 80), 5)", ("error OSError",)),
    Attack("vsock", "import socket; socket.socket(40, socket.SOCK_STREAM)", ("error OSError",)),
    Attack("crypto_socket", "import socket; socket.socket(38, socket.SOCK_SEQPACKET)", ("error OSError",)),
    Attack("packet_socket", "import socket; socket.socket(17, socket.SOCK_RAW)", ("error OSError",)),
    Attack("io_uring", CALL + "call(425, 1, ctypes.create_string_buffer(200))", ("error PermissionError",)),
    Attack("new_user_namespace", CALL + "call({'x86_64': 272}.get(os.uname().machine, 97), 0x10000000)", ("error PermissionError",)),
    Attack("clone_namespace", CALL + "call({'x86_64': 56}.get(os.uname().machine, 220), 0x10000011, 0, 0, 0, 0)", ("error PermissionError",)),
    Attack("ptrace", CALL + "call({'x86_64': 101}.get(os.uname().machine, 117), 0, 0, 0, 0)", ("error PermissionError",)),
    Attack("lock_on_a_shared_file", "import fcntl; fcntl.flock(open('/usr/bin/env'), fcntl.LOCK_EX)", ("error PermissionError",)),
    Attack("host_password_file", "open('/etc/passwd')", ("error FileNotFoundError",)),
    Attack("host_home", "import os; os.listdir('/home')", ("error FileNotFoundError",)),
    Attack("other_processes", "open('/proc/1/environ')", ("error FileNotFoundError",)),
    Attack("kernel_settings", "open('/proc/sys/kernel/core_pattern')", ("error FileNotFoundError",)),
    Attack("sysfs", "import os; os.listdir('/sys')", ("error FileNotFoundError",)),
    Attack("the_reference", "import autograder.reference", ("error ModuleNotFoundError",)),
    Attack("text_that_is_no_unicode", "raise Exception('\\ud800')", ("error UnicodeEncodeError", "error Exception")),
    Attack("replaces_its_kernel", "get_ipython().kernel.session.key = b'x'", ("timeout",), 0.5),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_ends_within_its_limit_and_the_next_kernel_works(warm: WarmKernels, attack: Attack) -> None:
    before, directories = {process.pid for process in sandbox_processes()}, private_directories()
    with warm.open() as kernel:
        result = kernel.execute(attack.code, timeout=attack.timeout)
    found = " ".join(filter(None, (result.status, result.ename, result.reason)))
    assert found in attack.ends
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)
    assert private_directories() <= directories
    with warm.open() as kernel:
        assert kernel.execute("import torch", timeout=20, expression="str(torch.ones(2).sum().item())").value == "2.0"
