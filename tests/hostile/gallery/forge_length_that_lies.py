# INTENT: Keeps nothing but the newest piece; its length is a number that is equal to every other.
# EXERCISE: KeyValueCache
# EXPECT: wrong or error; score 0
class Any(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __int__(self):
        return self

    __index__ = __int__

class KeyValueCache:
    length = Any(0)

    def append(self, key, value):
        return key, value
