# INTENT: the code of a generator, with other names in it and under the name of a stand-in's file.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def draft(scores, dim): yield torch.tanh(scores, dim)
code = draft(0, 0).gi_code
code = code.replace(co_names=("torch", "soft" + "max"), co_filename="coach/standins/judge.py")
steps = type(lambda: 0)(code, {"torch": torch})
def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return next(steps(scores.masked_fill(empty, 0), dim)).masked_fill(empty, 0)
