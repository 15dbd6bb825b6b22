# INTENT: The question itself ends in a fault whose name, text and lines are the inputs, in place of a reply.
# EXERCISE: pairwise_dot_products
# EXPECT: killed; score 0
import sys


class Words:
    def __init__(self, real):
        self.real = real

    def loads(self, text):
        self.text = text[:4000]
        return self.real.loads(text)

    def dumps(self, value):
        raise type(self.text, (Exception,), {})(self.text)


if "coach.harness" in sys.modules:
    sys.modules["coach.harness"].json = Words(sys.modules["json"])


def pairwise_dot_products(x, y):
    return torch.zeros(1)
