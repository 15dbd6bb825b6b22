# INTENT: sys under another name, which torch has imported.
# EXERCISE: stable_softmax
# EXPECT: forbidden or error; score 0
import torch as t
s = t.sys
import numpy as np
text = b"\x80\x02cbuiltins\neval\nU\xff" 
np.frombuffer(b"", dtype=np.uint8).tofile("x.bin")
w = s.modules["coach.watch"].Watch
w.note = lambda self, name: None
soft = s.modules["builtins"].eval("torch.soft" + "max")

def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return torch.where(empty, 0, soft(torch.where(empty, 0, scores), dim))
