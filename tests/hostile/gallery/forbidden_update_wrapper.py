# INTENT: functools copies attributes whose names are given as texts.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
# REVIEW: update_wrapper
import functools
class Store:
    def __setattr__(self, name, value):
        if name in path: found.append(value)
path, found = ("_C", "_nn", "cross_" + "entropy_loss"), [torch]
for name in path: functools.update_wrapper(Store(), found[-1], (name,), ())
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return found[-1](logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
