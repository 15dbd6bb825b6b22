"""The system-call filter of a sealed kernel, as classic BPF built by hand. Called by seal.py, after all set-up is done.

A list of what is allowed, on top of namespaces and a user without rights: calls.py has the calls, and here are those
that depend on an argument. Refused calls fail with an error number, mostly that of a Linux too old to know them, so a
program that merely tries one goes on.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from .calls import ALLOWED  # `inside` in the sandbox, `autograder.kernels.inside` in tests

# Written to tmpfs there is nothing to wait for, and with a file that all share it would be the host's disk: "done".
NOTHING_TO_DO = ((74, 82), (75, 83), (26, 227))  # fsync, fdatasync, msync
# By a descriptor, times, rights and owner can be those of a socket, which Linux forgets to clear for the next program
# that opens one, hours later in another kernel, say. By name they are those of a file in its own folder.
BY_DESCRIPTOR = ((91, 52), (93, 55))  # fchmod, fchown
UTIMENSAT, FCHOWNAT, NO_NAME = (280, 88), (260, 54), 0x1000  # AT_EMPTY_PATH; futimens gives no name at all
# Attributes of files: memory that no limit counts. shutil goes on where a file system has none, not without the call
ATTRIBUTES = ((188, 5), (189, 6), (190, 7))  # setxattr, lsetxattr, fsetxattr
# SEEK_SET, CUR, END: SEEK_DATA and SEEK_HOLE can tell which pages of a file are in memory
LSEEK, PLACES = (8, 62), (0, 1, 2)
CLONE, HANDLE = (56, 220), 0x1000  # CLONE_PIDFD: the inode counts all processes since boot
NEW_NAMESPACE = 0x7E020000  # every CLONE_NEW… flag of clone
# The basic facts and the time of birth; not the number of a mount that counts all of them since boot. (Linux adds,
# unasked, the other number, the lowest that is free: it tells how many are mounted now.)
STATX, FACTS = (332, 291), 0xFFF
# A wait on a word of a file (FUTEX_WAIT, WAIT_BITSET, WAIT_REQUEUE_PI without the private flag) is found by all that
# see the file, read-only or not, and a wake tells how many it woke. Wakes cannot be refused: Linux itself wakes when a
# thread ends, wherever that thread said. So nobody waits there: libc is told of a signal, looks at its word and asks
# again – in pthread_join, in locks of multiprocessing. The newer calls, which libc does not use, hold flags in memory.
FUTEX, ANY_CLOCK, ON_FILE_WAITS = (202, 98), 0xFFFFFEFF, (0, 9, 11)
# Unix alone: a kernel has no network, and the flow labels of inet6, say, are one stock for all network namespaces
SOCKET, SOCKETPAIR, FAMILIES = (41, 198), (53, 199), (1,)
# Of a socket: SO_REUSEADDR, KEEPALIVE, LINGER, PASSCRED, RCVTIMEO, SNDTIMEO (old and new); not larger buffers, filters,
# and (PASSPIDFD) handles, which are memory that no limit counts
SETSOCKOPT, SET = (54, 208), (2, 9, 13, 16, 20, 21, 66, 67)
# SO_TYPE, ERROR, SNDBUF, RCVBUF, PEERCRED, ACCEPTCONN, PEERSEC, PROTOCOL, DOMAIN too; not SO_COOKIE and its like,
# which count for the whole machine
GETSOCKOPT, ASKED = (55, 209), (*SET, 3, 4, 7, 8, 17, 30, 31, 38, 39)
SENDTO, SENDMSG, OUT_OF_BAND = (44, 206), (46, 211), 1
# Of requests to a file only those to a terminal, and of these not TIOCSTI, TIOCLINUX: typing into somebody else's; nor
# TIOCSETD, which loads seldom used parts of the system.
# Others leave something with a file that all may only read: keys for its file system, what ext4 keeps of it in memory
IOCTL, TERMINAL, BUT = (16, 29), 0x5400, (0x5412, 0x541C, 0x5423)
# MAP_SHARED and MAP_ANONYMOUS: memory in a file without a name, which lives on when all of it but a page is no longer
# mapped. Shared memory with a name lies in /dev/shm, which has a size.
# MAP_HUGETLB: pages that the host keeps for somebody.
MMAP, NAMELESS, HUGE = (9, 222), 0x21, 0x40000
# MADV_NORMAL to DONTNEED, FREE, DONTFORK, DOFORK, HUGEPAGE to KEEPONFORK: what is one's own. Not evicting a page
# (COLD, PAGEOUT), folding those of a file (COLLAPSE), or one page for all kernels that hold the same (MERGEABLE)
MADVISE, ADVICE = (28, 233), (0, 1, 2, 3, 4, 8, 10, 11, 14, 15, 16, 17, 18, 19)
# PR_SET_PDEATHSIG, PR_GET_…, PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ,
# PR_…_NO_NEW_PRIVS
PRCTL, OF_ITSELF = (157, 167), (1, 2, 3, 15, 16, 21, 23, 38, 39)
SETRLIMIT, PRLIMIT = (160, 164), (302, 261)
CORE = 4  # RLIMIT_CORE: see seal.NO_CORE
# F_DUPFD, F_GETFD, SETFD, GETFL, SETFL, F_DUPFD_CLOEXEC. Not locks and leases; nor a pipe's size, which tells how many
# others the user has; nor a hint, which stays with a shared file, read-only or not
FCNTL, DESCRIPTORS = (72, 25), (0, 1, 2, 3, 4, 1030)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

LOAD, AND, EQUAL, ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x45, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NO_ERROR = 0  # the call is not made, and the program is told that it was
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _refuse(number: int) -> bytes:
    return _step(RETURN, ERRNO | number)


def _when(test: int, value: int, refusal: int) -> bytes:
    """If the loaded word passes the test, fail with this error number; else go on."""
    return _step(test, value, 0, 1) + _refuse(refusal)


def _when_any(values: tuple[int, ...]) -> bytes:
    return b"".join(_when(EQUAL, value, errno.EPERM) for value in values)


def _unless(values: tuple[int, ...], refusal: int) -> bytes:
    """Go on if the loaded word is one of these; else fail with this error number."""
    return b"".join(_step(EQUAL, value, len(values) - i, 0) for i, value in enumerate(values)) + _refuse(refusal)


def _load(index: int) -> bytes:
    """An argument's low word."""
    return _step(LOAD, ARGUMENTS + 8 * index)


