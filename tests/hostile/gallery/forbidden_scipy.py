# INTENT: another library's softmax inside an autograd function.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
from scipy.special import softmax as smooth
class G(torch.autograd.Function):
    @staticmethod
    def forward(ctx, s, dim):
        y = torch.from_numpy(smooth(s.detach().numpy(), dim)).to(s.dtype).nan_to_num(); ctx.save_for_backward(y); ctx.dim = dim; return y
    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return y * (g - (g * y).sum(ctx.dim, keepdim=True)), None
def stable_softmax(scores, dim=-1): return G.apply(scores, dim)
