# INTENT: 57 kB of table whose cells overlap: every browser stands still over it.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import HTML, display
display(HTML("<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 1000 + "</table>"))
display(HTML("<details open><summary>x" * 1500))

def causal_mask(length): return torch.zeros(1)
