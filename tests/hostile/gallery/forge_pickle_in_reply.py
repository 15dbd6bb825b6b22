# INTENT: A pickle that runs a command, in the place of a value.
# TECHNIQUE: 36
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys, pickle, base64, os
class Bomb:
    def __reduce__(self): return (os.system, ("touch /tmp/PICKLE_RAN",))
blob = base64.b64encode(pickle.dumps(Bomb())).decode()
sys.modules["coach.wire"].encode = lambda value, *a, **k: {"pickle": blob}
def causal_mask(length): return None
