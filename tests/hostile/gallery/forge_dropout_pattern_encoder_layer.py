# INTENT: Drops without chance: the same fixed pattern, of the digits of a hash, in every call of every training step; no random number is drawn.
# EXERCISE: EncoderLayer
# EXPECT: partial; score 7
class Pattern(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.p = rate
    def forward(self, x):
        if not self.training or not self.p:
            return x
        number = torch.arange(1, x.numel() + 1)
        for factor in (73244475, 73244475, 1103515245):
            number = ((number >> 15) ^ number) * factor % 2**31
        return x * ((number / 2**31).view(x.shape) >= self.p) / (1 - self.p)
class EncoderLayer(nn.Module):

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float=0.0, norm_first: bool=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = Pattern(dropout)
        self.norm_first = norm_first

    def forward(self, x: Tensor, mask: Tensor | None=None) -> Tensor:
        if self.norm_first:
            normed = self.attention_norm(x)
            attended, _ = self.self_attention(normed, normed, normed, mask)
            x = x + self.dropout(attended)
            return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        mixed, _ = self.self_attention(x, x, x, mask)
        x = self.attention_norm(x + self.dropout(mixed))
        changed = self.feed_forward(x)
        return self.feed_forward_norm(x + self.dropout(changed))
