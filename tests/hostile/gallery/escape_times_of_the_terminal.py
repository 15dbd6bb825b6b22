# INTENT: Writes to a terminal of its own that it has opened as /dev/tty: Linux stamps the host's device file, whose times every sandbox sees, without asking how it is mounted.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import fcntl
import os

TAKE = 0x540E  # TIOCSCTTY
before = os.stat("/dev/tty") if os.path.exists("/dev/tty") else None
child = os.fork() if before else 0
if not child and before:
    try:
        os.setsid()
        own, other = os.openpty()
        fcntl.ioctl(other, TAKE, 0)
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.write(terminal, b"x")
        os.write(own, b"y\n")
        os.read(terminal, 2)
    finally:
        os._exit(0)
if before:
    os.waitpid(child, 0)
    after = os.stat("/dev/tty")
    print("the same" if (before.st_mtime_ns, before.st_atime_ns) == (after.st_mtime_ns, after.st_atime_ns) else "TOUCHED")


def causal_mask(length):
    return torch.zeros(length)
