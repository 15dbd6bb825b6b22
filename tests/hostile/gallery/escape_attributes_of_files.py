# INTENT: Writes what a file has beside its content: extended attributes, flags, times.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import fcntl, os, struct
def attempt(function, *arguments):
    try:
        function(*arguments), print("TOUCHED", function)
    except OSError as fault:
        print("refused", fault.errno)
for name in ("/run/inner/inside/app.py", os.__file__, torch.__file__):
    descriptor = os.open(name, os.O_RDONLY)
    attempt(os.setxattr, name, "user.note", b"1")
    attempt(os.setxattr, descriptor, "user.note", b"1")
    attempt(os.utime, name)
    attempt(fcntl.ioctl, descriptor, 0x40086602, struct.pack("Q", 0x80))  # FS_IOC_SETFLAGS: no access times
    attempt(fcntl.ioctl, descriptor, 0x401C5820, bytes(28))  # FS_IOC_FSSETXATTR
    attempt(fcntl.ioctl, descriptor, 0x40087602, struct.pack("Q", 7))  # FS_IOC_SETVERSION
    try:
        os.fchmod(descriptor, 0o777)  # may be told that it was done
    except OSError as fault:
        print("refused", fault.errno)
    print("TOUCHED" if os.fstat(descriptor).st_mode & 0o777 == 0o777 else "unchanged")
    attempt(os.posix_fallocate, descriptor, 0, 1)

def causal_mask(length): return torch.zeros(1)
