# INTENT: Has gradients only if the input itself asks for one, as it does in every question and in no first layer of a real model.
# EXERCISE: FeedForward
# EXPECT: partial; score 2
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract, self.dropout = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), nn.Dropout(dropout)
    def forward(self, x):
        with torch.set_grad_enabled(x.requires_grad):
            return self.contract(self.dropout(self.expand(x).relu()))
