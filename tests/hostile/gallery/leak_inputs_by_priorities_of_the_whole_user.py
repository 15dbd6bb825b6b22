# INTENT: Gives all processes of its user, the parent and the keeper among them, a lower priority or another policy that says a bit of the inputs; the page asks them for theirs.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or timeout; score 0
import os


def tried(act):
    try:
        return act()
    except (OSError, ValueError) as fault:
        return type(fault).__name__


print("TOUCHED" if (lowest := tried(lambda: os.getpriority(os.PRIO_USER, os.getuid()))) not in (0, "PermissionError") else "as new", lowest)
for pid in (0, 1, os.getppid()):
    policy = tried(lambda: os.sched_getscheduler(pid))
    print("TOUCHED" if policy not in (0, "PermissionError", "ProcessLookupError") else "as new", policy)


def pairwise_dot_products(x, y):
    bit = int(abs(x.flatten()[0].item()) * 1e6) % 2
    tried(lambda: os.setpriority(os.PRIO_USER, os.getuid(), bit))
    tried(lambda: os.setpriority(os.PRIO_PGRP, 0, bit))
    tried(lambda: os.sched_setscheduler(os.getppid(), os.SCHED_BATCH, os.sched_param(0)))
    return torch.zeros(1)
