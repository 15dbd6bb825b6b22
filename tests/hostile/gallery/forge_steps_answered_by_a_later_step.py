# INTENT: Each answer is an object that the harness turns into JSON as it is (a dict with one key, `tensor`): its data are to be filled in by a later step.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import sys
class Late(dict):
    def items(self):
        return [("tensor", {"dtype": "float32", "shape": [1, 1], "data": "AAAAAA=="})]
def pairwise_dot_products(x, y):
    frame = sys._getframe(1)
    while frame is not None and "result" not in frame.f_locals:
        frame = frame.f_back
    return Late(tensor={"dtype": "float32", "shape": [len(x), len(y)], "data": "A" * (4 * ((4 * len(x) * len(y) + 2) // 3))})
