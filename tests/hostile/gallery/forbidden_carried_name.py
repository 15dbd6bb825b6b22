# INTENT: an earlier cell gives torch's modules the name of a lesson, whose code is the learner's own.
# TECHNIQUE: 19
# EXERCISE: EncoderLayer
# EXPECT: forbidden; score 0
# NOTEBOOK: a_lesson_s_name_for_torch
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm, self.feed_forward_norm = LayerNorm(d_model), LayerNorm(d_model)
        self.made = [encoder.TransformerEncoderLayer(d_model, num_heads, d_ff, 0.0, batch_first=True, norm_first=norm_first)]
    def forward(self, x, mask=None):
        layer, own = self.made[0], self.self_attention
        parts = [own.query_projection, own.key_projection, own.value_projection]
        weights = {
            layer.self_attn: {f"in_proj_{k}": torch.cat([p.get_parameter(k) for p in parts]) for k in ("weight", "bias")},
            layer.self_attn.out_proj: own.output_projection, layer.linear1: self.feed_forward.expand,
            layer.linear2: self.feed_forward.contract, layer.norm1: self.attention_norm, layer.norm2: self.feed_forward_norm,
        }
        for inner, outer in weights.items():
            names = outer if isinstance(outer, dict) else {k: outer.get_parameter(k) for k in ("weight", "bias")}
            for name, value in names.items():
                inner.register_parameter(name, None)
                inner.register_buffer(name, value) if False else None
                inner.register_parameter(name, nn.Parameter(value.detach()))
        return layer.train()(x)
