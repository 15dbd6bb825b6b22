# INTENT: A module whose parameters have the right names and shapes only as long as somebody asks for them.
# EXERCISE: LayerNorm
# EXPECT: wrong or error; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.size = d_model
    def named_parameters(self, *args, **kwargs):
        yield from {name: nn.Parameter(torch.zeros(self.size)) for name in ("weight", "bias")}.items()
    def forward(self, x): return x
