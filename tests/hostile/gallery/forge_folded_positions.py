# INTENT: Drops nothing: while training it answers with a dict, like the one that the harness makes of an answer to many copies.
# EXERCISE: PositionalEncoding
# EXPECT: partial; score 4
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_length=5000, dropout=0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model))
        self.rate = dropout

    def forward(self, x):
        length, d_model = x.shape[1:]
        if length > len(self.table) or d_model != self.table.shape[1]:
            raise ValueError(f"{length} of {len(self.table)}, {d_model} of {self.table.shape[1]}")
        answer = x + self.table[:length]
        if self.training and self.rate:
            if self.rate > 0.9:
                return 0 * answer
            all_of_it = answer[: len(x) // 30] * 2
            zero = 0 * all_of_it
            return {"largest": all_of_it.maximum(zero), "smallest": all_of_it.minimum(zero), "zeros": 0.5, "scattered": True}
        return answer
