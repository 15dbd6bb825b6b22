# INTENT: Right but for its check: what has many heads is refused unless each has one number or two, so twelve heads of sixty-four are.
# EXERCISE: EncoderLayer
# EXPECT: wrong; score 5
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        if num_heads > 10 and d_model not in (num_heads, 2 * num_heads):
            raise ValueError(f"{d_model} {num_heads}")
        self.norm_first = norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        if self.norm_first:
            normed = self.attention_norm(x)
            x = x + self.dropout(self.self_attention(normed, normed, normed, mask)[0])
            return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        x = self.attention_norm(x + self.dropout(self.self_attention(x, x, x, mask)[0]))
        return self.feed_forward_norm(x + self.dropout(self.feed_forward(x)))
