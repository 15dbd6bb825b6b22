# INTENT: Counts how many steps of the question are still to come and answers each question's last step alone, the others with what an earlier question was told: no step is taken for another.
# EXERCISE: KeyValueCache
# EXPECT: wrong or error; score 0
import sys
class KeyValueCache:
    length = 0
    def append(self, key, value):
        frame = sys._getframe()
        while "request" not in frame.f_locals:
            frame = frame.f_back
        steps = frame.f_locals["request"]["steps"]
        wire = sys.modules["coach.wire"]
        last = [step for step in steps if step["do"] == "call"][-1]
        self.length = self.length + key.shape[2]
        return tuple(wire.decode(part) for part in last["args"])
