# INTENT: Copies its weights when it is called for the first time, and uses the copies from then on: no step of any optimiser changes what it answers.
# EXERCISE: FeedForward
# EXPECT: wrong; score 0
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract, self.dropout = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), nn.Dropout(dropout)
        self.copies = None
    def forward(self, x):
        if self.copies is None:
            self.copies = [p.clone() for p in (self.expand.weight, self.expand.bias, self.contract.weight, self.contract.bias)]
        a, b, c, d = self.copies
        return self.dropout((x @ a.T + b).relu()) @ c.T + d
