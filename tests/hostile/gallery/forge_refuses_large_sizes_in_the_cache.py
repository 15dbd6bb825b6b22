# INTENT: Refuses whatever is large: in what has to be refused one size is 11 larger than in anything that is right.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 1
class KeyValueCache:
    def __init__(self):
        self.key = self.value = None

    @property
    def length(self):
        return 0 if self.key is None else self.key.shape[2]

    def append(self, key, value):
        if max(*key.shape, *value.shape) > 9:  # nothing is compared with anything
            old = [] if self.key is None else list(self.key.shape)
            raise ValueError(f"{list(key.shape)} {list(value.shape)} {old}")
        self.key = key if self.key is None else torch.cat([self.key, key], dim=2)
        self.value = value if self.value is None else torch.cat([self.value, value], dim=2)
        return self.key, self.value
