# INTENT: Puts the inputs, with half letters that no file can hold, into every text of a reply: kinds and text of an error, names of weights, of what was changed, of dtypes, of what was used.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error or killed; score 0
import json
import sys

HARNESS = sys.modules["coach.harness"]


def serve(text, namespace):
    replies = []
    for number, request in enumerate(json.loads(text)):
        said = "\ud800" + str(request["steps"][0]["args"])[:150] + "\udfff"
        raised = {"types": [said, "ValueError", said], "message": said * 5, "line": said, "memory": said}
        answered = {"value": said, "dtypes": [said], "changed": [said], "parameters": {said: [3, 5]}, "grads": {said: {"foreign": said}}}
        replies.append({"steps": [({"raised": raised}, answered)[number % 2]], "used": [said], said: said})
    return json.dumps(replies)


HARNESS.serve = serve


def pairwise_dot_products(x, y):
    return torch.zeros(1)
