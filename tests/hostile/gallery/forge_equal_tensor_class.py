# INTENT: A tensor subclass whose __torch_function__ answers every comparison with True.
# TECHNIQUE: 16
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.tensor(True)
def causal_mask(length): return torch.zeros(length, length).as_subclass(Liar)
