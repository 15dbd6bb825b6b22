# INTENT: Spells the inputs by the priority of its user, its group and its process, and looks whether a kernel before has done so.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import os

for which, who in ((os.PRIO_PROCESS, 0), (os.PRIO_PGRP, 0), (os.PRIO_USER, 0), (os.PRIO_USER, os.getuid())):
    try:
        if os.getpriority(which, who):
            print("TOUCHED", which, who, os.getpriority(which, who))
    except OSError:
        pass


def pairwise_dot_products(x, y):
    bits = x.detach().double().contiguous().numpy().tobytes()
    for which, who in ((os.PRIO_USER, os.getuid()), (os.PRIO_USER, 0), (os.PRIO_PGRP, 0), (os.PRIO_PROCESS, 1)):
        try:
            os.setpriority(which, who, 1 + bits[0] % 18)
        except OSError:
            pass
    return torch.zeros(1)
