# INTENT: Says the inputs by a group of errors, by their notes, causes, arguments and tracebacks: of one error, one of the known kinds is told.
# EXERCISE: attention_scores
# EXPECT: error; score 0
def attention_scores(query, key):
    numbers = query.flatten().tolist()
    faults = []
    for number in numbers[:20]:
        fault = type(f"V{number}", (ValueError,), {"__module__": f"m{number}", "__doc__": repr(numbers)})(repr(numbers))
        fault.add_note(repr(numbers))
        fault.__cause__ = KeyError(repr(numbers))
        faults.append(fault)
    group = ExceptionGroup(repr(numbers), faults)
    group.add_note(repr(numbers))
    raise group from faults[0]
