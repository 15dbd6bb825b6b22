# INTENT: Displays the hidden inputs as rich output.
# TECHNIQUE: 21
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
from IPython.display import display, HTML
def pairwise_dot_products(x, y):
    display(HTML(f"<b>{x.tolist()}</b>"))
    return torch.zeros(1)
