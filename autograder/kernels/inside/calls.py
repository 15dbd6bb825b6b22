"""The system calls that a sealed kernel may make, whatever their arguments; seccomp.py has those of which it matters.

What Python, torch, Jupyter and the programs of a plain system use. All else is as in a Linux that has no such call.
So nobody need know what each of the others does, nor what Linux will learn. Left out on purpose, though programs know
them, because they have let programs out of sandboxes before, or let two sandboxes that share nothing but read-only
files talk to each other:

- other processes' memory, handles on processes, namespaces, mounts, keys, BPF, io_uring, the machine's settings;
- memory that lives unmapped, or that no limit counts: memfd_create, shmget, msgget, splice, landlock_…, seccomp;
- exact answers about what others do, have done or have open: which pages of a file are in memory (mincore, cachestat,
  preadv2) and evicting them (fadvise64), which names are remembered (openat2), who opens what (inotify_…), locks
  (flock), how full memory and disks are (sysinfo, statfs, ustat), where a page lies (get_mempolicy, move_pages);
- what makes others wait: flushing disks (sync, syncfs), interrupting all processors (membarrier), a processor of
  one's choice (sched_setaffinity).
"""

from __future__ import annotations

# name: (x86_64, aarch64); None where the architecture has no such call
ALLOWED: dict[str, tuple[int, int | None]] = {
    # files and folders, where they are in sight
    "read": (0, 63), "write": (1, 64), "open": (2, None), "close": (3, 57), "stat": (4, None), "fstat": (5, 80),
    "lstat": (6, None), "newfstatat": (262, 79), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "pread64": (17, 67),
    "pwrite64": (18, 68), "readv": (19, 65), "writev": (20, 66), "preadv": (295, 69), "pwritev": (296, 70),
    "copy_file_range": (326, 285), "openat": (257, 56), "creat": (85, None),
    "truncate": (76, 45), "ftruncate": (77, 46), "fallocate": (285, 47), "getdents": (78, None),
    "getdents64": (217, 61), "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50), "rename": (82, None),
    "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "link": (86, None), "linkat": (265, 37), "unlink": (87, None), "unlinkat": (263, 35), "symlink": (88, None),
    "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33), "chmod": (90, None), "fchmodat": (268, 53),
    "chown": (92, None), "lchown": (94, None), "umask": (95, 166), "utime": (132, None), "utimes": (235, None),
    "getxattr": (191, 8), "lgetxattr": (192, 9), "fgetxattr": (193, 10), "listxattr": (194, 11),
    "llistxattr": (195, 12), "flistxattr": (196, 13), "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24),
    "pipe": (22, None), "pipe2": (293, 59), "close_range": (436, 436),
    # waiting for them
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72), "epoll_create": (213, None),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None), "epoll_pwait": (281, 22),
    "epoll_pwait2": (441, 441), "eventfd": (284, None), "eventfd2": (290, 19),
    # memory
    "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "brk": (12, 214), "mseal": (462, 462),
    # processes and threads of its own
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "exit": (60, 93), "exit_group": (231, 94),
    "wait4": (61, 260), "waitid": (247, 95), "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178),
    "getpgid": (121, 155), "setpgid": (109, 154), "getpgrp": (111, None), "getsid": (124, 156),
    "setsid": (112, 157), "set_tid_address": (218, 96), "set_robust_list": (273, 99), "get_robust_list": (274, 100),
    "rseq": (334, 293), "arch_prctl": (158, None), "restart_syscall": (219, 128), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "sched_getscheduler": (145, 120), "sched_setscheduler": (144, 119),
    "sched_getparam": (143, 121),
    "sched_get_priority_max": (146, 125), "sched_get_priority_min": (147, 126), "getcpu": (309, 168),
    "getpriority": (140, 141), "setpriority": (141, 140), "getrlimit": (97, 163), "getrusage": (98, 165),
    "times": (100, 153), "uname": (63, 160),
    # who it is
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getgroups": (115, 158), "getresuid": (118, 148), "getresgid": (120, 150), "capget": (125, 90),
    # signals
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132), "kill": (62, 129),
    "tkill": (200, 130), "tgkill": (234, 131), "pause": (34, None),
    # clocks, chance
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "alarm": (37, None), "getitimer": (36, 102),
    "setitimer": (38, 103), "gettimeofday": (96, 169), "time": (201, None), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "getrandom": (318, 278),
    # sockets, of the one family that may be opened
    "bind": (49, 200), "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "connect": (42, 203),
    "getsockname": (51, 204), "getpeername": (52, 205), "recvfrom": (45, 207), "recvmsg": (47, 212),
    "shutdown": (48, 210),
}  # fmt: skip
