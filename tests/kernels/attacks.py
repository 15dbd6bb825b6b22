"""What hostile code tries, and how its kernel must end. Read by test_hostile.py.

Each attack has a head, `# name: endings [time-out]`; an ending is status, exception, reason; several where the
system may choose. `call` is the system call of that number, by CPU.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TIMEOUT_S = 20.0
HEAD = re.compile(r"# (?P<name>\w+): (?P<ends>[^\[]+?)(?: \[(?P<timeout>[\d.]+) s\])?\n")
PRELUDE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
def number(x86_64, aarch64):
    return {"x86_64": x86_64, "aarch64": aarch64}[os.uname().machine]
"""


@dataclass(frozen=True)
class Attack:
    """Code, and the endings that are right for it."""

    name: str
    code: str
    ends: tuple[str, ...]
    timeout: float


def read(text: str) -> tuple[Attack, ...]:
    attacks = []
    for part in text.strip().split("\n\n"):
        head = HEAD.match(part)
        if head is None:
            raise ValueError(f"no head in: {part[:80]}")
        code = PRELUDE + part[head.end() :] if "call(" in part else part[head.end() :]
        timeout = float(head["timeout"] or TIMEOUT_S)
        attacks.append(Attack(head["name"], code, tuple(head["ends"].split(", ")), timeout))
    return tuple(attacks)


