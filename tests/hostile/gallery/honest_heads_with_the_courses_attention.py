# INTENT: A plain right class, which uses the attention of the lesson before: in the judge that is the course's stand-in, whose last digits are others.
# EXERCISE: MultiHeadAttention
# EXPECT: correct; score 8
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, dropout=0.0):
        super().__init__()
        if d_model % num_heads: raise ValueError(f"{d_model} {num_heads}")
        self.num_heads = num_heads
        self.query_projection, self.key_projection, self.value_projection, self.output_projection = (nn.Linear(d_model, d_model) for _ in range(4))
        self.dropout = nn.Dropout(dropout)
    def forward(self, query, key, value, mask=None):
        q, k, v = (split_heads(p(t), self.num_heads) for p, t in ((self.query_projection, query), (self.key_projection, key), (self.value_projection, value)))
        if mask is not None and mask.dim() == 3: mask = mask.unsqueeze(1)
        _, w = attention.scaled_dot_product_attention(q, k, v, mask)
        return self.output_projection(merge_heads(self.dropout(w) @ v)), w
