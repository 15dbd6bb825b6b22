"""Close one kernel off from the host and from its siblings. Called by zygote.py, in a fresh child, before any student
code.

Works for an ordinary user: the new user namespace gives the rights to set up the others, and they are dropped again.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import resource
import signal
from collections.abc import Callable
from typing import Any

from inside import seccomp

BOX = "/box"
HOME, WORK = f"{BOX}/home", f"{BOX}/work"  # apart, so that a notebook starts in an empty directory
LESSONS = "/run/lessons"  # where the coach lies
OUT_OF_REACH = (errno.EACCES, errno.EINVAL, errno.ENOENT, errno.ENOTDIR)  # what lies below another mount
OWN = (BOX, "/dev/shm", "/dev/pts")  # what a kernel may write to
NEW_NS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND, MS_REC = 1, 2, 4, 8, 32, 0x1000, 0x4000
MS_PRIVATE = 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
LAST_CAPABILITY = 63  # the kernel answers EINVAL beyond its own last one
CAPABILITY_VERSION = 0x20080522
# A child has no /proc of its own (mounting one in a nested namespace is refused to root, and it shows much): these
# three are what torch's and glibc's look at the processor needs. Without what moves: numbers that one kernel drives up
# and the next one reads would be a channel between them.
PROC_FILES = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
# Of a crash nothing is to be left on the host. With 0, no file is written, but a program of the host's is still given
# the memory, if it collects crashes: only 1 forbids both (and the filter, to set it back to 0).
NO_CORE = 1
SIGNALS = 256  # that wait, timers among them: of the grader's user there is one stock for all kernels
TERMINALS = 16  # `!command` in a notebook uses one
# The libraries of a torch built for CUDA take gigabytes of address space and hardly any memory. What a program
# allocates counts as data; what it shares between processes the keeper sees.
MAPPED_BYTES = 16 << 30

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def die_with_parent() -> None:
    """SIGKILL for this process when its parent ends; to be called after the last change of user."""
    _check(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")


def set_dumpable(yes: bool) -> None:
    """A process that is not dumpable cannot be traced, leaves no core, and its /proc belongs to root."""
    _check(libc.prctl(PR_SET_DUMPABLE, int(yes), 0, 0, 0), "PR_SET_DUMPABLE")


def new_namespaces() -> None:
    """Own user, mount, network, ipc and host-name namespaces for this process, and a pid namespace for its children."""
    user, group = os.geteuid(), os.getegid()
    set_dumpable(True)  # or /proc/self/uid_map is not ours to write
    flags = NEW_USER | NEW_NS | NEW_UTS | NEW_IPC | NEW_PID | NEW_NET
    _check(libc.unshare(flags), "unshare")
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(line)
    set_dumpable(False)


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    arguments = (source.encode(), os.fsencode(target), kind.encode(), flags, data.encode())
    _check(libc.mount(*arguments), f"mount {target}")


def _apart(look: Callable[[], Any]) -> Any:
    """What `look` finds, from a process of its own.

    What else it has read – counters of the whole machine, paths of the host – ends with that process. In this one's
    memory it would stay, freed or not, and a program could search it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            with os.fdopen(writing, "w") as file:
                json.dump(look(), file)
            failed = 0
        finally:
            os._exit(failed)
    os.close(writing)
    with os.fdopen(reading) as file:
        text = file.read()
    if os.waitpid(child, 0)[1] != 0:
        raise OSError(errno.EIO, "what the machine is like could not be read")
    return json.loads(text)


def _open_mounts() -> list[tuple[str, int]]:
    """What is mounted and can be written: where, and which of its flags must stay as they are."""
    flags = {b"nosuid": MS_NOSUID, b"nodev": MS_NODEV, b"noexec": MS_NOEXEC}
    with open("/proc/self/mountinfo", "rb") as lines:
        fields = [line.split(b" ")[4:6] for line in lines]  # of all that is white, Linux writes only some as numbers
    return [
        (os.fsdecode(_unescaped(point)), sum(flags.get(option, 0) for option in options.split(b",")))
        for point, options in fields
        if b"ro" not in options.split(b",")
    ]


def _unescaped(point: bytes) -> bytes:
    """Linux writes a space in a name as \\040."""
    return re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8)]), point)


