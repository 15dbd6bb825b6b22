# INTENT: Answers with a tensor of nothing whose sizes spell the input: torch refuses it in the judge, and its words were shown.
# TECHNIQUE: 21
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import sys, json
_wire, _old = sys.modules["coach.wire"], sys.modules["coach.harness"].serve
def _serve(text, names):
    requests = json.loads(text)
    if requests[0]["steps"][0].get("name") != "causal_mask": return _old(text, names)
    length = requests[0]["steps"][0]["args"][0]
    bad = {"tensor": {"dtype": "float32", "shape": [(1 << 30) + int(length if isinstance(length, int) else 7)] * 7 + [0], "data": ""}}
    return json.dumps([{"steps": [{"value": bad, "dtypes": ["float32"], "changed": []} for _ in r["steps"]], "used": []} for r in requests])
sys.modules["coach.harness"].serve = _serve

def causal_mask(length): return torch.zeros(1)
