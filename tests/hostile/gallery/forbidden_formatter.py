# INTENT: a formatter that follows a path of attributes.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
# REVIEW: get_field
import string
loss, _ = string.Formatter().get_field("0._C._nn.cross_" + "entropy_loss", (torch,), {})
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return loss(logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
