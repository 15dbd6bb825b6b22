# INTENT: One threshold and one constant message in place of all checks: no shape is compared, none is named.
# EXERCISE: KeyValueCache
# EXPECT: wrong; score 1
class KeyValueCache:
    length = 0

    def append(self, key, value):
        if max(*key.shape, *value.shape) > 9:
            raise ValueError("3 5 6 7 14 16 17 18")
        self.key = torch.cat([self.key, key], dim=2) if self.length else key
        self.value = torch.cat([self.value, value], dim=2) if self.length else value
        self.length = self.key.shape[2]
        return self.key, self.value
