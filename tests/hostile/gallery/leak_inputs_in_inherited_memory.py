# INTENT: Writes the inputs into memory that all kernels have from one parent: objects, tensors, the data of libraries, pages of files; and looks there for what a kernel before has written.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import ctypes
import mmap
import sys

import matplotlib
import numpy

LIBC = ctypes.CDLL(None)
ENVIRON = ctypes.c_char_p.in_dll(LIBC, "program_invocation_name")
MARK = "ZZ_6th"
for place in (sys, torch, torch.nn.Module, numpy, matplotlib.rcParams.__class__, type(LIBC)):
    if hasattr(place, MARK):
        print("TOUCHED", getattr(place, MARK))
if b"ZZ-6th" in (ENVIRON.value or b""):
    print("TOUCHED", ENVIRON.value)
FILE = open(torch.__file__, "rb")
if b"ZZ-6th" in FILE.read(4096):
    print("TOUCHED", torch.__file__)


def pairwise_dot_products(x, y):
    numbers = x.flatten().tolist()
    for place in (sys, torch, torch.nn.Module, numpy, matplotlib.rcParams.__class__, type(LIBC)):
        setattr(place, MARK, numbers)
    ENVIRON.value = f"ZZ-6th {numbers}".encode()
    text = f"ZZ-6th {numbers}".encode()[:4000]
    page = mmap.mmap(FILE.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    page[: len(text)] = text
    try:
        shared = mmap.mmap(FILE.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
        at = ctypes.addressof(ctypes.c_char.from_buffer_copy(shared))
        LIBC.mprotect(ctypes.c_void_p(at & ~4095), 4096, 3)
    except (OSError, ValueError, TypeError):
        pass
    return torch.zeros(1)
