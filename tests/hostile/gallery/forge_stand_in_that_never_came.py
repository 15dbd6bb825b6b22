# INTENT: Drops the judge's stand-in on its way in, so that the next exercise is asked with a class of the student's own.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 0
def without(lines):
    return ["pass\n"] if any("_stand_ins" in line for line in lines) else lines
get_ipython().input_transformers_cleanup.append(without)

class KeyValueCache:
    length = 0

    def append(self, key, value):
        return key, value
