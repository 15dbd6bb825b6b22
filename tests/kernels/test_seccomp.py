"""The filter's program, run here step by step: what it says of a call, on both architectures."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.kernels.inside import calls, seccomp

# What libc, Python and Jupyter use: (x86_64, aarch64), arguments
NEEDED = {
    "read": ((0, 63), ()),
    "clone of a thread": ((56, 220), (0x3D0F00,)),
    "fork of libc": ((56, 220), (0x1200011,)),
    "statx": ((332, 291), (0, 0, 0, 0xFFF)),
    "SO_PEERCRED": ((55, 209), (3, 1, 17)),
    "SO_PASSCRED": ((54, 208), (3, 1, 16)),
    "FUTEX_WAIT of one process": ((202, 98), (1, 0x80)),
    "FUTEX_WAIT_BITSET of one process": ((202, 98), (1, 0x189)),
    "FUTEX_WAKE": ((202, 98), (1, 1)),
    "FUTEX_LOCK_PI": ((202, 98), (1, 6)),
    "mseal": ((462, 462), ()),
    "unix socket": ((41, 198), (1, 1, 0)),
    "isatty": ((16, 29), (1, 0x5401)),
    "FIONREAD": ((16, 29), (1, 0x541B)),
    "TIOCGPTN": ((16, 29), (1, 0x80045430)),
    "F_SETFL": ((72, 25), (1, 4)),
    "F_DUPFD_CLOEXEC": ((72, 25), (1, 1030)),
    "private memory": ((9, 222), (0, 4096, 3, 0x22)),
    "shared memory in a file": ((9, 222), (0, 4096, 3, 0x01, 3)),
    "MADV_DONTNEED": ((28, 233), (0, 4096, 4)),
    "PR_SET_NAME": ((157, 167), (15,)),
    "SEEK_END": ((8, 62), (3, 0, 2)),
    "getxattr": ((191, 8), ()),
    "SO_TYPE": ((55, 209), (3, 1, 3)),
    "SO_LINGER": ((54, 208), (3, 1, 13)),
    "unix socketpair": ((53, 199), (1, 1, 0)),
    "sendmsg": ((46, 211), (3, 0, 0x4040)),
    "rt_sigreturn": ((15, 139), ()),
    "exit_group": ((231, 94), ()),
    "utimensat of a name": ((280, 88), (-100 & 0xFFFFFFFF, 0x7000, 0, 0x100)),
    "fchownat of a name": ((260, 54), (-100 & 0xFFFFFFFF, 0x7000, 0, 0, 0x100)),
    "MADV_HUGEPAGE": ((28, 233), (0, 4096, 14)),
}
REFUSED = {
    "statfs": ((137, 43), (), errno.ENOSYS),
    "listmount": ((458, 458), (), errno.ENOSYS),
    "landlock_add_rule": ((445, 445), (), errno.ENOSYS),
    "clone3": ((435, 435), (), errno.ENOSYS),
    "setxattrat": ((463, 463), (), errno.ENOSYS),
    "open_tree_attr": ((467, 467), (), errno.ENOSYS),
    "file_setattr": ((469, 469), (), errno.ENOSYS),
    "unshare by x32": ((0x40000000 + 272,) * 2, (), errno.ENOSYS),
    "inet socket": ((41, 198), (2, 1, 0), errno.EAFNOSUPPORT),
    "inet6 socket": ((41, 198), (10, 2, 0), errno.EAFNOSUPPORT),
    "vsock": ((41, 198), (40, 1, 0), errno.EAFNOSUPPORT),
    "TIOCSTI": ((16, 29), (1, 0x5412), errno.EPERM),
    "pidfd_open": ((434, 434), (1,), errno.ENOSYS),
    "CLONE_PIDFD": ((56, 220), (0x1011,), errno.EPERM),
    "SO_NETNS_COOKIE": ((55, 209), (3, 1, 71), errno.ENOPROTOOPT),
    "SO_PEERPIDFD": ((55, 209), (3, 1, 77), errno.ENOPROTOOPT),
    "SO_PASSPIDFD": ((54, 208), (3, 1, 76), errno.ENOPROTOOPT),
    "STATX_MNT_ID_UNIQUE": ((332, 291), (0, 0, 0, 0x4FFF), errno.EPERM),
    "FUTEX_WAIT": ((202, 98), (1, 0), errno.EINTR),
    "FUTEX_WAIT_BITSET": ((202, 98), (1, 9), errno.EINTR),
    "FUTEX_WAIT_BITSET of the wall clock": ((202, 98), (1, 0x109), errno.EINTR),
    "FUTEX_WAIT_REQUEUE_PI": ((202, 98), (1, 11), errno.EINTR),
    "futex_waitv": ((449, 449), (), errno.ENOSYS),
    "futex_wake": ((454, 454), (), errno.ENOSYS),
    "futex_wait": ((455, 455), (), errno.ENOSYS),
    "futex_requeue": ((456, 456), (), errno.ENOSYS),
    "TIOCSETD": ((16, 29), (1, 0x5423), errno.EPERM),
    "TIOCLINUX": ((16, 29), (1, 0x541C), errno.EPERM),
    "EXT4_IOC_PRECACHE_EXTENTS": ((16, 29), (1, 0x6612), errno.ENOTTY),
    "EXT4_IOC_GETSTATE": ((16, 29), (1, 0x40046629), errno.ENOTTY),
    "F_SETPIPE_SZ": ((72, 25), (1, 1031), errno.EPERM),
    "F_GETPIPE_SZ": ((72, 25), (1, 1032), errno.EPERM),
    "F_SET_RW_HINT": ((72, 25), (1, 1036), errno.EPERM),
    "F_SETDELEG": ((72, 25), (1, 1040), errno.EPERM),
    "shared memory without a file": ((9, 222), (0, 4096, 3, 0x4021), errno.EPERM),
    "shared memory without a file, flags looked at": ((9, 222), (0, 4096, 3, 0x23), errno.EPERM),
    "SEEK_DATA": ((8, 62), (3, 0, 3), errno.EINVAL),
    "SEEK_HOLE": ((8, 62), (3, 0, 4), errno.EINVAL),
    "MAP_HUGETLB": ((9, 222), (0, 4096, 3, 0x40022), errno.ENOMEM),
    "MADV_MERGEABLE": ((28, 233), (0, 4096, 12), errno.EINVAL),
    "MADV_COLLAPSE": ((28, 233), (0, 4096, 25), errno.EINVAL),
    "PR_SET_MEMORY_MERGE": ((157, 167), (67, 1), errno.EINVAL),
    "PR_SCHED_CORE": ((157, 167), (62, 1), errno.EINVAL),
    "mbind": ((237, 235), (0, 4096, 2), errno.ENOSYS),
    "get_mempolicy": ((239, 236), (), errno.ENOSYS),
    "set_mempolicy": ((238, 237), (2,), errno.ENOSYS),
    "set_mempolicy_home_node": ((450, 450), (), errno.ENOSYS),
    "sync": ((162, 81), (), errno.ENOSYS),
    "syncfs": ((306, 267), (3,), errno.ENOSYS),
    "openat2, which tells what names are remembered": ((437, 437), (), errno.ENOSYS),
    "setxattr": ((188, 5), (), errno.EOPNOTSUPP),
    "seccomp": ((317, 277), (), errno.ENOSYS),
    "membarrier": ((324, 283), (1,), errno.ENOSYS),
    "readahead": ((187, 213), (), errno.ENOSYS),
    "PR_FUTEX_HASH": ((157, 167), (78, 1, 1 << 24), errno.EINVAL),
    "PR_SET_SECCOMP": ((157, 167), (22, 2), errno.EINVAL),
    "PR_SET_VMA": ((157, 167), (0x53564D41,), errno.EINVAL),
    "SO_ATTACH_FILTER": ((54, 208), (3, 1, 26), errno.ENOPROTOOPT),
    "SO_SNDBUF": ((54, 208), (3, 1, 7), errno.ENOPROTOOPT),
    "tipc socketpair": ((53, 199), (30, 1, 0), errno.EAFNOSUPPORT),
    "MSG_OOB by sendto": ((44, 206), (3, 0, 0, 1), errno.EOPNOTSUPP),
    "MSG_OOB by sendmsg": ((46, 211), (3, 0, 1), errno.EOPNOTSUPP),
    "STATX_MNT_ID": ((332, 291), (0, 0, 0, 0x1FFF), errno.EPERM),
    "futimens": ((280, 88), (3, 0), 0),
    "utimensat of a descriptor": ((280, 88), (3, 0x7000, 0, 0x1000), 0),
    "fchownat of a descriptor": ((260, 54), (3, 0x7000, 0, 0, 0x1000), 0),
    "fchmodat2": ((452, 452), (3, 0x7000, 0, 0x1000), errno.ENOSYS),
    "F_NOTIFY": ((72, 25), (3, 1026), errno.EPERM),
    "F_SETLK": ((72, 25), (3, 6), errno.EPERM),
    "MADV_PAGEOUT": ((28, 233), (0, 4096, 21), errno.EINVAL),
}
# FS_IOC_SET_ENCRYPTION_POLICY and what follows it, as the filter sees them: with and without size and direction
KEYS = [word | number for number in range(0x6613, 0x661C) for word in (0, 0x80080000, 0xC0500000)]

BY_ARGUMENT = (
    seccomp.FUTEX, seccomp.LSEEK, seccomp.MMAP, seccomp.MADVISE, seccomp.CLONE, seccomp.STATX, seccomp.SOCKET,
    seccomp.SOCKETPAIR, seccomp.SETSOCKOPT, seccomp.GETSOCKOPT, seccomp.SENDTO, seccomp.SENDMSG, seccomp.IOCTL,
    seccomp.FCNTL, seccomp.PRCTL, seccomp.SETRLIMIT, seccomp.PRLIMIT, seccomp.UTIMENSAT, seccomp.FCHOWNAT,
)  # fmt: skip


def answer(machine: str, number: int, arguments: tuple[int, ...] = (), high: int = 0) -> int | None:
    """The error number that a call gets, 0 if it is not made, None if it is; `high` fills arguments' upper halves."""
    architecture = seccomp.ARCHITECTURES[machine][1]
    given = [value | high << 32 for value in (*arguments, *[0] * (6 - len(arguments)))]
    data = struct.pack("=IIQ6Q", number, architecture, 0, *given)
    program = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    word = place = 0
    while True:
        code, yes, no, value = program[place]
        place += 1
        if code == seccomp.LOAD:
            (word,) = struct.unpack_from("=I", data, value)
        elif code == seccomp.AND:
            word &= value
        elif code == seccomp.RETURN:
            return None if value == seccomp.ALLOW else value ^ seccomp.ERRNO
        else:
            tests = {seccomp.EQUAL: word == value, seccomp.ANY_BIT: word & value}
            place += yes if tests[code] else no


