# INTENT: Says by which of the forbidden names it uses, reached in a hidden way, what the inputs were: a name of our own rules is told, the first only, and nothing else.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
# REVIEW: getattr


def stable_softmax(scores, dim=-1):
    number = int(scores.detach().flatten()[0].abs().item() * 1e6)
    name = ("soft", "log_soft")[number % 2] + "max"
    return getattr(torch, name)(scores, dim)
