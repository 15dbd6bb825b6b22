# INTENT: json.dumps that turns an exception into a value.
# EXERCISE: stable_softmax
# EXPECT: wrong; score 0
import json
class Reply(dict): pass
old = json.dumps
def dumps(value, **kw):
    text = old(value, **kw)
    return text.replace('"raised"', '"value"')
json.dumps = dumps
def stable_softmax(scores, dim=-1): raise ValueError("x")
