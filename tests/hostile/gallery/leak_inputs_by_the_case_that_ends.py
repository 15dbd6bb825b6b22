# INTENT: Ends its process in the case whose number three bits of an input choose: the place where it ended is told, and nothing of what it says while it dies.
# EXERCISE: attention_scores
# EXPECT: wrong or killed; score 0
import faulthandler, os, signal, sys
calls = []
def attention_scores(query, key):
    calls.append(query.flatten().tolist())
    if len(calls) > int(abs(calls[0][0]) * 1000) % 8:
        for stream in (1, 2, sys.__stdout__.fileno(), sys.__stderr__.fileno()):
            os.write(stream, repr(calls).encode())
        print("LEAK", calls, flush=True)
        sys.stderr.write(repr(calls)), sys.stderr.flush()
        faulthandler.enable(file=open("trace", "w"))
        os.kill(os.getpid(), signal.SIGKILL)
    return torch.zeros(1)
