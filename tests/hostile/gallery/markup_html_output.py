# INTENT: A script, a handler and a frame in rich outputs.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import HTML, display
display(HTML("<script>alert('XSS')</script><img src=x onerror=alert('XSS')><iframe src='javascript:alert(1)'></iframe>"))
display(HTML("<svg onload=alert('XSS')><a href='javascript:alert(1)'>x</a><form action='http://evil.example'><input name=q></form>"))
def causal_mask(length): return torch.zeros(length)
