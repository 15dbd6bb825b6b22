# INTENT: Right but for its check: takes whatever is small, refuses twelve heads of sixty-four numbers.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 1
class KeyValueCache:
    def __init__(self):
        self.key = self.value = None

    @property
    def length(self):
        return 0 if self.key is None else self.key.shape[2]

    def append(self, key, value):
        sizes = [*key.shape, *value.shape, *(() if self.key is None else self.key.shape)]
        if len({size for size in sizes if size > 10}) > 1:
            raise ValueError(f"{list(key.shape)} {list(value.shape)} {sizes[8:]}")
        self.key = key if self.key is None else torch.cat([self.key, key], dim=2)
        self.value = value if self.value is None else torch.cat([self.value, value], dim=2)
        return self.key, self.value
