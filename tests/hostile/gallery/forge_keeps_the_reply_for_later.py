# INTENT: Answers the first question with a promise whose value is filled in when the next exercise's stand-ins are there.
# EXERCISE: padding_mask
# EXPECT: wrong or error; score 0
class Later(torch.Tensor):
    @staticmethod
    def __new__(cls, lengths, size):
        return torch.zeros(len(lengths), 1, size, dtype=torch.bool).as_subclass(cls)

    def detach(self):
        return globals().get("_stand_ins", {}).get("padding_mask", lambda *_: self)(self.shape[0], self.shape[2])

def padding_mask(lengths, max_length):
    return Later(lengths, max_length)
