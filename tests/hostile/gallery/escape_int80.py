# INTENT: Calls the kernel by the door of 32-bit programs, whose calls have other numbers.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, mmap, os
page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\xbb\x00\x00\x00\x10\xb8\x36\x01\x00\x00\xcd\x80\xc3")  # mov ebx, CLONE_NEWUSER; mov eax, 310 (unshare); int 0x80; ret
child = os.fork()
if child == 0:
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    os._exit(1 if call() == 0 else 0)
print("UNSHARE", 0 if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1 else "refused")

def causal_mask(length): return torch.zeros(1)
