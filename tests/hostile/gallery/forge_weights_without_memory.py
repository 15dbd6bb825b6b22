# INTENT: Has all names and shapes of the weights, but none of the weights: they lie on a device that keeps nothing.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff, device="meta")
        self.contract = nn.Linear(d_ff, d_model, device="meta")

    def double(self):
        return self

    def forward(self, x):
        return x.clone()
