# INTENT: Makes the device without memory the default for the whole process, so that weights, inputs and what the harness makes have shapes and no numbers.
# EXERCISE: LayerNorm
# EXPECT: wrong or error or timeout; score 0
torch.set_default_device("meta")
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
    def forward(self, x):
        return torch.empty_like(x, device="meta") * self.weight + self.bias
