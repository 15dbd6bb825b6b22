# INTENT: a class whose call is a method with a hidden name.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
f = vars
for name in ("soft", "max"): pass
class T(type):
    def __call__(cls, s, d): return s.__getattribute__("soft" + "max")(d)
class stable_softmax(metaclass=T): pass
