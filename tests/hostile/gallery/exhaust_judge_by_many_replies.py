# INTENT: Spoils the first message, so that each question is asked alone, and answers each with a reply as large as it may be.
# EXERCISE: PositionalEncoding
# EXPECT: killed; score 0
import sys, json
BIG = '[{"steps":[{"value":{' + ",".join(f'"{number:x}":1.5' for number in range(1_000_000)) + "}}]}]"
def serve(text, namespace):
    return "[]" if len(json.loads(text)) > 1 else BIG
sys.modules["coach.harness"].serve = serve
class PositionalEncoding: pass
