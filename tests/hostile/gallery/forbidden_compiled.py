# INTENT: A compiled wrapper around a name that is put together.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
inner = getattr(torch, "soft" + "max")
stable_softmax = torch.compile(lambda scores, dim=-1: inner(scores, dim), backend="eager")
