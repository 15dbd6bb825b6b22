# INTENT: An object that claims to equal everything.
# TECHNIQUE: 2
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
def causal_mask(length): return Equal()
