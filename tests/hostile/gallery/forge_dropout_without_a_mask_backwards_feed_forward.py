# INTENT: Dropout forwards only: backwards every number gets its whole gradient, as if nothing had been dropped or scaled, so that what training learns belongs to another network.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        self.expand, self.contract, self.dropout = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.expand(x))
        return self.contract(hidden + (self.dropout(hidden) - hidden).detach())
