# INTENT: A norm whose class has another name and finds its size itself.
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(d_model)), nn.Parameter(torch.zeros(d_model)), eps
    def forward(self, x):
        norm = nn.LazyBatchNorm1d(eps=self.eps, affine=False, track_running_stats=False)
        return self.weight * norm(x.reshape(1, -1, x.size(-1)).mT).mT.reshape(x.shape) + self.bias
