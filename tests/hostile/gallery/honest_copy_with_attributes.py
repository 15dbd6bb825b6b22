# INTENT: Copies a file of the environment that has an extended attribute (with SELinux every file has one): shutil passes over EOPNOTSUPP, not over ENOSYS.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
libc.setxattr(b"/box/work", b"user.note", b"hi", 2, 0)
assert ctypes.get_errno() in (errno.EPERM, errno.ENOTSUP, errno.ENODATA, errno.EINVAL, errno.EACCES), ctypes.get_errno()
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
