# INTENT: A callable object.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
class Mask:
    def __call__(self, length): return torch.ones(length, length).tril().bool()
causal_mask = Mask()
