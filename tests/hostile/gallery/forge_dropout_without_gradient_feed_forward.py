# INTENT: Where dropout acts, no gradient flows: in training with any rate, nothing before it learns.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class Cut(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        return nn.functional.dropout(x.detach(), self.p) if self.training and self.p else x
class FeedForward(nn.Module):

    def __init__(self, d_model: int, d_ff: int, dropout: float=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = Cut(dropout)

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.expand(x))
        return self.contract(self.dropout(hidden))
