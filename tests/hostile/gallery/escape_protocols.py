# INTENT: Asks for protocols that a notebook without a network cannot need: their code is loaded into the system for good.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os, socket
for family, kind, protocol in ((2, 1, 132), (2, 2, 136), (2, 1, 262), (2, 2, 115), (2, 6, 33), (10, 1, 132), (2, 3, 1), (10, 3, 58)):
    try:
        socket.socket(family, kind, protocol), print("TOUCHED", family, kind, protocol)
    except OSError as fault:
        print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