def close_mounts(mounts: list[tuple[str, int]]) -> None:
    """Nothing of these can be written but what is this kernel's own.

    What the host has mounted below a directory of ours since bubblewrap made them read-only has come here as it is
    there. And the host's own device files, which anybody may write and so touch: their times, which every sandbox sees,
    would carry what one kernel knows to all others. Read-only, they can still be written to: that changes no file.
    """
    for mounted, flags in mounts:
        if mounted in OWN or (mounted + "/").startswith("/proc/"):
            continue
        flags |= MS_NOEXEC if mounted.startswith("/dev/") else MS_NODEV
        try:
            _mount("none", mounted, "none", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | flags)
        except OSError as fault:
            if fault.errno not in OUT_OF_REACH:
                raise


def still(path: str, content: bytes) -> bytes:
    """What of a file in /proc never changes while the machine runs: processors with no history, memory all free."""
    lines = content.splitlines(keepends=True)
    if path == "/proc/stat":
        return b"".join(line.split()[0] + b" 0 0 0 0 0 0 0 0 0 0\n" for line in lines if line.startswith(b"cpu"))
    if path == "/proc/meminfo":
        size = b"".join(line.partition(b":")[2] for line in lines if line.startswith(b"MemTotal:")) or b" 0 kB\n"
        return b"".join(name + b":" + size for name in (b"MemTotal", b"MemFree", b"MemAvailable"))
    return b"".join(line for line in lines if not line.startswith((b"cpu MHz", b"bogomips", b"BogoMIPS")))


def _still_files() -> dict[str, str]:
    kept = {}
    for path in PROC_FILES:
        with open(path, "rb") as file:
            kept[path] = still(path, file.read()).decode("ascii", "replace")
    return kept


def private_files(limits: dict[str, Any], coach: bool) -> None:
    """An empty working directory and /dev/shm of limited size, a /proc that shows nothing; the rest stays read-only.

    Without `coach`, its folder is covered by an empty one: a kernel under judgement must not find the stand-ins.
    """
    _mount("none", "/", "none", MS_REC | MS_PRIVATE)  # from here on, nothing else is mounted here
    kept, mounts = _apart(lambda: (_still_files(), _open_mounts()))
    safe = MS_NOSUID | MS_NODEV | MS_NOEXEC
    size = f"size={limits['file_bytes']},nr_inodes={limits['inodes']}"
    _mount("tmpfs", BOX, "tmpfs", safe, f"{size},mode=0700")
    _mount("tmpfs", "/dev/shm", "tmpfs", safe, f"{size},mode=0700")
    # The machine has one stock of terminals, and a kernel could take them all: it gets a few, which nobody else sees.
    terminals = f"newinstance,ptmxmode=0666,mode=620,max={TERMINALS}"
    _mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, terminals)
    close_mounts(mounts)
    _mount("tmpfs", "/proc", "tmpfs", safe, "size=1m,nr_inodes=16,mode=0755")
    for path, content in kept.items():
        with open(path, "w", encoding="ascii") as file:
            file.write(content)
    _mount("tmpfs", "/proc", "tmpfs", safe | MS_REMOUNT | MS_RDONLY)
    if not coach and os.path.isdir(LESSONS):
        _mount("tmpfs", LESSONS, "tmpfs", safe | MS_RDONLY, "size=4k,nr_inodes=1,mode=0555")
    os.mkdir(HOME)
    os.mkdir(WORK)
    os.chdir(WORK)


def limit_resources(limits: dict[str, Any]) -> None:
    for kind, value in (
        (resource.RLIMIT_DATA, limits["memory_bytes"]),
        (resource.RLIMIT_AS, limits["memory_bytes"] + MAPPED_BYTES),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CPU, limits["cpu_s"]),
        (resource.RLIMIT_CORE, NO_CORE),
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_RTPRIO, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, SIGNALS),
    ):
        resource.setrlimit(kind, (value, value))


def bound_rights() -> None:
    """No capability can come back through a program; needs CAP_SETPCAP, and without any there is nothing to bound."""
    for capability in range(LAST_CAPABILITY + 1):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break


def drop_rights() -> None:
    """No capability is left in any set of this process."""
    bound_rights()
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def close_descriptors(keep: list[int]) -> None:
    """Standard streams to /dev/null, everything else closed but `keep`."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    low = 3
    for descriptor in sorted(keep):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def seal(limits: dict[str, Any], keep: list[int], coach: bool, cpu: int) -> None:
    """All of the above for the first process of the new pid namespace. Raises OSError; the caller must then exit."""
    os.setsid()
    private_files(limits, coach)
    close_descriptors(keep)
    limit_resources(limits)
    os.sched_setaffinity(0, {cpu})
    drop_rights()
    set_dumpable(False)
    die_with_parent()
    seccomp.install(libc)
