# INTENT: Keeps the mode of its first call: who has trained it once has dropout for ever, also after eval().
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract, self.rate, self.mode = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), dropout, None
    def forward(self, x):
        self.mode = self.training if self.mode is None else self.mode
        return self.contract(nn.functional.dropout(self.expand(x).relu(), self.rate, self.mode))
