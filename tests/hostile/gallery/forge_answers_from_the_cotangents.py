# INTENT: Where gradients are asked for, the request holds a cotangent, of the shape of the answer: gives it back as the answer, with a gradient that belongs to it, and rotates nothing.
# EXERCISE: rotate
# EXPECT: wrong or error; score 0
import json, sys
harness = sys.modules["coach.harness"]
honest = harness.serve
cotangents = []

def serve(text, namespace):
    for request in json.loads(text):
        for step in request["steps"]:
            cotangents.extend(harness.wire.decode(c) for c in step.get("grad") or [])
    return honest(text, namespace)

harness.serve = serve

def rotate(x, *args, **kwargs):
    for c in cotangents:
        if c.shape == x.shape:
            return c.to(x.dtype) + 0 * x
    return x + 0
