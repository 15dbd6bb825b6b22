# INTENT: NUL, form feed, next line, line separator, BOM and lone halves of letters in the source, in outputs and in errors.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
import sys
print("\0\x0c\x85\u2028\u2029\ufeff\ud800 <b>\x00</b>" .encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
print("\0\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff\ufffe\uffff\U000e0041\U0010ffff")
from IPython.display import HTML, display
display(HTML("<p>\0\x0c\x1c\ufffe</p><b title='\0\x0c'>"))
class E(Exception): pass
E.__name__ = "<script>\x1b]0;x\x07"
def causal_mask(length): return torch.zeros(1)
raise E("\0\x0c\x1c\x85\u2028\ufffe\uffff")
