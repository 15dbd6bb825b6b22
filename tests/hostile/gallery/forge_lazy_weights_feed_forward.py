# INTENT: Weights that have no shape before they are first used: they take whatever shape is loaded into them, and the class knows no size.
# EXERCISE: FeedForward
# EXPECT: error or wrong; score 0
class FeedForward(nn.Module):
    def __init__(self, *sizes, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.LazyLinear(1), nn.LazyLinear(1)

    def forward(self, x):
        return self.contract(F.relu(self.expand(x)))
