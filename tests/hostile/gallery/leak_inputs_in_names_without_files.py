# INTENT: Listens under names without a file (abstract sockets) that spell the inputs, in a process that stays; and asks which of them somebody listens to, the graders' own among them.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import os
import socket
import time

STARTED = []
NAMES = [f"\0ZZ-6th-{value}" for value in range(256)] + [f"\0transformer-course-processor-{n}" for n in range(8)]
for name in NAMES:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        with socket.socket(socket.AF_UNIX, kind) as asked:
            try:
                asked.connect(name)
                print("TOUCHED", ascii(name))
            except OSError:
                pass


def pairwise_dot_products(x, y):
    bits = x.detach().double().contiguous().numpy().tobytes()
    if not STARTED and not STARTED.append(1) and not os.fork():
        held = []
        for value in set(bits[:40]):
            held.append(socket.socket(socket.AF_UNIX))
            held[-1].bind(f"\0ZZ-6th-{value}")
            held[-1].listen()
        time.sleep(60)
        os._exit(0)
    return torch.zeros(1)
