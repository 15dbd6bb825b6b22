# INTENT: What matters of an argument stands in its low word, which the filter reads: what is put into the high word must not get anything past it.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
HIGH = (0, 1 << 32, 0xFFFFFFFF << 32)
file = os.open(os.__file__, os.O_RDONLY)
page = ctypes.c_void_p(libc.sbrk(0))
CALLS = {  # name: (number, arguments, which one gets a high word, what it must not answer)
    "lseek SEEK_DATA": (8, [file, 0, 3], 2), "lseek SEEK_HOLE": (8, [file, 0, 4], 2),
    "fcntl F_SETPIPE_SZ": (72, [file, 1031, 4096], 1), "fcntl F_GETLK": (72, [file, 5, 0], 1), "fcntl F_SETLEASE": (72, [file, 1024, 0], 1),
    "ioctl TIOCSTI": (16, [file, 0x5412, 0], 1), "ioctl FS_IOC_GETFLAGS": (16, [file, 0x80086601, 0], 1),
    "prctl PR_SET_MDWE": (157, [65, 0, 0, 0, 0], 0), "prctl PR_SET_SECCOMP": (157, [22, 1, 0, 0, 0], 0),
    "socket inet": (41, [2, 1, 0], 0), "socket vsock": (41, [40, 1, 0], 0), "socketpair tipc": (53, [30, 1, 0, 0], 0),
    "madvise POPULATE": (28, [0, 4096, 22], 2), "madvise COLLAPSE": (28, [0, 4096, 25], 2),
    "setrlimit CORE": (160, [4, 0], 0), "statx MNT_ID": (332, [-100, 0, 0, 0x1000, 0], 3), "statx MNT_ID_UNIQUE": (332, [-100, 0, 0, 0x4000, 0], 3),
    "futex WAIT": (202, [0, 0, 0, 0, 0, 0], 1), "futex WAIT_BITSET realtime": (202, [0, 0x109, 0, 0, 0, 1], 1),
    "clone NEWUSER": (56, [0x10000011, 0, 0, 0, 0], 0), "clone PIDFD": (56, [0x1011, 0, 0, 0, 0], 0),
}
REFUSED = (errno.EPERM, errno.EINVAL, errno.ENOTTY, errno.EAFNOSUPPORT, errno.EINTR, errno.ENOSYS)
if os.uname().machine == "x86_64":
    for name, (number, arguments, place) in CALLS.items():
        for high in HIGH:
            given = [ctypes.c_long(value) for value in arguments]
            given[place] = ctypes.c_ulong(arguments[place] | high)
            answer = libc.syscall(ctypes.c_long(number), *given)
            if answer == 0 and number == 56:
                os._exit(0)
            fault = ctypes.get_errno()
            print("refused" if answer == -1 and fault in REFUSED else "TOUCHED", name, hex(high), answer, errno.errorcode.get(fault))

def causal_mask(length): return torch.zeros(1)
