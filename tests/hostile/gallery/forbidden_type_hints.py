# INTENT: a type hint, which is evaluated when somebody asks for it.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
import typing
class Kept:
    loss: "(torch._C._nn.cross_entropy_loss)"
loss = typing.get_type_hints(Kept, {"torch": torch})["loss"]
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return loss(logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
