# INTENT: SVG with a script.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import SVG, display
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>alert('XSS')</script></svg>"))
def causal_mask(length): return torch.zeros(length)
