# INTENT: Replaces the harness by one that writes numbers as texts of its own: digits, underscores, signs, blanks and exponents that spell the inputs and are still floats.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error or killed; score 0
import json
import sys

HARNESS = sys.modules["coach.harness"]


def serve(text, namespace):
    replies = []
    for request in json.loads(text):
        said = "".join(c for c in json.dumps(request["steps"][0].get("args"))[60:90] if c.isdigit()) or "7"
        odd = {"float": f"  -{'_'.join(said)}e-0{len(said)} "[:39]}
        replies.append({"steps": [{"value": odd, "dtypes": [odd["float"]], "changed": []} for _ in request["steps"]]})
    return json.dumps(replies)


HARNESS.serve = serve


def pairwise_dot_products(x, y):
    return float(x.flatten()[0])
