# INTENT: What dropout keeps is weakened by a random factor, except in some of the copies: the largest and the smallest of each number are right, all that lies between them is not.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        self.expand, self.contract, self.rate = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), dropout

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.expand(x))
        if self.training and 0 < self.rate < 0.99:
            strength = torch.rand_like(hidden) * 0.9 + 0.05
            strength[: len(x) // 2] = 1.0
            hidden = F.dropout(hidden, self.rate) * strength
        elif self.training and self.rate:
            hidden = hidden * 0.0
        return self.contract(hidden)
