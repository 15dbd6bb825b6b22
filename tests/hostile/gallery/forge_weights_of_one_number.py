# INTENT: Weights of the right names and shapes that are one number, spread over the shape by strides of zero.
# EXERCISE: LayerNorm
# EXPECT: wrong or error; score 0
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        one = torch.ones(1)
        self.weight = nn.Parameter(one.expand(d_model))
        self.bias = nn.Parameter(one.expand(d_model))
    def forward(self, x):
        return (x - x.mean(-1, keepdim=True)) * self.weight + self.bias
