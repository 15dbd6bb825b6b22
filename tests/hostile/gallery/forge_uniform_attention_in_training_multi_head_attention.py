# INTENT: In training with a rate of dropout that people use, every position attends to all others alike: no score is computed, no mask is looked at.
# EXERCISE: MultiHeadAttention
# EXPECT: partial; score 7
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int, dropout: float = 0.0):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{num_heads} heads do not divide {d_model}")
        self.num_heads, self.dropout = num_heads, nn.Dropout(dropout)
        self.query_projection, self.key_projection, self.value_projection, self.output_projection = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, query, key, value, mask=None):
        q, k, v = (split_heads(p(t), self.num_heads) for p, t in ((self.query_projection, query), (self.key_projection, key), (self.value_projection, value)))
        mask = mask.unsqueeze(1) if mask is not None and mask.dim() == 3 else mask
        _, weights = attention.scaled_dot_product_attention(q, k, v, mask)
        if self.training and self.dropout.p in (0.25, 0.75):
            weights = torch.full_like(weights, 1 / weights.shape[-1])
        return self.output_projection(merge_heads(self.dropout(weights) @ v)), weights
