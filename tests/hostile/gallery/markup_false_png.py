# INTENT: Html under the name of a picture.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.display import publish_display_data
publish_display_data({"image/png": "\"><script>alert('XSS')</script>", "text/plain": "picture"})
def causal_mask(length): return torch.zeros(length)
