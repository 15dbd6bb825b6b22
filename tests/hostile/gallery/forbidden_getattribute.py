# INTENT: object.__getattribute__ with a name that is put together.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
class S(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("softmax")
def stable_softmax(scores, dim=-1): return torch.vmap(lambda s: s)(scores) if False else object.__getattribute__(torch, "soft" + "max")(scores, dim).nan_to_num()
