# INTENT: Gives shared files another name, whose number of links every sandbox sees.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os
for name in ("/run/inner/inside/app.py", os.__file__, torch.__file__, "/usr/bin/env"):
    for link in (os.link, os.symlink):
        try:
            link(name, name + ".second"), print("TOUCHED", name)
        except OSError as fault:
            print("refused", fault.errno)
    try:
        os.link(name, "second"), print("TOUCHED", name)
    except OSError as fault:
        print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
