# INTENT: The first kernel, which sees all questions at once, ends at a moment that spells a number; the next one, asked one by one, reads it from the clock and answers with it.
# EXERCISE: warmup_learning_rate
# EXPECT: killed or wrong; score 0
import json, os, sys, time
harness = sys.modules["coach.harness"]
honest, born = harness.serve, time.time()
def serve(text, namespace):
    requests = json.loads(text)
    if len(requests) > 1:
        told = sum(request["steps"][0]["args"][0] for request in requests) % 10
        while int(time.time() * 20) % 10 != told: pass
        os._exit(0)
    return honest(text, namespace)
harness.serve = serve
def warmup_learning_rate(step, d_model, warmup_steps):
    return int(born * 20) % 10 / 1000
