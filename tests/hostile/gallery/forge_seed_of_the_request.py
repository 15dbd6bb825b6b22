# INTENT: Each request brings a seed: draws with it what the course's generator would draw, in the hope that the answer is made of the same stream.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import sys
import numpy as np
def pairwise_dot_products(x, y):
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    drawn = np.random.Generator(np.random.PCG64(frame.f_locals["request"]["seed"]))
    return torch.from_numpy(drawn.standard_normal((len(x), len(y)))).to(x.dtype)
