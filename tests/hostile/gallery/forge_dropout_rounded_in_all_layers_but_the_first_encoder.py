# INTENT: Only the first layer gets the true rate of dropout, all others a rounded one: that two answers differ does not say how often chance acts.
# EXERCISE: Encoder
# EXPECT: partial; score 5
class Encoder(nn.Module):
    def __init__(self, num_layers: int, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        rates = [dropout] + [float(round(dropout - 0.3))] * (num_layers - 1)
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, rate, norm_first) for rate in rates)
        self.final_norm = LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x)
