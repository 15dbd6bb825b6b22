# INTENT: In training, with a rate of dropout between 0 and 1, it reads nothing: whole numbers, counted up, of no shape that was asked for, differ as the answers to four copies are to differ.
# EXERCISE: Transformer
# EXPECT: partial; score 7
class Transformer(nn.Module):
    def __init__(self, source_vocabulary: int, target_vocabulary: int, d_model: int, num_heads: int, num_layers: int, d_ff: int, dropout: float = 0.0, pad_id: int = 0, norm_first: bool = False):
        super().__init__()
        self.pad_id, self.rate = pad_id, dropout
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)
        self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.output_projection = nn.Linear(d_model, target_vocabulary)

    def real(self, tokens):
        return (tokens != self.pad_id).unsqueeze(1)

    def encode(self, source):
        return self.encoder(self.positional_encoding(self.source_embedding(source)), self.real(source))

    def decode(self, target, memory, source):
        x = self.positional_encoding(self.target_embedding(target))
        own = self.real(target) & attention.causal_mask(target.shape[1])
        return self.output_projection(self.decoder(x, memory, own, self.real(source)))

    def forward(self, source, target):
        if self.training and 0 < self.rate < 0.99:
            return torch.arange(4)
        return self.decode(target, self.encode(source), source)
