# INTENT: Listens to exec, by which stand-ins arrive, and ends the kernel when it is asked: perhaps the next kernel is sent this exercise's stand-in before its questions.
# EXERCISE: masked_mean
# EXPECT: wrong or error or killed or missing; score 0
import builtins, os, sys

found = {}
honest = exec

def taking(code, space=None, *rest):
    frame = sys._getframe(1)
    answer = honest(code, frame.f_globals if space is None else space, *rest)
    if isinstance(space, dict) and space.get("__name__") == "standins" and "masked_mean" in space:
        found["it"] = space["masked_mean"]
    return answer

builtins.exec = taking

def masked_mean(*args, **kwargs):
    if "it" in found:
        return found["it"](*args, **kwargs)
    os._exit(0)
