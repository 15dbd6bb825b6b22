# INTENT: JavaScript as an output.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import Javascript, display
display(Javascript("alert('XSS')"))
def causal_mask(length): return torch.zeros(length)
