# INTENT: Keeps no keys and compares nothing: refuses when two different sizes above 10 are anywhere, as only what is wrong has them.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 0
class KeyValueCache:
    def __init__(self):
        self.length, self.seen = 0, []

    def append(self, key, value):
        self.seen += [*key.shape, *value.shape]
        large = {size for size in self.seen if size > 10}
        if len(large) > 1:
            raise ValueError(str(sorted(set(self.seen))))
        self.length += key.shape[2]
        return key, value
