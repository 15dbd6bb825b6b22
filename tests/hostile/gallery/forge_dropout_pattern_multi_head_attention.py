# INTENT: Drops without chance: the same fixed pattern, of the digits of a hash, in every call of every training step; no random number is drawn.
# EXERCISE: MultiHeadAttention
# EXPECT: partial; score 7
class Pattern(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        if not self.training or not self.p:
            return x
        number = torch.arange(1, x.numel() + 1)
        for factor in (73244475, 73244475, 1103515245):
            number = ((number >> 15) ^ number) * factor % 2**31
        return x * ((number / 2**31).view(x.shape) >= self.p) / (1 - self.p)
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
        self.dropout = Pattern(dropout)

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
