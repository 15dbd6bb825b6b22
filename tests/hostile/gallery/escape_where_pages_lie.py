# INTENT: On which part of the memory a page of a shared file lies, asked and told; and one page for all that hold the same.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, mmap, os
import numpy
libc = ctypes.CDLL(None, use_errno=True); path = os.path.join(os.path.dirname(torch.__file__), "lib", "libtorch_cpu.so")
file = mmap.mmap(os.open(path, os.O_RDONLY), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
at = ctypes.c_void_p(numpy.frombuffer(file, numpy.uint8).ctypes.data); node, mask = ctypes.c_int(-1), ctypes.c_ulong(1)
own = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
own_at = ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(own)))
calls = {"get_mempolicy": (239, ctypes.byref(node), None, 0, at, 3), "set_mempolicy": (238, 2, ctypes.byref(mask), 64),
         "mbind": (237, at, 4096, 2, ctypes.byref(mask), 64, 2), "MADV_MERGEABLE": (28, own_at, 4096, 12),
         "PR_SET_MEMORY_MERGE": (157, 67, 1, 0, 0, 0), "syncfs": (306, os.open("/usr", os.O_RDONLY))}
for name, arguments in calls.items():
    print(name, "TOUCHED" if libc.syscall(*arguments) == 0 else f"refused {ctypes.get_errno()}")

def causal_mask(length): return torch.zeros(1)
