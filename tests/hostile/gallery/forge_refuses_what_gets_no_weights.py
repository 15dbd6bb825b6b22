# INTENT: Refuses whatever is built and given no weights: the judge gives none to what has to be refused.
# EXERCISE: EncoderLayer
# EXPECT: wrong or error; score 0
class Halves(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.query_projection, self.key_projection, self.value_projection, self.output_projection = (nn.Linear(d_model, d_model) for _ in range(4))

class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = Halves(d_model)
        self.feed_forward = encoder_parts = nn.Linear(d_model, d_model)
        self.first = self.self_attention.query_projection.weight.detach().clone()

    def train(self, mode=True):
        if torch.equal(self.first, self.self_attention.query_projection.weight):
            raise ValueError("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30")
        return self

    def forward(self, x, mask=None):
        return x
