# INTENT: Writes the inputs into the devices that all share (null, zero, full, random), by every way of writing, and looks whether anything of them is to be read, or of their times to be seen.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import os

NAMES = [name for name in ("null", "zero", "full", "random", "urandom") if os.path.exists("/dev/" + name)]
MARK = b"ZZ-rev4"


def looks():
    return {name: (os.stat("/dev/" + name).st_mtime_ns, os.stat("/dev/" + name).st_atime_ns, os.stat("/dev/" + name).st_size) for name in NAMES}


def put(content):
    for name in NAMES:
        try:
            device = os.open("/dev/" + name, os.O_RDWR | os.O_NONBLOCK)
        except OSError:
            continue
        for write in (os.write, lambda d, c: os.pwrite(d, c, 0), lambda d, c: os.writev(d, [c]), lambda d, c: os.ftruncate(d, 7)):
            try:
                write(device, content)
            except OSError:
                pass
        os.read(device, 16)
        os.close(device)


before = looks()
put(MARK)
found = [name for name in NAMES if MARK in open("/dev/" + name, "rb").read(4096)]
print(f"TOUCHED {found}" if found or looks() != before else "nothing")


def attention_scores(query, key):
    put(MARK + repr(query.flatten().tolist()).encode())
    return torch.zeros(1)
