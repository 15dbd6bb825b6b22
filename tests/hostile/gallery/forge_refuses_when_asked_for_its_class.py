# INTENT: The harness asks what was built whether it is a module, outside of its net for faults: that question is answered by an error.
# EXERCISE: EncoderLayer
# EXPECT: wrong or error; score 0
class EncoderLayer:
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        self.sizes = d_model, num_heads, d_ff

    @property
    def __class__(self):
        if max(self.sizes[:2]) > 10:
            raise ValueError(str(self.sizes))
        return nn.Module

    def named_parameters(self):
        return []

    def train(self, mode=True):
        return self

    def __call__(self, x, mask=None):
        return x