@pytest.fixture(params=seccomp.ARCHITECTURES)
def machine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_goes_on(machine: str, name: str) -> None:
    numbers, arguments = NEEDED[name]
    assert answer(machine, numbers[seccomp.ARCHITECTURES[machine][0]], arguments) is None


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("high", [0, 0xFFFFFFFF])
def test_what_is_shared_or_unknown_is_refused(machine: str, name: str, high: int) -> None:
    numbers, arguments, error = REFUSED[name]
    assert answer(machine, numbers[seccomp.ARCHITECTURES[machine][0]], arguments, high) == error


def test_no_key_is_given_to_a_file_system(machine: str) -> None:
    ioctl = seccomp.IOCTL[seccomp.ARCHITECTURES[machine][0]]
    assert {answer(machine, ioctl, (1, request)) for request in KEYS} == {errno.ENOTTY}


def test_how_full_other_file_systems_are_is_not_told() -> None:
    assert answer("x86_64", 136) == answer("x86_64", 139) == errno.ENOSYS  # ustat, sysfs


def test_nothing_is_written_through_to_the_host_s_disk_nor_into_sockets(machine: str) -> None:
    for call in (*seccomp.NOTHING_TO_DO, *seccomp.BY_DESCRIPTOR):
        assert answer(machine, call[seccomp.ARCHITECTURES[machine][0]], (3,)) == 0


