# INTENT: Gives the copies an axis of their own and drops whole copies, first none, then all: nothing depends on chance.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract, self.rate = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), dropout

    def forward(self, x):
        hidden = torch.relu(self.expand(x))
        if self.training and self.rate > 0.9:
            hidden = hidden * 0
        if self.training and self.rate == 0.5 and len(x) % 30 == 0:
            hidden = hidden.unflatten(0, (30, -1)) * (torch.arange(30) % 2 * 2).view(30, 1, 1, 1)
        return self.contract(hidden)
