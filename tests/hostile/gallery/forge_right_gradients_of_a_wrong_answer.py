# INTENT: Computes nothing forwards, but has a backward pass that is right to the last digit: gradients are asked for by a case of their own.
# EXERCISE: rotate
# EXPECT: wrong; score 0
class Backwards(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, cos, sin):
        ctx.save_for_backward(cos, sin)
        return x.clone()
    @staticmethod
    def backward(ctx, upper):
        cos, sin = ctx.saved_tensors
        even, odd = upper[..., 0::2], upper[..., 1::2]
        return torch.stack((even * cos + odd * sin, odd * cos - even * sin), -1).flatten(-2), None, None
def rotate(x, positions, base=10000.0):
    speeds = base ** (-torch.arange(0, x.shape[-1] - 1, 2, dtype=torch.float64) / x.shape[-1])
    angles = positions[:, None].double() * speeds
    return Backwards.apply(x, angles.cos().to(x.dtype), angles.sin().to(x.dtype))
