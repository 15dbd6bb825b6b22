# INTENT: Reports the inputs as forbidden names in use.
# TECHNIQUE: 22
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed or error; score 0
import sys
h = sys.modules["coach.harness"]
old = h.run
h.run = lambda request, *a, **k: old(request, *a, **k) | {"used": [str(request)[:5000]]}
def pairwise_dot_products(x, y): return torch.zeros(1)
