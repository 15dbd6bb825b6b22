# INTENT: A module that names parameters of the right shapes and keeps others.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.sizes = {"expand.weight": (d_ff, d_model), "expand.bias": (d_ff,), "contract.weight": (d_model, d_ff), "contract.bias": (d_model,)}
    def named_parameters(self, *args, **kwargs):
        return iter([(name, nn.Parameter(torch.zeros(size))) for name, size in self.sizes.items()])
    def forward(self, x):
        return x
