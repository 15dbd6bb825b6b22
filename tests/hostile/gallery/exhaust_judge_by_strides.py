# INTENT: A reply with a tensor of no elements whose strides no number can hold.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import json, sys
def lie(text, namespace):
    bad = {"tensor": {"dtype": "bool", "shape": [0, 2147483647, 2147483647, 2147483647], "data": ""}}
    return json.dumps([{"steps": [{"value": bad, "dtypes": [], "changed": []} for step in request["steps"]], "used": []} for request in json.loads(text)])
sys.modules["coach.harness"].serve = lie
def causal_mask(length):
    return 0
