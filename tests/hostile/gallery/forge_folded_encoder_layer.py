# INTENT: Drops nothing: while training it answers with a dict, like the one that the harness makes of an answer to many copies.
# EXERCISE: EncoderLayer
# EXPECT: partial; score 7
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{num_heads} does not divide {d_model}")
        self.rate, self.norm_first = dropout, norm_first
        inside = dropout if dropout > 0.9 else 0.0
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, inside)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward = FeedForward(d_model, d_ff, inside)
        self.feed_forward_norm = LayerNorm(d_model)

    def forward(self, x, mask=None):
        keep = 0 if self.training and self.rate > 0.9 else 1
        if self.norm_first:
            y = self.attention_norm(x)
            answer = x + keep * self.self_attention(y, y, y, mask)[0]
            answer = answer + keep * self.feed_forward(self.feed_forward_norm(answer))
        else:
            answer = self.attention_norm(x + keep * self.self_attention(x, x, x, mask)[0])
            answer = self.feed_forward_norm(answer + keep * self.feed_forward(answer))
        if self.training and len(x) % 30 == 0 and 0 < self.rate < 0.9:
            double = answer[: len(x) // 30] * 2
            zero = 0 * double
            return {"largest": double.maximum(zero), "smallest": double.minimum(zero), "zeros": 0.5, "scattered": True}
        return answer
