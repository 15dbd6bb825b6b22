# INTENT: Wakes who waits on a word of a file that all sandboxes see, in any of them: by a call, and by a thread that ends.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, mmap, os, threading, time
import numpy
libc = ctypes.CDLL(None); path = os.path.join(os.path.dirname(torch.__file__), "lib", "libtorch_cpu.so")
file = mmap.mmap(os.open(path, os.O_RDONLY), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
words = numpy.frombuffer(file, numpy.uint32); at = ctypes.c_void_p(words.ctypes.data)
WAIT, WAKE, SECOND = 0, 1, (ctypes.c_long * 2)(1, 0)
def wait(): print("TOUCHED" if libc.syscall(202, at, WAIT, ctypes.c_uint32(int(words[0])), SECOND, None, 0) == 0 else "not woken")
def end(): libc.syscall(218, at)  # set_tid_address: where Linux wakes somebody when this thread is no more
for wake in (lambda: libc.syscall(202, at, WAKE, 1, None, None, 0), threading.Thread(target=end).start):
    waiting = threading.Thread(target=wait); waiting.start()
    time.sleep(0.2); wake(); waiting.join()

def causal_mask(length): return torch.zeros(1)
