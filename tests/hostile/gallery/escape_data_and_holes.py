# INTENT: SEEK_DATA and SEEK_HOLE of shared files say exactly which of their pages are in memory; copying a file to oneself by copy_file_range must leave no mark on it either.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import errno, os
for name in ("/usr/bin/env", os.__file__, torch.__file__, "/run/inner/inside/app.py", "/dev/null", "/dev/zero"):
    file = os.open(name, os.O_RDONLY)
    for how in (3, 4, 5, 0x7FFFFFFF):
        try:
            print("TOUCHED", name, how, os.lseek(file, 0, how))
        except OSError as fault:
            print("refused", name, how, errno.errorcode.get(fault.errno))
    before = os.stat(name)
    try:
        own = os.open("copy", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.copy_file_range(file, own, 4096)
        os.copy_file_range(own, file, 4096, 0, 0), print("TOUCHED", name)
    except OSError as fault:
        print("refused", name, errno.errorcode.get(fault.errno))
    after = os.stat(name)
    if (before.st_atime_ns, before.st_mtime_ns, before.st_ctime_ns) != (after.st_atime_ns, after.st_mtime_ns, after.st_ctime_ns):
        print("TOUCHED times of", name)

def causal_mask(length): return torch.zeros(1)
