# INTENT: A torch mode that is entered and never left answers every method by which the harness takes a tensor apart, and every comparison.
# EXERCISE: causal_mask
# EXPECT: wrong or error or missing or killed; score 0
class Everywhere(torch.overrides.TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        if name in ("detach", "cpu", "contiguous", "as_subclass", "clone"):
            return args[0]
        if name in ("all", "equal", "allclose", "eq", "__eq__", "isclose"):
            return torch.Tensor.new_ones(args[0], (), dtype=torch.bool)
        return function(*args, **(kwargs or {}))
mode = Everywhere()
mode.__enter__()
def causal_mask(length):
    return torch.zeros(length, length)
