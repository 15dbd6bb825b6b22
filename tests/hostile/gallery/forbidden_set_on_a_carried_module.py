# INTENT: names of the carried module may be set without a remark: a stand-in's `nn` is another's.
# EXERCISE: LayerNorm
# EXPECT: forbidden; score 0
import functools
class Counted:
    def __init__(self, norm, x, found):
        self.parameters = functools.partial(map, found.append, map(norm, [x]))
class Ours:
    def __init__(self, norm, x, found):
        self.MultiheadAttention = functools.partial(Counted, norm, x)
    def of(self, *rest, **more):
        return self.counted
class LayerNorm(nn.Module):
    def __init__(self, d_model, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps
    def forward(self, x):
        flat = x.reshape(1, -1, x.shape[-1], 1)
        norm = nn.BatchNorm2d(flat.shape[1], eps=self.eps, affine=False, track_running_stats=False)
        found = []
        multi_head.nn = Own(Counted(norm, flat, found))
        try:
            multi_head.count_parameters(1, 1)
        except AttributeError:
            pass
        multi_head.nn = nn
        return found[0].reshape(x.shape) * self.weight + self.bias
class Own:
    def __init__(self, counted):
        self.counted = counted
    def MultiheadAttention(self, *rest, **more):
        return self.counted
