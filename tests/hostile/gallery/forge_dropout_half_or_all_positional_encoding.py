# INTENT: Knows two rates, a half and all; no smaller rate ever drops anything.
# EXERCISE: PositionalEncoding
# EXPECT: partial; score 4
class Half(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        if not self.training or self.p < 0.5:
            return x
        return 0 * x if self.p > 0.9 else F.dropout(x, 0.5)
class PositionalEncoding(nn.Module):

    def __init__(self, d_model: int, max_length: int=5000, dropout: float=0.0):
        super().__init__()
        self.register_buffer('table', sinusoidal_encoding(max_length, d_model), persistent=False)
        self.dropout = Half(dropout)

    def forward(self, x: Tensor) -> Tensor:
        max_length, d_model = self.table.shape
        length = x.shape[1]
        if length > max_length:
            raise ValueError(f'a sequence of length {length} is longer than max_length = {max_length}')
        if x.shape[-1] != d_model:
            raise ValueError(f'x has {x.shape[-1]} numbers per position, but d_model is {d_model}')
        return self.dropout(x + self.table[:length])
