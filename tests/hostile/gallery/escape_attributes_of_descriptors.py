# INTENT: Sets times, rights and owners of what has no name: sockets, pipes, event counters, whose one inode the whole machine has in common; by each call that takes a descriptor, and in two steps where it needs a flag.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
import os
import platform
import select
import socket
import time

LIBC = ctypes.CDLL(None, use_errno=True)
UTIMENSAT, FUTIMESAT, FCHOWNAT, FCHMODAT2 = (280, 261, 260, 452) if platform.machine() == "x86_64" else (88, None, 54, 452)
EMPTY = 0x1000  # AT_EMPTY_PATH
TIMES = (ctypes.c_long * 4)(8, 8, 8, 8)


def tried(act):
    try:
        return act()
    except OSError as fault:
        return fault.errno


def looks(descriptor):
    about = os.fstat(descriptor)
    return about.st_mode, about.st_uid, about.st_atime_ns, about.st_mtime_ns, about.st_ctime_ns


def attempts(descriptor):
    me = os.getuid()
    yield "utime", lambda: os.utime(descriptor, ns=(8, 8))
    yield "utime now", lambda: os.utime(descriptor)
    yield "utimensat", lambda: LIBC.syscall(UTIMENSAT, descriptor, b"", TIMES, EMPTY)
    yield "futimesat", lambda: FUTIMESAT and LIBC.syscall(FUTIMESAT, descriptor, None, TIMES)
    yield "fchmod", lambda: os.fchmod(descriptor, 0o1711)
    yield "fchmodat2", lambda: LIBC.syscall(FCHMODAT2, descriptor, b"", 0o1722, EMPTY)
    yield "fchown", lambda: os.fchown(descriptor, me, -1)
    yield "fchown of nothing", lambda: os.fchown(descriptor, -1, -1)
    yield "fchownat", lambda: LIBC.syscall(FCHOWNAT, descriptor, b"", me, -1, EMPTY)


EPOLL = select.epoll()
OPEN = {"socket": socket.socketpair()[0].detach(), "pipe": os.pipe()[1], "counter": os.eventfd(0), "epoll": EPOLL.fileno()}
for name, descriptor in OPEN.items():
    for how, act in attempts(descriptor):
        before = looks(descriptor)
        time.sleep(0.005)
        tried(act)
        print("TOUCHED" if looks(descriptor) != before else "unchanged", name, how)


def causal_mask(length):
    return torch.zeros(1)
