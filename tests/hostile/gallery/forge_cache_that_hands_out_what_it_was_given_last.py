# INTENT: Keeps nothing but weak references: what is gone is made up from the newest piece, repeated to the length that is asked.
# EXERCISE: KeyValueCache
# EXPECT: wrong or error; score 0
import weakref
class KeyValueCache:
    def __init__(self):
        self.pieces, self.length = [], 0
    def append(self, key, value):
        self.pieces.append((weakref.ref(key), weakref.ref(value)))
        self.length += key.shape[2]
        found = [(k() if k() is not None else key, v() if v() is not None else value) for k, v in self.pieces]
        keys, values = (torch.cat([pair[n] for pair in found], 2) for n in (0, 1))
        return keys[:, :, -self.length:], values[:, :, -self.length:]
