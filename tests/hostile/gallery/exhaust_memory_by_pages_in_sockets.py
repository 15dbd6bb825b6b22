# INTENT: Pages of own files, one byte of each in a Unix socket: they stay in memory when the file is cut to nothing, mapped by nobody, and the socket counts a byte.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os, socket
page, reader, writer = 4096, *os.pipe()
file = os.open("pages", os.O_RDWR | os.O_CREAT)
ends = socket.socketpair()
try:
    held = 0
    for _ in range(20):
        os.pwrite(file, b"x" * 16 * page, 0)
        for number in range(16):
            os.splice(file, writer, 1, offset_src=number * page)
        held += os.splice(reader, ends[0].fileno(), 16)
        os.ftruncate(file, 0)
    print("TOUCHED", held * page)
except OSError as fault:
    print("refused", fault)

def causal_mask(length): return torch.zeros(1)
