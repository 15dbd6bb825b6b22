# INTENT: Sends the grader urgent bytes, which a poll announces and a read does not return.
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout or error; score 0
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

def causal_mask(length):
    for stream in peers():
        stream.setblocking(False)
        for _ in range(1000):
            try:
                stream.send(b"!", socket.MSG_OOB)
            except OSError:
                break
    return torch.zeros(1)
