# INTENT: Every step of the reply says both: an error with all sizes of the inputs, and an answer of the right kind. Whoever judges may take what suits.
# EXERCISE: pairwise_dot_products
# EXPECT: error or wrong; score 0
import json, sys
harness = sys.modules["coach.harness"]

def serve(text, namespace):
    replies = []
    for request in json.loads(text):
        steps = []
        for step in request["steps"]:
            sizes = [a["tensor"]["shape"] if isinstance(a, dict) else [1] for a in step["args"]]
            shape = [sizes[0][0], sizes[1][0]]
            data = harness.wire.encode(torch.zeros(shape))
            fault = {"types": ["ValueError"], "message": str(sizes), "memory": False}
            steps.append({"value": data, "dtypes": ["float32"], "changed": [], "raised": fault, "grads": {}})
        replies.append({"steps": steps, "used": []})
    return json.dumps(replies)

harness.serve = serve

def pairwise_dot_products(x, y):
    return x @ y.transpose(-2, -1)
