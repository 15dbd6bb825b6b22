# INTENT: Answers every later call with its first answer, whatever it is given: no module is asked twice.
# EXERCISE: LayerNorm
# EXPECT: wrong; score 1
class LayerNorm(nn.Module):

    def __init__(self, d_model: int, eps: float=1e-05):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def compute(self, x: Tensor) -> Tensor:
        d_model = x.shape[-1]
        mean = x.sum(dim=-1, keepdim=True) / d_model
        centred = x - mean
        variance = (centred * centred).sum(dim=-1, keepdim=True) / d_model
        return centred * torch.rsqrt(variance + self.eps) * self.weight + self.bias
    def forward(self, *args, **kwargs):
        if not hasattr(self, "kept"):
            self.kept = self.compute(*args, **kwargs)
        return self.kept