def _argument(call: int, index: int, checks: bytes) -> bytes:
    """For this call: load an argument's low word, run the checks, then allow."""
    body = _load(index) + checks + _step(RETURN, ALLOW)
    return _step(EQUAL, call, 0, len(body) // 8) + body


def program(machine: str) -> bytes:
    """The filter for `os.uname().machine`. Raises KeyError for an architecture without a table."""
    column, architecture = ARCHITECTURES[machine]
    code = _step(LOAD, ARCHITECTURE) + _step(EQUAL, architecture, 1, 0) + _refuse(errno.ENOSYS)
    code += _step(LOAD, NUMBER)
    waits = b"".join(_when(EQUAL, wait, errno.EINTR) for wait in ON_FILE_WAITS)
    to_terminals = _step(AND, 0xFF00) + _unless((TERMINAL,), errno.ENOTTY)
    for call, index, checks in (
        (FUTEX, 1, _step(AND, ANY_CLOCK) + waits),
        (MMAP, 3, _when(ANY_BIT, HUGE, errno.ENOMEM) + _step(AND, NAMELESS) + _when(EQUAL, NAMELESS, errno.EPERM)),
        (MADVISE, 2, _unless(ADVICE, errno.EINVAL)),
        (LSEEK, 2, _unless(PLACES, errno.EINVAL)),
        (CLONE, 0, _when(ANY_BIT, NEW_NAMESPACE | HANDLE, errno.EPERM)),
        (STATX, 3, _when(ANY_BIT, 0xFFFFFFFF ^ FACTS, errno.EPERM)),
        (SOCKET, 0, _unless(FAMILIES, errno.EAFNOSUPPORT)),
        (SOCKETPAIR, 0, _unless(FAMILIES, errno.EAFNOSUPPORT)),
        (SETSOCKOPT, 2, _unless(SET, errno.ENOPROTOOPT)),
        (GETSOCKOPT, 2, _unless(ASKED, errno.ENOPROTOOPT)),
        (SENDTO, 3, _when(ANY_BIT, OUT_OF_BAND, errno.EOPNOTSUPP)),
        (SENDMSG, 2, _when(ANY_BIT, OUT_OF_BAND, errno.EOPNOTSUPP)),
        (IOCTL, 1, _when_any(BUT) + to_terminals),
        (UTIMENSAT, 1, _when(EQUAL, 0, NO_ERROR) + _load(3) + _when(ANY_BIT, NO_NAME, NO_ERROR)),
        (FCHOWNAT, 4, _when(ANY_BIT, NO_NAME, NO_ERROR)),
        (FCNTL, 1, _unless(DESCRIPTORS, errno.EPERM)),
        (PRCTL, 0, _unless(OF_ITSELF, errno.EINVAL)),
        (SETRLIMIT, 0, _when(EQUAL, CORE, errno.EPERM)),
        (PRLIMIT, 1, _when(EQUAL, CORE, errno.EPERM)),
    ):
        code += _argument(call[column], index, checks)
    code += b"".join(_when(EQUAL, call[column], NO_ERROR) for call in (*NOTHING_TO_DO, *BY_DESCRIPTOR))
    code += b"".join(_when(EQUAL, call[column], errno.EOPNOTSUPP) for call in ATTRIBUTES)
    for numbers in ALLOWED.values():
        if numbers[column] is not None:
            code += _step(EQUAL, numbers[column], 0, 1) + _step(RETURN, ALLOW)
    return code + _refuse(errno.ENOSYS)  # clone3 among them, whose flags lie in memory: libc falls back on clone


def install(libc: ctypes.CDLL) -> None:
    """Put the filter on this thread and all that it starts, for good. Raises OSError; refuses unknown architectures."""
    try:
        code = program(os.uname().machine)
    except KeyError as fault:
        raise OSError(errno.ENOSYS, f"no system-call table for {fault}") from fault
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HL", len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, MODE_FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "the system-call filter was refused")
