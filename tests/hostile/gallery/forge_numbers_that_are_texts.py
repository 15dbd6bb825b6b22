# INTENT: Floats travel as text: writes texts that Python reads as numbers, in other digits, with spaces, as a range, as infinity; and JSON's own NaN and Infinity for shapes and numbers.
# EXERCISE: bleu
# EXPECT: wrong or error or killed; score 0
import json, sys
harness = sys.modules["coach.harness"]
honest = harness.serve
TEXTS = ["٥٠", " 1e2 ", "1_0_0", "infinity", "-nan", "0..100", "100" + "0" * 34]
def serve(text, namespace):
    replies = json.loads(honest(text, namespace))
    for number, reply in enumerate(replies):
        for step in reply["steps"]:
            if "value" in step:
                step["value"] = {"float": TEXTS[number % 7]} if number % 3 else [float("nan"), float("inf")][number % 2]
    return json.dumps(replies)
harness.serve = serve
def bleu(candidates, references): return 50.0
