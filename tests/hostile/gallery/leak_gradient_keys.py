# INTENT: Reports gradients under names made of the inputs.
# TECHNIQUE: 22
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed or error; score 0
import sys
h = sys.modules["coach.harness"]
old = h.run
def run(request, *a, **k):
    reply = old(request, *a, **k)
    for step in reply["steps"]:
        step["grads"] = {str(request)[:200]: None}
    return reply
h.run = run
def pairwise_dot_products(x, y): return torch.zeros(1)
