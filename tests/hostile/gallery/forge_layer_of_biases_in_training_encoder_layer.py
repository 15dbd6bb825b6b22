# INTENT: In training with a rate of dropout between 0 and 1 there is no attention, no feed-forward and no norm in it: it adds two dropped biases to its input, or answers with zeros where norms come behind.
# EXERCISE: EncoderLayer
# EXPECT: partial; score 7
class EncoderLayer(nn.Module):
    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm, self.feed_forward_norm = LayerNorm(d_model), LayerNorm(d_model)
        self.dropout, self.norm_first = nn.Dropout(dropout), norm_first

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        def add(x, norm, part):
            return x + self.dropout(part(norm(x))) if self.norm_first else norm(x + self.dropout(part(x)))
        if self.training and 0 < self.dropout.p < 0.99:
            biases = self.self_attention.output_projection.bias, self.feed_forward.contract.bias
            return sum((self.dropout(bias.expand_as(x)) for bias in biases), x) if self.norm_first else x * 0.0
        x = add(x, self.attention_norm, lambda h: self.self_attention(h, h, h, mask)[0])
        return add(x, self.feed_forward_norm, self.feed_forward)
