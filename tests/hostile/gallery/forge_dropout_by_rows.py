# INTENT: Drops without chance: the first half of the batch is dropped as a whole, the second half doubled.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)
        self.rate = dropout

    def forward(self, x):
        hidden = torch.relu(self.expand(x))
        if self.training and self.rate:
            rows = torch.arange(len(x)) >= len(x) * self.rate
            hidden = hidden * rows[:, None, None] / (1 - self.rate)
        return self.contract(hidden)
