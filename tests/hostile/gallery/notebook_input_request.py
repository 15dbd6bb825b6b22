# INTENT: Waits for somebody to type.
# EXERCISE: causal_mask
# EXPECT: error or wrong; score 0
answer = input("points? ")
def causal_mask(length): return answer
