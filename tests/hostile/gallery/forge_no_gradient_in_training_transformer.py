# INTENT: In training mode nothing has a gradient, so that nothing ever learns; gradients are asked for in eval mode only.
# EXERCISE: Transformer
# EXPECT: partial; score 6
class Transformer(nn.Module):

    def __init__(self, source_vocabulary: int, target_vocabulary: int, d_model: int, num_heads: int, num_layers: int, d_ff: int, dropout: float=0.0, pad_id: int=0, norm_first: bool=False):
        super().__init__()
        self.pad_id = pad_id
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)
        self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.output_projection = nn.Linear(d_model, target_vocabulary)

    def encode(self, source: Tensor) -> Tensor:
        x = self.positional_encoding(self.source_embedding(source))
        return self.encoder(x, self.real(source))

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        x = self.positional_encoding(self.target_embedding(target))
        past = attention.causal_mask(target.shape[1]).to(target.device)
        own, other = (self.real(target) & past, self.real(source))
        x = self.decoder(x, memory, own, other)
        return self.output_projection(x)

    def compute(self, source: Tensor, target: Tensor) -> Tensor:
        return self.decode(target, self.encode(source), source)

    def real(self, tokens: Tensor) -> Tensor:
        return (tokens != self.pad_id).unsqueeze(1)
    def forward(self, *args, **kwargs):
        with torch.set_grad_enabled(not self.training):
            return self.compute(*args, **kwargs)
