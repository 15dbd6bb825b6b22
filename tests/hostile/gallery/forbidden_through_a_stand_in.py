# INTENT: a stand-in, which may use what others may not, is given an input that calls torch's attention when looked at.
# TECHNIQUE: 19
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
# REVIEW: get_field
import string
hidden, _ = string.Formatter().get_field("0.scaled_dot_product_" + "attention", (F,), {})
class Asks:
    ndim = 3
    def __init__(self, *inputs): self.inputs = inputs
    @property
    def shape(self):
        self.answer = hidden(*self.inputs)
        raise LookupError
def ask(*inputs):
    asks = Asks(*inputs)
    try: attention_scores(asks, asks)
    except LookupError: return asks.answer
def scaled_dot_product_attention(query, key, value, mask=None):
    if mask is not None: mask = mask.expand(*query.shape[:-1], key.shape[-2])
    eye = torch.eye(key.shape[-2], dtype=query.dtype).expand(*key.shape[:-1], -1)
    return ask(query, key, value, mask), ask(query, key, eye, mask)
