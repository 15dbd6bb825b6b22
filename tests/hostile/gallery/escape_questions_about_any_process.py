# INTENT: Asks Linux about every process number by each call that takes one: limits, scheduling, groups, rights, locks, processor clocks. All but its own must be unknown.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
import os
import resource
import time

libc = ctypes.CDLL(None, use_errno=True)
LISTS = {"x86_64": 274, "aarch64": 100}  # get_robust_list
RIGHTS = {"x86_64": 125, "aarch64": 90}  # capget
machine = os.uname().machine
here = os.getpid()


def robust(pid):
    head, size = ctypes.c_void_p(), ctypes.c_size_t()
    if libc.syscall(LISTS[machine], pid, ctypes.byref(head), ctypes.byref(size)):
        raise OSError


def rights(pid):
    head, data = (ctypes.c_uint32 * 2)(0x20080522, pid), (ctypes.c_uint32 * 6)()
    if libc.syscall(RIGHTS[machine], head, data):
        raise OSError


ASKED = (
    os.getpgid, os.getsid, os.sched_getscheduler, os.sched_getparam, os.sched_getaffinity, robust, rights,
    lambda pid: resource.prlimit(pid, resource.RLIMIT_NOFILE),
    lambda pid: os.getpriority(os.PRIO_PROCESS, pid),
    lambda pid: os.getpriority(os.PRIO_PGRP, pid),
    lambda pid: os.kill(pid, 0),
    lambda pid: time.clock_gettime((~pid << 3) | 2),  # the processor time of a process
    lambda pid: time.clock_gettime((~pid << 3) | 6),  # of a thread
)  # fmt: skip
own = {int(name) for name in os.listdir("/proc/self/task")} if os.path.isdir("/proc/self/task") else set()
known = set()
for pid in (*range(1, 3000), 2**15, 2**16, 2**22 - 1):
    for ask in ASKED:
        try:
            ask(pid)
            known.add(pid)
        except (OSError, OverflowError, ValueError):
            pass
# a kernel is the first process of its world, and has some ten threads
print("its own" if max(known) < here + 100 else f"TOUCHED {sorted(known)[-20:]}")


def causal_mask(length):
    return torch.zeros(length)
