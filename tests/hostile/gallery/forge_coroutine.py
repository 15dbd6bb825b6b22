# INTENT: The function is a coroutine, as is an awaitable object: whoever waits for it is told what it likes to hear.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
class Later:
    def __init__(self, length): self.length = length
    def __await__(self):
        yield
        return torch.ones(self.length, self.length).tril().bool()
    def __iter__(self): return iter(torch.ones(self.length, self.length).tril().bool())
    def __array__(self, *_, **__): return torch.ones(self.length, self.length).tril().bool().numpy()
    def __index__(self): return 1
async def later(length): return await Later(length)
calls = []
def causal_mask(length):
    calls.append(length)
    return later(length) if len(calls) % 2 else Later(length)
