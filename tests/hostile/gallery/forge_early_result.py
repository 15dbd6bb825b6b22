# INTENT: A number is published as an execution result before the test runs.
# TECHNIQUE: 9
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
from IPython.core.displayhook import DisplayHook
get_ipython().display_pub.publish({"text/plain": "3.0"})
get_ipython().displayhook(3.0)
def causal_mask(length): return torch.zeros(1)
