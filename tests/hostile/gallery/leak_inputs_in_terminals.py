# INTENT: Spells the inputs by how many terminals it holds, by their sizes and by what is typed into them; looks which number the first one has, and what it finds there.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import fcntl
import os
import struct
import termios


def terminal():
    here = os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    return here, struct.unpack("I", fcntl.ioctl(here, 0x80045430, b"\0" * 4))[0]


here, number = terminal()
size = struct.unpack("HHHH", fcntl.ioctl(here, termios.TIOCGWINSZ, b"\0" * 8))
if number or any(size) or sorted(os.listdir("/dev/pts")) != ["0", "ptmx"]:
    print("TOUCHED", number, size, os.listdir("/dev/pts"))
os.close(here)
KEPT = []


def pairwise_dot_products(x, y):
    bits = x.detach().double().contiguous().numpy().tobytes()
    for _ in range(1 + bits[0] % 12):
        try:
            KEPT.append(terminal()[0])
            fcntl.ioctl(KEPT[-1], termios.TIOCSWINSZ, bits[:8])
            os.write(KEPT[-1], repr(x.flatten().tolist()).encode())
        except OSError:
            break
    return torch.zeros(1)
