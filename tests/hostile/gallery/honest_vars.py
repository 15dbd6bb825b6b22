# INTENT: An honest LayerNorm that calls its variances `vars`.
# EXERCISE: LayerNorm
# EXPECT: correct; score 5
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x):
        means = x.mean(dim=-1, keepdim=True)
        vars = ((x - means) ** 2).mean(dim=-1, keepdim=True)
        return self.weight * (x - means) / torch.sqrt(vars + self.eps) + self.bias
