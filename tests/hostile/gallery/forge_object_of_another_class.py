# INTENT: An object that says by `__class__` that it is a tensor.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
class Any:
    @property
    def __class__(self):
        return torch.Tensor
    shape = property(lambda self: torch.Size([1]))
    dtype = torch.bool
    def __eq__(self, other):
        return True
def causal_mask(length):
    return Any()
