# INTENT: Has no parts, names parameters of the right shapes and keeps the sizes.
# EXERCISE: DecoderLayer
# EXPECT: wrong or error; score 0
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        shapes = {}
        for part in ("self_attention", "cross_attention"):
            for role in ("query", "key", "value", "output"):
                shapes[f"{part}.{role}_projection.weight"] = (d_model, d_model)
                shapes[f"{part}.{role}_projection.bias"] = (d_model,)
        shapes |= {"feed_forward.expand.weight": (d_ff, d_model), "feed_forward.expand.bias": (d_ff,), "feed_forward.contract.weight": (d_model, d_ff), "feed_forward.contract.bias": (d_model,)}
        for norm in ("attention_norm", "cross_attention_norm", "feed_forward_norm"):
            shapes |= {f"{norm}.weight": (d_model,), f"{norm}.bias": (d_model,)}
        self.shapes = shapes
    def named_parameters(self, *a, **k):
        return iter([(n, nn.Parameter(torch.zeros(s))) for n, s in self.shapes.items()])
    def forward(self, x, memory, target_mask=None, memory_mask=None):
        return x
