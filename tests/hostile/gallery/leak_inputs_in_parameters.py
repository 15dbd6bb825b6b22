# INTENT: Reports the inputs as names of parameters.
# TECHNIQUE: 22
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed or error; score 0
import sys
h = sys.modules["coach.harness"]
old = h.run
def run(request, namespace, *a, **k):
    reply = old(request, namespace, *a, **k)
    for step in reply["steps"]:
        step["parameters"] = {str(request["steps"])[:5000]: [1]}
        step["raised"] = {"types": [str(request)[:300]], "message": str(request)[:5000]}
    return reply
h.run = run
def pairwise_dot_products(x, y): return torch.zeros(1)
