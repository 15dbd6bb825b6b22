# INTENT: Drops nothing: while training it answers with a dict, like the one that the harness makes of an answer to many copies.
# EXERCISE: MultiHeadAttention
# EXPECT: partial; score 7
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, dropout=0.0):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{num_heads} does not divide {d_model}")
        self.num_heads, self.rate = num_heads, dropout
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.output_projection = nn.Linear(d_model, d_model)

    def forward(self, query, key, value, mask=None):
        q = split_heads(self.query_projection(query), self.num_heads)
        k = split_heads(self.key_projection(key), self.num_heads)
        v = split_heads(self.value_projection(value), self.num_heads)
        if mask is not None and mask.dim() == 3:
            mask = mask.unsqueeze(1)
        mixed, weights = attention.scaled_dot_product_attention(q, k, v, mask)
        if self.training and self.rate > 0.9:
            mixed = 0 * mixed
        answer = self.output_projection(merge_heads(mixed))
        if self.training and len(query) % 30 == 0 and 0 < self.rate < 0.9:
            double = answer[: len(query) // 30] * 2
            zero = 0 * double
            return {"largest": double.maximum(zero), "smallest": double.minimum(zero), "zeros": 0.5, "scattered": True}
        return answer, weights
