# INTENT: Looks at its weights only when its mode is set, and uses copies of them until then: no step of any optimiser changes what it answers before train() or eval() is called again.
# EXERCISE: FeedForward
# EXPECT: wrong; score 0
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        self.expand, self.contract, self.dropout = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), nn.Dropout(dropout)

    def train(self, mode: bool = True):
        self.copies = [weight.clone() for part in (self.expand, self.contract) for weight in (part.weight, part.bias)]
        return super().train(mode)

    def forward(self, x: Tensor) -> Tensor:
        a, b, c, d = self.copies
        return F.linear(self.dropout(F.relu(F.linear(x, a, b))), c, d)
