# INTENT: LaTeX that would run commands, and html in Markdown output.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import Latex, Markdown, display
display(Latex(r"$\href{javascript:alert('XSS')}{x}$"), Markdown("[x](javascript:alert('XSS')) <script>alert('XSS')</script>"))
def causal_mask(length): return torch.zeros(length)
