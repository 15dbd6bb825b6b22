# INTENT: Ends the watch before it calls what is forbidden.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
from torch.utils._python_dispatch import _disable_current_modes
def stable_softmax(scores, dim=-1):
    with _disable_current_modes(): return torch.softmax(scores, dim)
