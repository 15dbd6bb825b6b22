# INTENT: Waits where it may, on a word of its own, and is moved from there to a word of a file that all kernels see: by requeueing, by a lock that inherits priorities, by the list of locks of a dying thread.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
import mmap
import os
import platform
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
FUTEX, ROBUST = (202, 273) if platform.machine() == "x86_64" else (98, 99)
WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, LOCK_PI, TRYLOCK_PI, LOCK_PI2, PRIVATE = 0, 1, 3, 4, 5, 6, 8, 13, 128
FILE = mmap.mmap(os.open(torch.__file__, os.O_RDONLY), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
SHARED = torch.frombuffer(FILE, dtype=torch.uint8).data_ptr()
WORD = (ctypes.c_uint32 * 64)()
OWN = ctypes.addressof(WORD)
SOON = (ctypes.c_long * 2)(0, 80_000_000)


def futex(at, what, value=0, more=None, to=None, third=0):
    return LIBC.syscall(FUTEX, ctypes.c_void_p(at), what, value, more, ctypes.c_void_p(to), third)


def wait():
    futex(OWN, WAIT | PRIVATE, 0, SOON)


def die():
    """Says that it holds a lock at a word of the file."""
    head = (ctypes.c_long * 3)(0, SHARED - ctypes.addressof(WORD) - 128, 0)
    head[0] = ctypes.addressof(WORD) + 128
    WORD[32:34] = [ctypes.addressof(head) & 0xFFFFFFFF, ctypes.addressof(head) >> 32]
    LIBC.syscall(ROBUST, head, ctypes.sizeof(head))


for number, move in enumerate(
    (
        lambda: futex(OWN, REQUEUE, 0, ctypes.c_void_p(1), SHARED),
        lambda: futex(OWN, CMP_REQUEUE, 0, ctypes.c_void_p(1), SHARED, 0),
        lambda: futex(OWN, CMP_REQUEUE | PRIVATE, 0, ctypes.c_void_p(1), SHARED, 0),
        lambda: futex(SHARED, LOCK_PI, 0, SOON),
        lambda: futex(SHARED, TRYLOCK_PI),
        lambda: futex(SHARED, LOCK_PI2, 0, SOON),
        lambda: futex(SHARED, WAKE_OP, 1, ctypes.c_void_p(1), SHARED, 0),
        lambda: threading.Thread(target=die).start(),
    )
):
    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.02)
    move()
    woken = futex(SHARED, WAKE, 9)  # without the private flag: whoever waits at the file, in whichever kernel
    print("TOUCHED" if woken > 0 else "nobody", number, woken)
    waiting.join()


def causal_mask(length):
    return torch.zeros(1)
