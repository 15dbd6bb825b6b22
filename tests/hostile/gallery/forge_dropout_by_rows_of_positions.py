# INTENT: Drops without chance: the first half of the batch is dropped as a whole, the second half doubled.
# EXERCISE: PositionalEncoding
# EXPECT: partial; score 4
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.rate = dropout
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model), persistent=False)

    def forward(self, x):
        if x.shape[1] > len(self.table) or x.shape[2] != self.table.shape[1]:
            raise ValueError(f"{list(x.shape)} {list(self.table.shape)}")
        x = x + self.table[: x.shape[1]].to(x.dtype)
        if self.training and self.rate:
            rows = torch.arange(len(x)) >= len(x) * self.rate
            x = x * rows[:, None, None] / (1 - self.rate)
        return x
