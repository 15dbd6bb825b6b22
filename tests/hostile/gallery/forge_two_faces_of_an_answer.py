# INTENT: Answers with a tensor class that shows the harness another dtype and shape than it has, and a list that shortens itself while it is read.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
class Shown(torch.Tensor):
    @property
    def dtype(self):
        return torch.float32

    @property
    def shape(self):
        return torch.Size([2, 2])

class Shrinking(list):
    def __iter__(self):
        while self:
            yield self.pop()

def pairwise_dot_products(x, y):
    answer = torch.zeros(1).as_subclass(Shown)
    return answer if x.shape[0] % 2 else Shrinking([answer])
