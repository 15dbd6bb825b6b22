# INTENT: A hundred thousand display messages.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout; score 0
from IPython.display import display, HTML
for n in range(20_000): display(HTML("<b>x</b>" * 20))
def causal_mask(length): return torch.zeros(length)
