# INTENT: Never cares for the mode of the model: the cell brings a model that does not change its own.
# EXERCISE: greedy_decode
# EXPECT: partial; score 4
Honest = Transformer
class Transformer(Honest):
    asked = 0
    def train(self, mode=True):
        if not self.asked:
            self.asked = 1
            super().train(False)
            self.training = mode
        return self

def greedy_decode(model, source, start_id, end_id, max_length):
    model.eval()
    with torch.no_grad():
        mask = (source != model.pad_id)[:, None, :]
        memory = model.encode(source)
        if isinstance(memory, tuple): memory = memory[0]
        tokens = torch.full((source.shape[0], 1), start_id, dtype=source.dtype)
        done = torch.zeros(source.shape[0], dtype=torch.bool)
        for _ in range(max_length):
            logits = model.decode(tokens, memory, source)
            new = logits[:, -1].argmax(-1).to(source.dtype)
            new = torch.where(done, model.pad_id, new)
            tokens = torch.cat([tokens, new[:, None]], 1)
            done = done | (new == end_id)
            if done.all(): break
        return tokens
