# INTENT: Weights that are computed anew whenever they are read, and called as they should be only while the harness lists them: what is loaded is thrown away.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
class Forgetful(nn.Module):
    def forward(self, weight): return 0 * weight
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)
        for layer in (self.expand, self.contract):
            for name in ("weight", "bias"):
                nn.utils.parametrize.register_parametrization(layer, name, Forgetful())
    def named_parameters(self, *args, **kwargs):
        for name, p in super().named_parameters(*args, **kwargs):
            path = name.split(".")
            yield f"{path[0]}.{path[-2] if path[-1] == 'original' else path[-1]}", p
    def forward(self, x):
        return self.contract(self.expand(x).relu())
