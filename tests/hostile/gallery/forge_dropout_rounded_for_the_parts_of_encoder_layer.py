# INTENT: Hands its parts a rate of dropout that is rounded to 0 or 1: inside attention and feed-forward none of the rates that people use drops anything.
# EXERCISE: EncoderLayer
# EXPECT: partial; score 7
class EncoderLayer(nn.Module):
    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, float(round(dropout)))
        self.feed_forward = FeedForward(d_model, d_ff, float(round(dropout)))
        self.attention_norm, self.feed_forward_norm = LayerNorm(d_model), LayerNorm(d_model)
        self.dropout, self.norm_first = nn.Dropout(dropout), norm_first

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        def add(x, norm, part):
            return x + self.dropout(part(norm(x))) if self.norm_first else norm(x + self.dropout(part(x)))
        x = add(x, self.attention_norm, lambda h: self.self_attention(h, h, h, mask)[0])
        return add(x, self.feed_forward_norm, self.feed_forward)
