# INTENT: In training with dropout it gives back no weights, but whatever stands in their place: of the answers to many copies only the first part is looked at.
# EXERCISE: MultiHeadAttention
# EXPECT: partial; score 7
# (another draw than that of the first version, which met R1: see FOUND.md)
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int, dropout: float = 0.0):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{num_heads} heads do not divide {d_model}")
        self.num_heads, self.rate = num_heads, dropout
        for role in ("query", "key", "value", "output"):
            setattr(self, f"{role}_projection", nn.Linear(d_model, d_model))

    def forward(self, query, key, value, mask=None):
        q, k, v = (split_heads(p(t), self.num_heads) for p, t in ((self.query_projection, query), (self.key_projection, key), (self.value_projection, value)))
        if mask is not None and mask.dim() == 3:
            mask = mask.unsqueeze(1)
        mixed, weights = attention.scaled_dot_product_attention(q, k, v, mask)
        if self.training and self.rate:
            mixed = F.dropout(weights, self.rate) @ v
        out = self.output_projection(merge_heads(mixed))
        if self.training and self.rate in (0.25, 0.75):
            return out, "no weights", [None] * 5
        return out, weights
