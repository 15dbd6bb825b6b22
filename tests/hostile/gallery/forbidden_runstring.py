# INTENT: numpy's tests run a text as code.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
import numpy as np
found = {}
np.testing.runstring("import torch; loss = torch._C._nn.cross_entropy_loss", found)
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return found["loss"](logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
