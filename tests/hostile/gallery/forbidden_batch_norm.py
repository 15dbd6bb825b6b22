# INTENT: torch's batch norm, in training for ever, on the transposed input.
# TECHNIQUE: 18
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(d_model)), nn.Parameter(torch.zeros(d_model)), eps
    def forward(self, x):
        columns = x.reshape(-1, x.shape[-1]).T
        return F.batch_norm(columns, None, None, training=True, eps=self.eps).T.reshape(x.shape) * self.weight + self.bias
