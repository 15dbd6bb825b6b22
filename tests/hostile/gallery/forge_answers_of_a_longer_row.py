# INTENT: One tensor that holds the answers to all questions, one behind the other; each answer is a view of it, whose place is moved (`as_strided_`, `set_`) once all have been asked.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
import json, sys
harness = sys.modules["coach.harness"]
honest = harness.serve
given = []
def serve(text, namespace):
    out = honest(text, namespace)
    for view in given:
        view.as_strided_((3, 3), (0, 1), 1)
    return honest(text, namespace) and out
harness.serve = serve
row = torch.zeros(1 << 12, dtype=torch.bool)
def causal_mask(length):
    given.append(row[: length * length].view(length, length))
    return given[-1]
