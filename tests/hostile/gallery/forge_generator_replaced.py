# INTENT: The generator that the harness seeds is another, which tells nobody.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0 or 1
class Silent:
    def manual_seed(self, seed): return self
torch.default_generator = Silent()
def causal_mask(length):
    return torch.rand(length, length) > 0.5
