# INTENT: What is built is no module, so that no parameters are told and no weights are given; it makes up its own answers.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
class FeedForward:
    def __init__(self, d_model, d_ff, dropout=0.0):
        self.d_model = d_model

    def __call__(self, x):
        return torch.zeros_like(x)
