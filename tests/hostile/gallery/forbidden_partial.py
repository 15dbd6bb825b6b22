# INTENT: functools.partial of the method.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import functools
stable_softmax = functools.partial(torch.Tensor.softmax)
