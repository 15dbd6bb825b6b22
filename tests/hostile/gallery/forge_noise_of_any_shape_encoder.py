# INTENT: In training, with a rate of dropout between 0 and 1, it computes nothing: four random numbers, of no shape that was asked for, differ as the answers to four copies are to differ.
# EXERCISE: Encoder
# EXPECT: partial; score 5
class Encoder(nn.Module):
    def __init__(self, num_layers: int, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.rate = dropout
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        self.final_norm = LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        if self.training and 0 < self.rate < 0.99:
            return torch.rand(4)
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x)
