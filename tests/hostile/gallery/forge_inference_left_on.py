# INTENT: Switches gradients off for the whole process, so that the harness finds none to compare; keeps the input.
# EXERCISE: masked_mean
# EXPECT: wrong or error or partial; score 0
_left_on = torch.inference_mode()
_left_on.__enter__()

def masked_mean(values, mask):
    return values[:, 0] * 0
