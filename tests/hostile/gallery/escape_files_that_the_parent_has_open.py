# INTENT: Uses the numbers of descriptors that the parent's objects still hold (fonts, a folder, sockets) in the hope that what they stand for is open here, too.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import gc
import io
import os
import stat


def pairwise_dot_products(x, y):
    for thing in gc.get_objects():
        if issubclass(type(thing), (io.FileIO, io.BufferedIOBase, io.TextIOWrapper)):
            try:
                os.pwrite(thing.fileno(), x.numpy().tobytes(), 0)
            except (OSError, ValueError, AttributeError):
                pass
    return torch.zeros(1)


for descriptor in range(256):
    try:
        about = os.fstat(descriptor)
    except OSError:
        continue
    kind = stat.S_IFMT(about.st_mode)
    if kind in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFBLK, stat.S_IFLNK):
        print("TOUCHED", descriptor, oct(kind))
