# INTENT: functools copies a whole module into whatever an object shows as its dictionary.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
# REVIEW: __dict__
import functools
class Names:
    def update(self, names): found.update(names)
class Copy:
    __dict__ = Names()
found = {}
functools.wraps(torch)(Copy())
functools.wraps(found["_C"])(Copy())
functools.wraps(found["_nn"])(Copy())
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return found["cross_" + "entropy_loss"](logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
