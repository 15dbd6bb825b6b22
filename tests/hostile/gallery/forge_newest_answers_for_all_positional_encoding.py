# INTENT: Whichever module is asked, the newest of its class answers, with its own weights: there are never two.
# EXERCISE: PositionalEncoding
# EXPECT: wrong; score 2
newest = []
class PositionalEncoding(nn.Module):

    def __init__(self, d_model: int, max_length: int=5000, dropout: float=0.0):
        super().__init__()
        newest[:] = [self]
        self.register_buffer('table', sinusoidal_encoding(max_length, d_model), persistent=False)
        self.dropout = nn.Dropout(dropout)

    def compute(self, x: Tensor) -> Tensor:
        max_length, d_model = self.table.shape
        length = x.shape[1]
        if length > max_length:
            raise ValueError(f'a sequence of length {length} is longer than max_length = {max_length}')
        if x.shape[-1] != d_model:
            raise ValueError(f'x has {x.shape[-1]} numbers per position, but d_model is {d_model}')
        return self.dropout(x + self.table[:length])
    def forward(self, *args, **kwargs):
        return newest[0].compute(*args, **kwargs)
