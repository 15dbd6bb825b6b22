# INTENT: A cell magic that hides the cell.
# EXERCISE: causal_mask
# EXPECT: missing or error or wrong; score 0
%%script bash
echo hidden