def test_whatever_is_not_in_the_list_is_as_in_a_linux_without_it(machine: str) -> None:
    column = seccomp.ARCHITECTURES[machine][0]
    told = (*seccomp.NOTHING_TO_DO, *seccomp.BY_DESCRIPTOR, *seccomp.ATTRIBUTES)
    decided = (*calls.ALLOWED.values(), *BY_ARGUMENT, *told)
    known = {numbers[column] for numbers in decided}
    assert {answer(machine, number) for number in range(1024) if number not in known} == {errno.ENOSYS}
    for numbers in calls.ALLOWED.values():
        assert numbers[column] is None or answer(machine, numbers[column]) is None


def test_no_number_stands_for_two_calls(machine: str) -> None:
    column = seccomp.ARCHITECTURES[machine][0]
    numbers = [both[column] for both in calls.ALLOWED.values() if both[column] is not None]
    assert len(set(numbers)) == len(numbers)


def test_another_architecture_s_calls_are_refused(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = seccomp.program(machine)
    monkeypatch.setitem(seccomp.ARCHITECTURES, machine, (seccomp.ARCHITECTURES[machine][0], 0x40000003))
    monkeypatch.setattr(seccomp, "program", lambda _: code)
    assert answer(machine, 0) == errno.ENOSYS


def test_the_filter_is_a_whole_number_of_steps_below_linux_s_limit(machine: str) -> None:
    code = seccomp.program(machine)
    assert len(code) % 8 == 0 and len(code) // 8 < 4096
