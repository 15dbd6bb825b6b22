# INTENT: 60 kB of HTML that become 150 MB when they are read, because an open element is repeated in each paragraph.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import HTML, display
for _ in range(10): display(HTML("<p>" + "".join(f"<b id={n:x}>" for n in range(2500)) + "<p>x" * 8700))
def causal_mask(length): return torch.zeros(length)
