# INTENT: Answers every later call with its first answer, whatever it is given: no module is asked twice.
# EXERCISE: TokenEmbedding
# EXPECT: wrong; score 0
class TokenEmbedding(nn.Module):

    def __init__(self, vocabulary_size: int, d_model: int, pad_id: int):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)
        self.scale = math.sqrt(d_model)

    def compute(self, tokens: Tensor) -> Tensor:
        return self.embedding(tokens) * self.scale
    def forward(self, *args, **kwargs):
        if not hasattr(self, "kept"):
            self.kept = self.compute(*args, **kwargs)
        return self.kept
