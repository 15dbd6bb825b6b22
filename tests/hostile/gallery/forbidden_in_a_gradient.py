# INTENT: The operator runs while gradients are found, in a function of its own.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import enum
soft = enum.bltns.eval("torch.soft" + "max")
class Inside(torch.autograd.Function):
    @staticmethod
    def forward(ctx, scores, dim):
        ctx.save_for_backward(scores); ctx.dim = dim
        return scores.sum()
    @staticmethod
    def backward(ctx, grad):
        return soft(ctx.saved_tensors[0], ctx.dim), None
def stable_softmax(scores, dim=-1):
    x = scores.detach().requires_grad_(True)
    with torch.enable_grad():
        return torch.autograd.grad(Inside.apply(x, dim), x)[0]
