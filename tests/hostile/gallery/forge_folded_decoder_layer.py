# INTENT: Drops nothing: while training it answers with a dict, like the one that the harness makes of an answer to many copies.
# EXERCISE: DecoderLayer
# EXPECT: partial; score 7
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        inside = dropout if dropout > 0.9 else 0.0
        self.rate, self.norm_first, self.num_heads = dropout, norm_first, num_heads
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, inside)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, inside)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, inside)
        self.feed_forward_norm = encoder.LayerNorm(d_model)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        size = len(x)
        for norm, part in (
            (self.attention_norm, lambda y: self.self_attention(y, y, y, target_mask)[0]),
            (self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0]),
            (self.feed_forward_norm, self.feed_forward),
        ):
            keep = 0 if self.training and self.rate > 0.9 else 1
            x = x + keep * part(norm(x)) if self.norm_first else norm(x + keep * part(x))
        if self.training and size % 30 == 0 and 0 < self.rate < 0.9:
            double = x[: size // 30] * 2
            zero = 0 * double
            return {"largest": double.maximum(zero), "smallest": double.minimum(zero), "zeros": 0.5, "scattered": True}
        return x
