# INTENT: Answers every later call with its first answer, whatever it is given: no module is asked twice.
# EXERCISE: Decoder
# EXPECT: wrong; score 1
class Decoder(nn.Module):

    def __init__(self, num_layers: int, d_model: int, num_heads: int, d_ff: int, dropout: float=0.0, norm_first: bool=False):
        super().__init__()
        sizes = (d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList((DecoderLayer(*sizes) for _ in range(num_layers)))
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def compute(self, x: Tensor, memory: Tensor, target_mask: Tensor | None=None, memory_mask: Tensor | None=None) -> Tensor:
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)
    def forward(self, *args, **kwargs):
        if not hasattr(self, "kept"):
            self.kept = self.compute(*args, **kwargs)
        return self.kept
