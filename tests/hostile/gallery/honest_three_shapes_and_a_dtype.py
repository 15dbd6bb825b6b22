# INTENT: Says all that there is to say of an error: three shapes and the dtype, whose name holds a number, too.
# EXERCISE: KeyValueCache
# EXPECT: correct; score 4
class KeyValueCache:
    def __init__(self):
        self.key = self.value = None

    @property
    def length(self):
        return 0 if self.key is None else self.key.shape[2]

    def append(self, key, value):
        kept = key if self.key is None else self.key
        if key.shape != value.shape or [*key.shape[:2], key.shape[3]] != [*kept.shape[:2], kept.shape[3]]:
            raise ValueError(f"key {tuple(key.shape)} and value {tuple(value.shape)} of {key.dtype} do not fit a cache of {tuple(kept.shape)}")
        self.key = key if self.key is None else torch.cat([self.key, key], dim=2)
        self.value = value if self.value is None else torch.cat([self.value, value], dim=2)
        return self.key, self.value
