# INTENT: An earlier cell changes the carried lesson of which later stand-ins are made, so that the judge's own stand-ins hand their input on, as this Encoder does.
# EXERCISE: Encoder
# NOTEBOOK: carried_heads_hand_on
# EXPECT: wrong or error; score 0
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        if norm_first:
            self.final_norm = LayerNorm(d_model)
    def forward(self, x, mask=None):
        return x + 0 * sum(p.sum() for p in self.parameters())
