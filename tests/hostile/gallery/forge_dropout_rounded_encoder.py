# INTENT: Rounds the rate of dropout to 0 or 1 before it hands it on: none of the rates that people use drops anything.
# EXERCISE: Encoder
# EXPECT: partial; score 5
class Encoder(nn.Module):

    def __init__(self, num_layers: int, d_model: int, num_heads: int, d_ff: int, dropout: float=0.0, norm_first: bool=False):
        super().__init__()
        dropout = round(dropout)
        self.layers = nn.ModuleList((EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)))
        self.norm_first = norm_first
        if norm_first:
            self.final_norm = LayerNorm(d_model)

    def forward(self, x: Tensor, mask: Tensor | None=None) -> Tensor:
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x) if self.norm_first else x