ATTACKS = read(r"""
# one_huge_array: error RuntimeError memory
import torch; torch.ones(10**10)

# many_arrays: error MemoryError memory, dead memory
import numpy
x = [numpy.ones(2**24) for _ in range(99)]

# memory_in_children: dead memory
import os, time
for _ in range(8):
    if os.fork() == 0:
        x = bytearray(400 << 20); time.sleep(60)
time.sleep(60)

# shared_memory_without_a_name: error OSError
call(number(29, 194), 0, 1 << 30, 0o1600)

# shared_anonymous_memory: error PermissionError
import mmap; mmap.mmap(-1, 4096)

# memory_file: error OSError
import os; os.memfd_create('x')

# fork_bomb: dead memory, dead killed
import os
while True:
    try: os.fork()
    except OSError: pass

# threads: error RuntimeError
import threading, time
for _ in range(5000): threading.Thread(target=time.sleep, args=(60,)).start()

# disk_one_file: error OSError
open('x', 'wb').write(bytes(65 << 20))

# disk_many_files: error OSError
for i in range(99): open(f'x{i}', 'wb').write(bytes(9 << 20))

# empty_files: error OSError
for i in range(10**5): open(f'x{i}', 'wb').close()

# shm_fill: error OSError
for i in range(99): open(f'/dev/shm/x{i}', 'wb').write(bytes(9 << 20))

# write_root: error OSError
open('/x', 'w')

# write_tmp: error OSError
open('/tmp/x', 'w')

# write_dev: error OSError
open('/dev/x', 'w')

# write_site_packages: error OSError, error PermissionError
import torch, os; open(os.path.dirname(torch.__file__) + '/x.py', 'w')

# flood_print: flood, dead memory, error MemoryError memory
while True: print('x' * 10**6)

# flood_descriptor: flood
import os
while True: os.write(1, b'x' * 10**6)

# flood_display: flood
from IPython.display import display
while True: display({'text/plain': 'x' * 10**6}, raw=True)

# giant_message: flood
get_ipython().kernel.iopub_socket.send_multipart([b'x', b'y' * (40 << 20)])
import time; time.sleep(60)

# endless_parts: flood
get_ipython().kernel.iopub_socket.send_multipart([b'x'] * 10000)
import time; time.sleep(60)

# swallows_interrupt: timeout [0.5 s]
while True:
    try:
        while True: pass
    except BaseException: pass

# sleeps: timeout [0.5 s]
import time; time.sleep(99)

# blocks_signals: timeout [0.5 s]
import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True: time.sleep(1)

# leaves: dead exit
import os; os._exit(0)

# crashes: dead killed
import ctypes; ctypes.string_at(0)

# aborts: dead killed
import os; os.abort()

# stops_itself: ok
import os, signal; os.kill(os.getpid(), signal.SIGSTOP)

# kills_its_parent: error ProcessLookupError
import os, signal; assert os.getppid() == 0; os.kill(-1, signal.SIGKILL)

# closes_all_sockets: dead killed, dead exit, timeout [1 s]
import os; os.closerange(3, 256)
import time; time.sleep(60)

# many_sockets: error OSError, timeout [1 s]
import socket
s = []
while True: s.append(socket.socketpair())

# many_files: error OSError, timeout [1 s]
f = []
while True: f.append(open('/dev/null'))

# raises_its_limits: error ValueError
import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))

# network: error OSError
import socket; socket.create_connection(('192.0.2.1', 80), 5)

# loopback: error OSError
import socket; socket.create_connection(('127.0.0.1', 80), 5)

# vsock: error OSError
import socket; socket.socket(40, socket.SOCK_STREAM)

# crypto_socket: error OSError
import socket; socket.socket(38, socket.SOCK_SEQPACKET)

# packet_socket: error OSError
import socket; socket.socket(17, socket.SOCK_RAW)

# io_uring: error OSError
call(425, 1, ctypes.create_string_buffer(200))

# new_user_namespace: error OSError
call(number(272, 97), 0x10000000)

# clone_namespace: error PermissionError
call(number(56, 220), 0x10000011, 0, 0, 0, 0)

# ptrace: error OSError
call(number(101, 117), 0, 0, 0, 0)

# memory_of_the_whole_machine: error OSError
call(number(99, 179), ctypes.create_string_buffer(256))

# hint_on_a_shared_file: error PermissionError
import fcntl; fcntl.fcntl(open('/usr/bin/env'), 1036, (3).to_bytes(8, 'little'))

# how_full_a_disk_is: error OSError
import os; os.statvfs('/usr')

# how_full_somebody_s_files_are: error OSError
import os; call(number(136, 43), os.stat('/usr').st_dev, ctypes.create_string_buffer(128))

# calls_that_are_newer_than_the_filter: error OSError
call(467, -100, b'/usr/bin', 0x800, 0, 0)

# memory_in_landlock_s_rules: error OSError
call(444, (1).to_bytes(8, 'little'), 8, 0)

# size_of_a_pipe: error PermissionError
import fcntl, os; fcntl.fcntl(os.pipe()[1], 1032)

# what_ext4_keeps_of_a_shared_file: error OSError
import fcntl; fcntl.ioctl(open('/usr/bin/env'), 0x6612)

# pages_put_out_of_memory: error OSError
import mmap
f = open('/usr/bin/env'); mmap.mmap(f.fileno(), 4096, prot=mmap.PROT_READ).madvise(21)

# flow_labels_of_the_machine: error OSError
import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)

# cookie_of_a_socket: error OSError
import socket; socket.socket(socket.AF_UNIX).getsockopt(1, 57, 8)

# inode_of_a_pid_handle: error OSError
import os; os.pidfd_open(os.getpid())

# signals_of_the_whole_user: ok
import resource; assert resource.getrlimit(resource.RLIMIT_SIGPENDING) == (256, 256)

# numbers_that_move: ok
for path in ("/proc/stat", "/proc/meminfo", "/proc/cpuinfo"):
    text = open(path).read()
    assert not any(word in text for word in ("ctxt", "processes", "Shmem", "Cached", "cpu MHz")), text

# lock_on_a_shared_file: error OSError
import fcntl; fcntl.flock(open('/usr/bin/env'), fcntl.LOCK_EX)

# host_password_file: error FileNotFoundError
open('/etc/passwd')

# host_home: error FileNotFoundError
import os; os.listdir('/home')

# other_processes: error FileNotFoundError
open('/proc/1/environ')

# kernel_settings: error FileNotFoundError
open('/proc/sys/kernel/core_pattern')

# sysfs: error FileNotFoundError
import os; os.listdir('/sys')

# the_reference: error ModuleNotFoundError
import autograder.reference

# text_that_is_no_unicode: error UnicodeEncodeError, error Exception
raise Exception('\ud800')

# replaces_its_kernel: timeout [0.5 s]
get_ipython().kernel.session.key = b'x'
""")
