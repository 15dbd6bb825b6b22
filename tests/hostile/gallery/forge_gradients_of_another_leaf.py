# INTENT: Changes which tensors the harness asks gradients of: the inputs are exchanged in its own memory for ones whose gradient is the cotangent itself.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import sys

def pairwise_dot_products(x, y):
    inputs = sys._getframe(1).f_locals["inputs"]
    for name in inputs:
        inputs[name] = torch.zeros_like(inputs[name], requires_grad=True)
    first, second = inputs.values()
    return (first.sum() + second.sum()) + torch.zeros(x.shape[0], y.shape[0])
