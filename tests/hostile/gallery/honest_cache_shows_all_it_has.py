# INTENT: A right cache whose message shows the new key and value and both tensors that are kept: sixteen numbers.
# EXERCISE: KeyValueCache
# EXPECT: correct; score 4
class KeyValueCache:
    def __init__(self):
        self.keys = self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[2]

    def append(self, key, value):
        kept = [] if self.keys is None else [self.keys, self.values]
        shapes = [tuple(t.shape) for t in (key, value, *kept)]
        if key.shape[:3] != value.shape[:3] or key.shape != value.shape:
            raise ValueError(f"key and value differ, with what is kept: {shapes}")
        if kept and any(key.shape[axis] != self.keys.shape[axis] for axis in (0, 1, 3)):
            raise ValueError(f"key, value, kept keys, kept values do not fit: {shapes}")
        self.keys = key if self.keys is None else torch.cat([self.keys, key], dim=2)
        self.values = value if self.values is None else torch.cat([self.values, value], dim=2)
        return self.keys, self.values
