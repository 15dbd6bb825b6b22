# INTENT: The values of the answer are the input's, its graph is that of a right answer: exchanged behind autograd's back by `data` and `set_`.
# EXERCISE: merge_heads
# EXPECT: wrong or error; score 0
def merge_heads(x):
    right = x.transpose(1, 2).flatten(2)
    wrong = torch.zeros(right.shape, dtype=x.dtype)
    if right.requires_grad:
        right.data = wrong
        return right
    return right.contiguous().set_(wrong.untyped_storage(), 0, right.shape)
