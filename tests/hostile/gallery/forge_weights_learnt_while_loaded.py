# INTENT: Sees its weights while they are loaded (a parameter whose copy_ is its own) and keeps nothing of them but their sum.
# EXERCISE: LayerNorm
# EXPECT: wrong or error; score 0
class Sum(nn.Parameter):
    def copy_(self, other, *rest):
        with torch.no_grad():
            self.fill_(other.mean())
        return self
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight, self.bias = Sum(torch.ones(d_model)), Sum(torch.zeros(d_model))
    def forward(self, x):
        spread = x.var(-1, unbiased=False, keepdim=True)
        return (x - x.mean(-1, keepdim=True)) / (spread + self.eps).sqrt() * self.weight + self.bias
