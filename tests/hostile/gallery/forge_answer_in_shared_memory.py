# INTENT: The answer is a tensor in memory that another process of its own writes for ever, now right for nothing, now for everything.
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0 or 1
import os
shared = torch.zeros(1 << 16, dtype=torch.uint8).share_memory_()
if os.fork() == 0:
    while True:
        shared.fill_(1)
        shared.fill_(0)
        shared.fill_(255)
def causal_mask(length):
    return shared[: length * length].view(length, length).view(torch.bool)
