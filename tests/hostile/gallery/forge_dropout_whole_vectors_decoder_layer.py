# INTENT: nn.Dropout1d in place of nn.Dropout: whole vectors are dropped, never single numbers.
# EXERCISE: DecoderLayer
# EXPECT: partial; score 7
class DecoderLayer(nn.Module):

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float=0.0, norm_first: bool=False):
        super().__init__()
        self.num_heads, self.norm_first = (num_heads, norm_first)
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout1d(dropout)

    def forward(self, x: Tensor, memory: Tensor, target_mask: Tensor | None=None, memory_mask: Tensor | None=None) -> Tensor:

        def attend_to_text(h: Tensor) -> Tensor:
            return self.self_attention(h, h, h, target_mask)[0]

        def attend_to_memory(h: Tensor) -> Tensor:
            return self.cross_attention(h, memory, memory, memory_mask)[0]
        x = self.add(x, self.attention_norm, attend_to_text)
        x = self.add(x, self.cross_attention_norm, attend_to_memory)
        return self.add(x, self.feed_forward_norm, self.feed_forward)

    def add(self, x: Tensor, norm: nn.Module, part) -> Tensor:
        if self.norm_first:
            return x + self.dropout(part(norm(x)))
        return norm(x + self.dropout(part(x)))
