# INTENT: Follows, reads, lists, maps and runs what all kernels see, chosen by the inputs, and looks whether any of it says when that was: of links and folders too, which other calls read than of files.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import mmap
import os
import stat
import subprocess


def shared():
    found = []
    for folder in ("/usr/lib", "/usr/bin", "/usr/share", "/etc", "/", "/dev", "/run", os.path.dirname(torch.__file__)):
        try:
            with os.scandir(folder) as entries:
                found += sorted(entry.path for entry in entries)[:40]
        except OSError:
            pass
    return found


def read(path):
    try:
        kind = os.lstat(path).st_mode
        if stat.S_ISLNK(kind):
            os.readlink(path)
            os.stat(path)
        elif stat.S_ISDIR(kind):
            os.listdir(path)
        elif stat.S_ISREG(kind):
            with open(path, "rb") as file:
                file.read(1)
                mmap.mmap(file.fileno(), 1, prot=mmap.PROT_READ)[0]
    except (OSError, ValueError):
        pass


def times(paths):
    result = {}
    for path in paths:
        try:
            found = os.lstat(path)
            result[path] = (found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns)
        except OSError:
            pass
    return result


def attention_scores(query, key):
    bits = [number & 1 for number in query.contiguous().view(torch.int32).flatten().tolist()]
    for bit, path in zip(bits * 9, shared()):
        if bit:
            read(path)
    return torch.zeros(1)


paths = shared()
before = times(paths)
for path in paths:
    read(path)
try:
    subprocess.run(["/usr/bin/env", "true"], capture_output=True)
except OSError:
    pass
after = times(paths)
changed = sum(before[path] != after.get(path) for path in before)
print("TOUCHED" if changed > 3 else "no time has changed")  # some program of the host's may have read one or two
