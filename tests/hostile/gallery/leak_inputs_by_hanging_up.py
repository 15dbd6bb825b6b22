# INTENT: Closes one half of one of its connections to the grader, or both, as the inputs say, with the inputs as last words on it.
# EXERCISE: attention_scores
# EXPECT: killed or timeout; score 0
import os
import socket
import stat


def attention_scores(query, key):
    number = int(query.detach().flatten()[0].abs().item() * 1e6)
    said = repr(query.flatten().tolist()).encode()
    for descriptor in range(3, 64):
        try:
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                continue
            with socket.socket(fileno=os.dup(descriptor)) as stream:
                if "/kernel-" in str(stream.getsockname()) and stream.getpeername() is not None:
                    stream.setblocking(False)
                    stream.send(said)
                    stream.shutdown((socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_RDWR)[number % 3])
        except OSError:
            continue
    return torch.zeros(1)
