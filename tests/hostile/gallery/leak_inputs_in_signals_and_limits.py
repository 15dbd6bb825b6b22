# INTENT: Sets to what the inputs say all that a process hands to those after it: limits, masks of signals and what is to be done at each, signals that wait, timers, names of threads, the umask; for itself and for every number of a process. The page's kernel looks whether all are as new.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed; score 0
import ctypes
import os
import resource
import signal

libc = ctypes.CDLL(None, use_errno=True)
KINDS = (0, 2, 3, 5, 6, 7, 8, 11)


def state():
    umask = os.umask(0o22)
    os.umask(umask)
    name = ctypes.create_string_buffer(32)
    libc.prctl(16, name, 0, 0, 0)
    waiting = sorted(int(number) for number in signal.sigpending())
    masked = sorted(int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
    return waiting, masked, signal.getitimer(signal.ITIMER_REAL)[0], oct(umask), name.value[:2] == b"~~", os.getpriority(0, 0)


def pairwise_dot_products(x, y):
    said = x.contiguous().view(torch.int32).flatten().tolist()
    name = b"~~" + str(said[0]).encode()
    libc.prctl(15, name, 0, 0, 0)
    os.umask(said[0] & 0o777)
    for process in (0, 1, os.getppid(), -1):
        for kind in KINDS:
            try:
                resource.prlimit(process, kind, (said[0] & 0xFFFF | 1 << 31, 1 << 32))
            except (OSError, ValueError, OverflowError):
                pass
    signal.pthread_sigmask(signal.SIG_BLOCK, {number for number in range(34, 60) if said[0] >> number % 30 & 1})
    for number in range(34, 60):
        for process in (os.getpid(), 0, -1):
            if said[0] >> number % 30 & 1:
                try:
                    os.kill(process, number)
                except OSError:
                    pass
    return torch.zeros(1)


now = state()
print(now)
print("TOUCHED" if now[:3] != ([], [], 0.0) or now[3] != "0o22" or now[4] else "as new")
