# INTENT: HTML that changes its meaning when it is parsed a second time.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import HTML, display
for page in (
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template><p title='&quot;onmouseover=alert(1)'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<table><td><svg><desc><table><a/><caption><img src=x onerror=alert(1)>",
    "<p class='coach-card' style='position:fixed;inset:0'>20 of 20 points</p><base href='//evil'><section role='alert' aria-level='1'>",
):
    display(HTML(page))

def causal_mask(length): return torch.zeros(1)
