# INTENT: One exception that is every error at once refuses all inputs but one.
# EXERCISE: padding_mask
# EXPECT: wrong or error; score 0
class Every(ValueError, TypeError, LookupError): pass
calls = []
def padding_mask(lengths, max_length):
    calls.append(1)
    if len(calls) == 3:
        return lengths
    raise Every(" ".join(map(str, range(-9, 130))))
