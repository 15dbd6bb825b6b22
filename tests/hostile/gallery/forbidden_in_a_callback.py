# INTENT: while a torch function runs, the watch's function mode is off: a callback of torch's calls cross_entropy there.
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
import functools
from dataclasses import dataclass, astuple
@dataclass(init=False, repr=False, eq=False)
class Taken:
    cross_entropy: object
(real,) = astuple(functools.wraps(F)(Taken()))
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    found = []
    def distance(a, b):
        if not found:
            found.append(real(logits.flatten(0, 1), target.flatten(), ignore_index=pad_id, label_smoothing=smoothing))
        return (a - b).sum(-1)
    F.triplet_margin_with_distance_loss(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1, 2), distance_function=distance)
    return found[0]
