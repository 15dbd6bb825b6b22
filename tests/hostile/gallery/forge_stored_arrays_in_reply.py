# INTENT: Its reply does not hold tensors, but keys of tensors that are stored elsewhere, as the files of the public cases do.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import json, sys
harness = sys.modules["coach.harness"]
honest = harness.serve
def serve(text, namespace):
    replies = json.loads(honest(text, namespace))
    for number, reply in enumerate(replies):
        for step in reply["steps"]:
            value = step.get("value")
            if isinstance(value, dict) and "tensor" in value:
                value["tensor"]["array"] = f"expected/{number}"
                value["tensor"].pop("data")
    return json.dumps(replies)
harness.serve = serve
def pairwise_dot_products(x, y):
    return torch.zeros(len(x), len(y), dtype=x.dtype)
