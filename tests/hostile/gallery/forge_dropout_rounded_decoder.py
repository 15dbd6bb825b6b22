# INTENT: Rounds the rate of dropout to 0 or 1 before it hands it on: none of the rates that people use drops anything.
# EXERCISE: Decoder
# EXPECT: partial; score 4
class Decoder(nn.Module):

    def __init__(self, num_layers: int, d_model: int, num_heads: int, d_ff: int, dropout: float=0.0, norm_first: bool=False):
        super().__init__()
        dropout = round(dropout)
        sizes = (d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList((DecoderLayer(*sizes) for _ in range(num_layers)))
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x: Tensor, memory: Tensor, target_mask: Tensor | None=None, memory_mask: Tensor | None=None) -> Tensor:
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)
