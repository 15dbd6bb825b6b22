# INTENT: Reads shared files in a pattern: how long a read takes tells the page's kernel which ones have been read.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import glob, os, time
files = sorted(f for f in glob.glob(torch.__path__[0] + "/include/**/*.h", recursive=True) if os.path.getsize(f) > 300)[:1024:4]
sent = []
def read(name):
    descriptor = os.open(name, os.O_RDONLY)
    start = time.perf_counter_ns()
    os.pread(descriptor, 1, 0)
    taken = time.perf_counter_ns() - start
    os.close(descriptor)
    return taken
def attention_scores(query, key):
    if not sent:
        sent.append("".join(f"{b:08b}" for b in query.flatten().numpy().tobytes()[:32]))
        for name, bit in zip(files, sent[0]):
            if bit == "1": read(name)
    return torch.zeros(1)
if os.path.isdir("/run/lessons/coach"):
    bits = "".join("1" if read(name) < 20_000 else "0" for name in files)
    print(torch.tensor([int(bits[i:i + 8], 2) for i in range(0, 256, 8)], dtype=torch.uint8).view(torch.float32).tolist())
