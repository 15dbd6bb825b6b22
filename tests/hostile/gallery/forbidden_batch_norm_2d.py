# INTENT: The norm of one vector as a picture of one channel.
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(d_model)), nn.Parameter(torch.zeros(d_model)), eps
    def forward(self, x):
        n = nn.BatchNorm2d(1, eps=self.eps, affine=False, track_running_stats=False)
        return self.weight * torch.stack([n(v.reshape(1, 1, 1, -1)).reshape(-1) for v in x.reshape(-1, x.size(-1))]).reshape(x.shape) + self.bias
