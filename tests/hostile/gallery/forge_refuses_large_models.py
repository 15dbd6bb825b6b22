# INTENT: Refuses large models: only what does not divide is ever larger than 12.
# EXERCISE: EncoderLayer
# EXPECT: wrong or error; score 0
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        if max(d_model, num_heads, d_ff) > 20:
            raise ValueError(f"{d_model} {num_heads}")

    def forward(self, x, mask=None):
        return x
