# INTENT: An honest learner's cell starts a program in a terminal, and one that asks for one and goes on without.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
import os
import pty
import subprocess

own, other = os.openpty()
subprocess.run(["/bin/sh", "-c", "tty; echo hello"], stdin=other, stdout=other, start_new_session=True, check=True)
assert b"hello" in os.read(own, 200)
subprocess.run(["/bin/sh", "-c", "(echo x > /dev/tty) 2>/dev/null; true"], check=True)


def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool).tril()
