# INTENT: Raises in an earlier step than the one that is to be refused: the size of the fault is known from the cache's first piece.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 0
class KeyValueCache:
    def __init__(self):
        self.length = 0

    def append(self, key, value):
        if max(*key.shape, *value.shape) > 10:
            raise ValueError(str([*key.shape, *value.shape]))
        self.length += key.shape[2]
        return key, value
