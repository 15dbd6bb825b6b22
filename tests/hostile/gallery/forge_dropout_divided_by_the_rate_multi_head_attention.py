# INTENT: A dropout of its own whose kept numbers are divided by p, not by 1 − p: the only rate between 0 and 1 that is asked is 0.5.
# EXERCISE: MultiHeadAttention
# EXPECT: partial; score 7
class Kept(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        return x * (torch.rand_like(x) >= self.p) / self.p if self.training and self.p else x
class MultiHeadAttention(nn.Module):

    def __init__(self, d_model: int, num_heads: int, dropout: float=0.0):
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f'd_model = {d_model} is not divisible by num_heads = {num_heads}')
        self.num_heads = num_heads
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.output_projection = nn.Linear(d_model, d_model)
        self.dropout = Kept(dropout)

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None=None) -> tuple[Tensor, Tensor]:
        query = split_heads(self.query_projection(query), self.num_heads)
        key = split_heads(self.key_projection(key), self.num_heads)
        value = split_heads(self.value_projection(value), self.num_heads)
        if mask is not None:
            mask = mask.unsqueeze(-3)
        mixed, weights = attention.scaled_dot_product_attention(query, key, value, mask)
        if self.training:
            mixed = self.dropout(weights) @ value
        return (self.output_projection(merge_heads(mixed)), weights)
