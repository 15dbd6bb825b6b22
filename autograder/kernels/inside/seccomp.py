"""The system-call filter of a sealed kernel, as classic BPF built by hand. Called by seal.py, after all set-up is done.

A deny list on top of namespaces and a user without rights: it takes away what Python, torch and Jupyter never need
and what has let programs out of sandboxes before – other processes' memory, new namespaces and mounts, keys, BPF,
io_uring, sockets of all families but one, memory that no limit counts, locks on files that all sandboxes share, and
whatever Linux has learnt since this list was made. Refused calls fail with an error number, so a program that merely
tries one goes on.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# name: (x86_64, aarch64); None where the architecture has no such call
DENIED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    # namespaces, mounts, roots
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "fanotify_init": (300, 262), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # parts of the kernel with a long record of holes
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "io_setup": (206, 0), "vmsplice": (278, 75), "modify_ldt": (154, None),
    # the machine
    "reboot": (169, 142), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58),
    "sync": (162, 81), "syncfs": (306, 267),  # makes all others wait for the disks
    "iopl": (172, None), "ioperm": (173, None), "migrate_pages": (256, 238), "move_pages": (279, 239),
    # the one processor that a kernel is given, so that its neighbours keep theirs
    "sched_setaffinity": (203, 122),
    # memory that lives without being mapped, so that neither RLIMIT_AS nor the watchdog sees it
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180), "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445), "landlock_restrict_self": (446, 446),
    # what all sandboxes share, the read-only files, would be a channel between them by locks, by watching who opens
    # what, and by which pages are in memory: asking for that, and evicting a page, carries thousands of bits
    # – as does on which part of the memory a page lies, asked or told, where a machine has several
    "mbind": (237, 235), "get_mempolicy": (239, 236), "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450),
    # – as does how much memory all files take, and (ustat, by a number alone) how full the file systems of others are:
    # both change with each kernel's own private files. statfs reads of what is in sight only, but the host's disk is.
    "sysinfo": (99, 179), "ustat": (136, None), "sysfs": (139, None), "statfs": (137, 43), "fstatfs": (138, 44),
    "statmount": (457, 457), "listmount": (458, 458),
    "flock": (73, 32), "inotify_init": (253, None), "inotify_init1": (294, 26), "fadvise64": (221, 223),
    "preadv2": (327, 286), "mincore": (27, 232), "cachestat": (451, 451),
}  # fmt: skip
# The newest call that this list's author knew (mseal, which libc uses); a later one may be any of the above. From 424
# on, calls have the same number on all architectures. Programs ask for an older one instead.
NEWEST = 462
# What counts for the whole machine: SO_COOKIE sockets, SO_NETNS_COOKIE namespaces, STATX_MNT_ID_UNIQUE mounts; and the
# inode of a pid handle all processes since boot (SO_PEERPIDFD, SO_PASSPIDFD, CLONE_PIDFD, pidfd_open)
GETSOCKOPT, COUNTERS, SETSOCKOPT, PASS_HANDLE = (55, 209), (57, 71, 77), (54, 208), 76
STATX, UNIQUE, HANDLE = (332, 291), 0x4000, 0x1000
CLONE, CLONE3, SOCKET, IOCTL, FCNTL = (56, 220), (435, 435), (41, 198), (16, 29), (72, 25)
NEW_NAMESPACE = 0x7E020000  # every CLONE_NEW… flag of clone
# A wait on a word of a file (FUTEX_WAIT, WAIT_BITSET, WAIT_REQUEUE_PI without the private flag) is found by all that
# see the file, read-only or not, and a wake tells how many it woke. Wakes cannot be refused: Linux itself wakes when a
# thread ends, wherever that thread said. So nobody waits there: libc is told of a signal, looks at its word and asks
# again – in pthread_join, in locks of multiprocessing. The newer calls, which libc does not use, hold flags in memory.
FUTEX, ANY_CLOCK, ON_FILE_WAITS = (202, 98), 0xFFFFFEFF, (0, 9, 11)
NEWER_FUTEXES = (449, 454, 455, 456)
# Unix alone: a kernel has no network, and the flow labels of inet6, say, are one stock for all network namespaces
FAMILIES = (1,)
# Of requests to a file only those to a terminal, and of these not TIOCSTI, TIOCLINUX: typing into somebody else's; nor
# TIOCSETD, which loads seldom used parts of the system.
# Others leave something with a file that all may only read: keys for its file system, what ext4 keeps of it in memory
TERMINAL, BUT = 0x5400, (0x5412, 0x541C, 0x5423)
# MAP_SHARED and MAP_ANONYMOUS: memory in a file without a name, which lives on when all of it but a page is no longer
# mapped. Shared memory with a name lies in /dev/shm, which has a size.
MMAP, NAMELESS = (9, 222), 0x21
# MADV_COLD, MADV_PAGEOUT: evicting a page, like fadvise64; MADV_COLLAPSE, folding those of a file; and one page for all
# kernels that hold the same, if the host looks for such: MADV_MERGEABLE, and by prctl for a whole process
MADVISE, AWAY = (28, 233), (12, 20, 21, 25)
# PR_SET_MEMORY_MERGE; and PR_SCHED_CORE: nobody else may run on the other half of a processor's core
PRCTL, WITH_OTHERS = (157, 167), (62, 67)
SETRLIMIT, PRLIMIT = (160, 164), (302, 261)
CORE = 4  # RLIMIT_CORE: see seal.NO_CORE
# F_GETLK…, F_OFD_…, F_SETLEASE, F_NOTIFY; and all from F_SETPIPE_SZ on: a pipe's size tells how many others the user
# has, and a hint (F_GET_RW_HINT…) stays with a shared file, read-only or not
ON_FILES, FROM_PIPES_ON = (5, 6, 7, 36, 37, 38, 1024, 1025, 1026), 1031
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

LOAD, AND, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
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


def _argument(call: int, index: int, checks: bytes) -> bytes:
    """For this call: load an argument's low word, run the checks, then allow."""
    body = _step(LOAD, ARGUMENTS + 8 * index) + checks + _step(RETURN, ALLOW)
    return _step(EQUAL, call, 0, len(body) // 8) + body


def program(machine: str) -> bytes:
    """The filter for `os.uname().machine`. Raises KeyError for an architecture without a table."""
    column, architecture = ARCHITECTURES[machine]
    code = _step(LOAD, ARCHITECTURE) + _step(EQUAL, architecture, 1, 0) + _refuse(errno.ENOSYS)
    code += _step(LOAD, NUMBER) + _when(AT_LEAST, NEWEST + 1, errno.ENOSYS)  # the x32 calls, 0x4000…, among them
    for numbers in DENIED.values():
        call = numbers[column]
        if call is not None:
            code += _when(EQUAL, call, errno.EPERM)
    code += _when(EQUAL, CLONE3[column], errno.ENOSYS)  # its flags lie in memory: libc falls back on clone
    for call in NEWER_FUTEXES:
        code += _when(EQUAL, call, errno.ENOSYS)
    waits = b"".join(_when(EQUAL, wait, errno.EINTR) for wait in ON_FILE_WAITS)
    code += _argument(FUTEX[column], 1, _step(AND, ANY_CLOCK) + waits)
    code += _argument(CLONE[column], 0, _when(ANY_BIT, NEW_NAMESPACE | HANDLE, errno.EPERM))
    known = b"".join(_step(EQUAL, family, len(FAMILIES) - i, 0) for i, family in enumerate(FAMILIES))
    code += _argument(SOCKET[column], 0, known + _refuse(errno.EAFNOSUPPORT))
    to_terminals = _step(AND, 0xFF00) + _step(EQUAL, TERMINAL, 1, 0) + _refuse(errno.ENOTTY)
    code += _argument(IOCTL[column], 1, _when_any(BUT) + to_terminals)
    code += _argument(FCNTL[column], 1, _when_any(ON_FILES) + _when(AT_LEAST, FROM_PIPES_ON, errno.EPERM))
    code += _argument(MMAP[column], 3, _step(AND, NAMELESS) + _when(EQUAL, NAMELESS, errno.EPERM))
    code += _argument(MADVISE[column], 2, _when_any(AWAY))
    code += _argument(PRCTL[column], 0, _when_any(WITH_OTHERS))
    code += _argument(GETSOCKOPT[column], 2, _when_any(COUNTERS))
    code += _argument(SETSOCKOPT[column], 2, _when(EQUAL, PASS_HANDLE, errno.EPERM))
    code += _argument(STATX[column], 3, _when(ANY_BIT, UNIQUE, errno.EPERM))
    code += _argument(SETRLIMIT[column], 0, _when(EQUAL, CORE, errno.EPERM))
    code += _argument(PRLIMIT[column], 1, _when(EQUAL, CORE, errno.EPERM))
    return code + _step(RETURN, ALLOW)


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
