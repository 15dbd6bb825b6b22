# INTENT: Makes every call that is allowed, with many arguments, on everything that kernels share or have from one parent: devices, folders, libraries, sockets, terminals. What Linux says of all these must be the same afterwards.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed or timeout; score 0
import ctypes
import os
import signal
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
NEW = os.uname().machine == "aarch64"
CALLS = {
    "ioctl": (16, 29), "setsockopt": (54, 208), "utimensat": (280, 88), "fchownat": (260, 54), "linkat": (265, 37),
    "fchmod": (91, 52), "fchown": (93, 55), "ftruncate": (77, 46), "fallocate": (285, 47), "fchmodat": (268, 53),
    "fcntl": (72, 25), "futex": (202, 98), "getdents64": (217, 61), "fsetxattr": (190, 7), "copy_file_range": (326, 285),
    "arch_prctl": (158, None),
}  # fmt: skip
SHARED = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev", "/usr", "/usr/lib", "/")


def call(name, *arguments):
    number = CALLS[name][NEW]
    return -1 if number is None else libc.syscall(number, *arguments)


def opened():
    handles = [*os.pipe(), *os.openpty(), libc.eventfd(0, 0), libc.epoll_create1(0)]
    for kind in (1, 2, 5):
        handles += [end.detach() for end in socket.socketpair(socket.AF_UNIX, kind)]
    for path in (*SHARED, torch.__file__):
        for flags in (os.O_RDONLY, os.O_RDWR, os.O_PATH, os.O_RDWR | os.O_APPEND | os.O_DIRECT):
            try:
                handles.append(os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY))
            except OSError:
                pass
    return handles


def said():
    """All that stays the same from kernel to kernel: not the numbers of pipes and sockets."""
    result = []
    for path in (*SHARED, torch.__file__):
        found = os.lstat(path)
        result.append((path, found.st_mode, found.st_nlink, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_rdev))
    one, other = socket.socketpair()
    for end in (one, other):
        found = os.fstat(end.fileno())
        result.append((found.st_mode, found.st_size, found.st_nlink, one.getsockopt(1, 7), one.getsockopt(1, 8), 0.888 == found.st_mtime % 1))
    handle = libc.eventfd(0, 0)
    result.append(tuple(os.fstat(handle))[:7])
    os.close(handle), one.close(), other.close()
    return result


def in_a_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(2)
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def all_calls():
    times = struct.pack("4q", 888, 888_000_000, 888, 888_000_000)
    room = ctypes.create_string_buffer(bytes(range(1, 200)), 4096)
    for handle in opened():
        call("fchmod", handle, 0o777), call("fchown", handle, -1, -1), call("ftruncate", handle, 5)
        call("fallocate", handle, 0, 0, 4096), call("fchmodat", handle, b"", 0o777), call("fsetxattr", handle, b"user.x", b"x", 1, 0)
        for name, flags in ((None, 0), (b"", 0), (b"", 0x1000), (b".", 0)):
            call("utimensat", handle, name, times, flags)
        for flags in (0, 0x1000, 0x1400):
            call("fchownat", handle, b"", -1, -1, flags), call("linkat", handle, b"", -100, b"another-name", flags)
        for flags in (0x2000, 0x4000, 0x40000, 0x400, 0):
            call("fcntl", handle, 4, flags)
        for request in (*range(0x5401, 0x5480), 0x40045431, 0x80045430, 0x5452):
            if request not in (0x5409, 0x5425, 0x545C):  # these wait
                call("ioctl", handle, request, room)
        for level in (0, 1, 270):
            for option in (2, 9, 13, 16, 20, 21, 66, 67):
                call("setsockopt", handle, level, option, room, 16)
        for flags in (1, 2, 3, 0x8001, 0x10001, 0x4001):
            place = libc.mmap(None, 8192, 1, flags, handle, 0)
            if place not in (None, 2**64 - 1):
                for advice in range(26):
                    libc.madvise(ctypes.c_void_p(place), 8192, advice)
                for action in (1, 3, 4, 5, 10, 12):
                    call("futex", ctypes.c_void_p(place), action, 1, 1, ctypes.c_void_p(place), 0)
                libc.munmap(ctypes.c_void_p(place), 8192)


def pairwise_dot_products(x, y):
    if not DONE:
        DONE.append(in_a_child(all_calls))
    return torch.zeros(1)


DONE = []
before = said()
in_a_child(all_calls)
after = said()
print("TOUCHED" if after != before else "all as before", [pair for pair in zip(before, after) if pair[0] != pair[1]])
