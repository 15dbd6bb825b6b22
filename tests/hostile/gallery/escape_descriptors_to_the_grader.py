# INTENT: Sends the grader open descriptors beside the bytes of a message, until it has none left.
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
    null = os.open("/dev/null", os.O_RDONLY)
    for stream in peers():
        stream.setblocking(False)
        for _ in range(40):
            try:
                socket.send_fds(stream, [b""] if False else [b"\x00\x00"], [null] * 200)
            except OSError:
                break
    return torch.zeros(1)
