# INTENT: Asks the grader's pid handle for its namespaces, to enter or to look into them.
# EXERCISE: causal_mask
# EXPECT: wrong or timeout; score 0
import errno, fcntl, os, signal, socket, struct
def peers():
    for descriptor in range(3, 200):
        try:
            stream = socket.socket(fileno=os.dup(descriptor))
            if "/kernel-" in str(stream.getsockname()):
                stream.getpeername()
                yield stream
        except OSError:
            continue

for stream in peers():
    for number in range(1, 11):
        try:
            handle = struct.unpack("i", stream.getsockopt(socket.SOL_SOCKET, 77, 4))[0]
            space = fcntl.ioctl(handle, 0xFF00 | number, 0)
            print("UNSHARE 0", space)
        except OSError as fault:
            print("refused", number, errno.errorcode.get(fault.errno))

def causal_mask(length): return torch.zeros(1)
