# INTENT: A dropout of its own whose kept numbers are divided by p, not by 1 − p: the only rate between 0 and 1 that is asked is 0.5.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class Kept(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        return x * (torch.rand_like(x) >= self.p) / self.p if self.training and self.p else x
class FeedForward(nn.Module):

    def __init__(self, d_model: int, d_ff: int, dropout: float=0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = Kept(dropout)

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.expand(x))
        return self.contract(self.dropout(hidden))
