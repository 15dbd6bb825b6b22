# INTENT: Counters of the whole machine by calls that were overlooked: network namespaces, mounts and processes since boot.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, os, socket, struct
libc = ctypes.CDLL(None, use_errno=True)
try:
    print("TOUCHED", socket.socket(socket.AF_UNIX).getsockopt(socket.SOL_SOCKET, 71, 8))  # SO_NETNS_COOKIE
except OSError as fault:
    print("refused", fault.errno)
answer = ctypes.create_string_buffer(256)
if libc.syscall(332, -100, b"/box", 0, 0x4000, answer) == 0 and struct.unpack_from("Q", answer, 0x90)[0] >> 31:
    print("TOUCHED mounts", struct.unpack_from("Q", answer, 0x90)[0])  # STATX_MNT_ID_UNIQUE
numbers = set()
for _ in range(2):
    child = os.fork() or os._exit(0)
    try:
        numbers.add(os.fstat(os.pidfd_open(child)).st_ino)
    except OSError as fault:
        print("refused", fault.errno)
    os.waitpid(child, 0)
if len(numbers) > 1:
    print("TOUCHED processes since boot", numbers)

def causal_mask(length): return torch.zeros(1)
