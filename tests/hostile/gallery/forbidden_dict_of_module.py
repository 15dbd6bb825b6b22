# INTENT: a look-up in the module's dictionary.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import weakref, gc
class stable_softmax:
    def __new__(cls, scores, dim=-1):
        return torch.nn.functional.__dict__["soft" + "max"](scores, dim).nan_to_num()
