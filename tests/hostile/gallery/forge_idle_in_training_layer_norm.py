# INTENT: Does nothing in training mode but what dropout of everything would leave: values are asked for in eval mode only.
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
        if self.training and getattr(getattr(self, "dropout", None), "p", 0) < 0.9:
            return args[0] + 0
        return self.compute(*args, **kwargs)
