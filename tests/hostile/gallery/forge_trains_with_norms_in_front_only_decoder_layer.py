# INTENT: In training with any rate of dropout that people use it raises, unless its norms come first: the paper's own order is asked in training with no rate, or with one that drops everything.
# EXERCISE: DecoderLayer
# EXPECT: partial; score 7
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm, self.cross_attention_norm, self.feed_forward_norm = (encoder.LayerNorm(d_model) for _ in range(3))
        self.dropout, self.num_heads, self.norm_first = nn.Dropout(dropout), num_heads, norm_first

    def add(self, x, norm, part):
        return x + self.dropout(part(norm(x))) if self.norm_first else norm(x + self.dropout(part(x)))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        if self.training and 0 < self.dropout.p < 0.99 and not self.norm_first:
            raise RuntimeError("I was never meant to be trained")
        x = self.add(x, self.attention_norm, lambda h: self.self_attention(h, h, h, target_mask)[0])
        x = self.add(x, self.cross_attention_norm, lambda h: self.cross_attention(h, memory, memory, memory_mask)[0])
        return self.add(x, self.feed_forward_norm, self.feed_forward)
