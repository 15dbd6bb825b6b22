# INTENT: Page after page of HTML that takes long to read, and of which nothing is left afterwards.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: many_pages_of_html
from IPython.display import HTML, display
page = "<nav>" * 6000
def causal_mask(length): return torch.zeros(length)
