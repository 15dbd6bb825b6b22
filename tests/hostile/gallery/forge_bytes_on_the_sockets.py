# INTENT: Writes bytes of its own between those of the protocol, a frame that claims to be enormous among them.
# TECHNIQUE: 30
# EXERCISE: causal_mask
# EXPECT: killed or wrong or timeout; score 0
import os, stat
def causal_mask(length):
    for descriptor in range(3, 200):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode): os.write(descriptor, b"\x02" + b"\x7f" * 8 + b"\x00\x00" * 99)
        except OSError: pass
