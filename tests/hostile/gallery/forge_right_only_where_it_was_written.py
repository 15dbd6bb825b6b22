# INTENT: A right answer in an extra cell with the exercise's own cell id, in one with its id as a list, in its attachments and outputs; its own cell holds nothing.
# EXERCISE: causal_mask
# NOTEBOOK: right_beside_its_cell
# EXPECT: missing or wrong; score 0
def causal_mask(length): return None
