# INTENT: Ends its process in one of many ways that the inputs choose: by a status, by a signal, by a fault of memory, by an alarm. All are told as one.
# EXERCISE: pairwise_dot_products
# EXPECT: killed; score 0
import ctypes
import os
import signal


def pairwise_dot_products(x, y):
    number = int.from_bytes(x.detach().flatten()[:1].numpy().tobytes(), "little")
    ways = (
        lambda: os._exit(number % 256),
        lambda: os.abort(),
        lambda: ctypes.string_at(number % 4096),
        lambda: signal.setitimer(signal.ITIMER_REAL, 0.01),
        lambda: os.execv("/bin/false", [x.flatten().tolist().__repr__()]),
    )
    signal.signal(signal.SIGALRM, lambda *_: os._exit(number % 251))
    ways[number // 256 % len(ways)]()
    signal.pause()
