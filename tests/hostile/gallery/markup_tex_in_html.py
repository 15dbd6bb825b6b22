# INTENT: TeX in HTML, which the MathJax of other programs would turn into links and boxes.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import HTML, display
display(HTML(r"<p>$\href{javascript:alert(1)}{x}$ \[\rule{99em}{99em}\] $$\require{html}\style{position:fixed}{y}$$</p>"))

def causal_mask(length): return torch.zeros(1)
