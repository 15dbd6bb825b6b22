# INTENT: Says four bits at a time by which of the well-known exceptions it raises: only the first is told.
# EXERCISE: attention_scores
# EXPECT: error; score 0
kinds = [ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, OverflowError, ArithmeticError, LookupError]
def attention_scores(query, key):
    raise kinds[int(query.flatten()[0].abs().item() * 1000) % 8](str(query.flatten().tolist()))
