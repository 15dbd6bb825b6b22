# INTENT: Marks that reverse the reading direction, in text, in an error and in HTML.
# EXERCISE: causal_mask
# EXPECT: error; score 0
from IPython.display import HTML, display
print("\u202e02 fo 02\u202c \u2066x")
display(HTML("<p dir='rtl'>\u202e stniop 02 fo 02</p>"))
def causal_mask(length): raise ValueError("\u202e02 fo 02")
