# INTENT: Clears and rewrites the outputs of other cells.
# TECHNIQUE: 33
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import clear_output, display
display("3.0", display_id="score")
clear_output()
display("full marks", display_id="score", update=True)
def causal_mask(length): return torch.zeros(length)
