# INTENT: The class's own methods, taken before the watch looks at it.
# EXERCISE: EncoderLayer
# EXPECT: forbidden or error; score 0
import enum
T = enum.bltns.eval("nn.Transformer" + "EncoderLayer")
init, fwd = T.__init__, T.forward
class Own(T):
    def __init__(self, *a, **k):
        init(self, *a, **k)
    def forward(self, *a, **k):
        return fwd(self, *a, **k)
import torch.nn as tnn
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.inner = [Own(d_model, num_heads, d_ff, 0.0, batch_first=True, norm_first=norm_first)]
        self.h = num_heads
    def forward(self, x, mask=None):
        a, f, l = self.self_attention, self.feed_forward, self.inner[0].to(x.dtype)
        w = {"self_attn.in_proj_weight": torch.cat([a.query_projection.weight, a.key_projection.weight, a.value_projection.weight]),
             "self_attn.in_proj_bias": torch.cat([a.query_projection.bias, a.key_projection.bias, a.value_projection.bias]),
             "self_attn.out_proj.weight": a.output_projection.weight, "self_attn.out_proj.bias": a.output_projection.bias,
             "linear1.weight": f.expand.weight, "linear1.bias": f.expand.bias, "linear2.weight": f.contract.weight, "linear2.bias": f.contract.bias,
             "norm1.weight": self.attention_norm.weight, "norm1.bias": self.attention_norm.bias, "norm2.weight": self.feed_forward_norm.weight, "norm2.bias": self.feed_forward_norm.bias}
        if mask is not None:
            mask = ~mask.expand(x.size(0), x.size(1), x.size(1)).repeat_interleave(self.h, 0)
        l.train()
        return tnn.utils.stateless.functional_call(l, w, (x, mask))
