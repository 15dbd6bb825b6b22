# INTENT: a stand-in's own part is exchanged for torch's norm: the stand-in calls it, so the watch passes it over.
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
class Mixer(multi_head.MultiHeadAttention):
    def __init__(self, d_model, eps):
        super().__init__(d_model, 1)
        self.query_projection = self.key_projection = self.output_projection = nn.Identity()
        self.value_projection = nn.LazyBatchNorm1d(eps=eps, affine=False, track_running_stats=False)
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps
    def forward(self, x):
        flat = x.reshape(1, -1, x.shape[-1])
        alone = torch.eye(flat.shape[1], dtype=torch.bool)
        zero = torch.zeros_like(flat)
        return Mixer(x.shape[-1], self.eps)(zero, zero, flat, alone)[0].reshape(x.shape) * self.weight + self.bias
