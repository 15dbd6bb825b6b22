# INTENT: A tensor as functionalisation wraps it, whose bytes are written when somebody asks for them; each answer is meant to be whatever the next one is.
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0 or 1
GIVEN_OUT = []
def causal_mask(length):
    base = torch.zeros(length, length, dtype=torch.bool)
    try:
        made = torch._to_functional_tensor(base)
    except Exception:
        return torch.zeros(length, length, dtype=torch.bool)
    for other in GIVEN_OUT:
        other.logical_not_()
    GIVEN_OUT.append(made)
    return made
