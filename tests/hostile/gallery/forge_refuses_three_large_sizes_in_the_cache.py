# INTENT: Refuses where three different large sizes meet, which a harmless third axis made possible; compares no shapes.
# EXERCISE: KeyValueCache
# EXPECT: wrong or error; score 1
class KeyValueCache:
    def __init__(self):
        self.keys = self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[2]

    def append(self, key, value):
        before = () if self.keys is None else tuple(self.keys.shape)
        if len({size for size in (*before, *key.shape, *value.shape) if size > 10}) > 2:
            raise ValueError(f"{before} {tuple(key.shape)} {tuple(value.shape)}")
        self.keys = key if self.keys is None else torch.cat([self.keys, key], 2)
        self.values = value if self.values is None else torch.cat([self.values, value], 2)
        return self.keys, self.values
