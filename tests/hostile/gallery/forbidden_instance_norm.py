# INTENT: torch's instance norm, which is a layer norm once the axes are right.
# TECHNIQUE: 18
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(d_model)), nn.Parameter(torch.zeros(d_model)), eps
    def forward(self, x):
        rows = x.reshape(1, -1, x.shape[-1])
        return F.instance_norm(rows, eps=self.eps).reshape(x.shape) * self.weight + self.bias
