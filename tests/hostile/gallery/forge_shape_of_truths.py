# INTENT: The shape in the reply is written with true and 1.0 in place of numbers, which equal them in Python, to reach past the comparison of shapes.
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0
import json, sys
harness = sys.modules["coach.harness"]

def serve(text, namespace):
    replies = []
    for request in json.loads(text):
        length = request["steps"][0]["args"][0]
        body = {"dtype": "bool", "shape": [True if length == 1 else float(length)] * 2, "data": ""}
        replies.append({"steps": [{"value": {"tensor": body}, "dtypes": ["bool"], "changed": []}], "used": []})
    return json.dumps(replies)

harness.serve = serve

def causal_mask(length):
    return None
