# INTENT: Every step says both that it raised and what it answered.
# EXERCISE: padding_mask
# EXPECT: error or wrong; score 0
import json, sys
def serve(text, namespace):
    step = {"raised": {"types": ["ValueError", "TypeError", "Exception"], "message": " ".join(map(str, range(130)))}, "value": None, "changed": []}
    return json.dumps([{"steps": [step], "used": []} for _ in json.loads(text)])
sys.modules["coach.harness"].serve = serve
def padding_mask(lengths, max_length):
    return None
