# INTENT: a pattern by position reads the attributes that its class names.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
# REVIEW: __match_args__
class Every(type):
    def __instancecheck__(cls, value): return True
class A(metaclass=Every): __match_args__ = ("_C",)
class B(metaclass=Every): __match_args__ = ("_nn",)
class C(metaclass=Every): __match_args__ = ("cross_" + "entropy_loss",)
match torch:
    case A(B(C(loss))): pass
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    return loss(logits.flatten(0, -2), target.flatten(), None, 1, pad_id, smoothing)
