# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import torch
import torch.nn.functional as F
from torch import nn


# %% in every cell
class Parts(nn.Module):
    def __init__(
        self,
        source_vocabulary,
        target_vocabulary,
        d_model,
        num_heads,
        num_layers,
        d_ff,
        dropout=0.0,
        pad_id=0,
        norm_first=False,
    ):
        super().__init__()
        self.pad_id = pad_id
        self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)
        self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)
        self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)
        self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)
        self.output_projection = nn.Linear(d_model, target_vocabulary)


# %% everything in forward, by an upper triangle
class Transformer(Parts):
    def encode(self, source):
        mask = source.ne(self.pad_id)[:, None, :]
        return self.encoder(self.positional_encoding(self.source_embedding(source)), mask=mask)

    def decode(self, target, memory, source):
        length = target.size(1)
        later = torch.triu(torch.ones(length, length, dtype=torch.bool), diagonal=1)
        padding = target.eq(self.pad_id)[:, None, :]
        x = self.positional_encoding(self.target_embedding(target))
        mask = torch.logical_not(torch.logical_or(later, padding))
        return self.output_projection(
            self.decoder(x, memory, target_mask=mask, memory_mask=source.ne(self.pad_id)[:, None])
        )

    def forward(self, source, target):
        memory = self.encode(source)
        return self.decode(target, memory, source)


# %% masks spread out to their full size
class Transformer(Parts):
    def masks(self, source, target):
        batch, columns = source.shape
        rows = target.shape[1]
        own = torch.zeros(batch, rows, rows, dtype=torch.bool)
        for i in range(rows):
            own[:, i, : i + 1] = target[:, : i + 1] != self.pad_id
        other = (source != self.pad_id).unsqueeze(1).expand(batch, rows, columns)
        return own, other

    def encode(self, source):
        batch, length = source.shape
        mask = (source != self.pad_id).unsqueeze(1).repeat(1, length, 1)
        return self.encoder(self.positional_encoding(self.source_embedding(source)), mask)

    def decode(self, target, memory, source):
        x = self.positional_encoding(self.target_embedding(target))
        return self.output_projection(self.decoder(x, memory, *self.masks(source, target)))

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)


# %% functions beside the class
def embedded(model, table, tokens):
    return model.positional_encoding(table(tokens))


def seen(model, tokens, ordered):
    mask = torch.where(tokens == model.pad_id, False, True).unsqueeze(-2)
    if ordered:
        place = torch.arange(tokens.shape[-1])
        mask = mask * (place.unsqueeze(0) <= place.unsqueeze(1))
    return mask


class Transformer(Parts):
    def encode(self, source):
        return self.encoder(embedded(self, self.source_embedding, source), seen(self, source, False))

    def decode(self, target, memory, source):
        x = embedded(self, self.target_embedding, target)
        x = self.decoder(x, memory, seen(self, target, True), seen(self, source, False))
        return F.linear(x, self.output_projection.weight, self.output_projection.bias)

    def forward(self, source, target):
        return self.decode(memory=self.encode(source), source=source, target=target)


# %% layer by layer
class Transformer(Parts):
    def __init__(self, *sizes, norm_first=False, **options):
        super().__init__(*sizes, norm_first=norm_first, **options)
        self.norm_first = norm_first

    def finished(self, stack, x):
        return stack.final_norm(x) if self.norm_first else x

    def encode(self, source):
        x = self.positional_encoding(self.source_embedding(source))
        for layer in self.encoder.layers:
            x = layer(x, (source != self.pad_id).unsqueeze(1))
        return self.finished(self.encoder, x)

    def decode(self, target, memory, source):
        x = self.positional_encoding(self.target_embedding(target))
        past = attention.causal_mask(target.shape[1])
        for layer in self.decoder.layers:
            x = layer(x, memory, past & (target != self.pad_id).unsqueeze(1), (source != self.pad_id).unsqueeze(1))
        return self.output_projection(self.finished(self.decoder, x))

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)


# %% stacks of one's own, built in loops
class Stack(nn.Module):
    def __init__(self, kind, num_layers, sizes, norm_first):
        super().__init__()
        self.layers = nn.ModuleList([kind(*sizes, norm_first=norm_first) for _ in range(num_layers)])
        if norm_first:
            self.final_norm = nn.LayerNorm(sizes[0])

    def forward(self, x, *others):
        for layer in self.layers:
            x = layer(x, *others)
        return self.final_norm(x) if hasattr(self, "final_norm") else x


class Transformer(nn.Module):
    def __init__(
        self,
        source_vocabulary,
        target_vocabulary,
        d_model,
        num_heads,
        num_layers,
        d_ff,
        dropout=0.0,
        pad_id=0,
        norm_first=False,
    ):
        super().__init__()
        self.pad_id = pad_id
        sizes = (d_model, num_heads, d_ff, dropout)
        parts = {
            "source_embedding": TokenEmbedding(source_vocabulary, d_model, pad_id),
            "target_embedding": TokenEmbedding(target_vocabulary, d_model, pad_id),
            "positional_encoding": positional_encoding.PositionalEncoding(d_model, dropout=dropout),
            "encoder": Stack(encoder.EncoderLayer, num_layers, sizes, norm_first),
            "decoder": Stack(decoder.DecoderLayer, num_layers, sizes, norm_first),
            "output_projection": nn.Linear(d_model, target_vocabulary),
        }
        for name, part in parts.items():
            self.add_module(name, part)

    def _mask(self, tokens):
        return torch.ne(tokens, self.pad_id).unsqueeze(1)

    def encode(self, source):
        return self.encoder(self.positional_encoding(self.source_embedding(source)), self._mask(source))

    def decode(self, target, memory, source):
        mask = self._mask(target) & attention.causal_mask(target.shape[1])
        x = self.decoder(self.positional_encoding(self.target_embedding(target)), memory, mask, self._mask(source))
        return self.output_projection(x)

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)


# %% the causal mask kept as a buffer
class Transformer(Parts):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.register_buffer("past", attention.causal_mask(64), persistent=False)

    def encode(self, source):
        visible = (source - self.pad_id).bool().unsqueeze(1)
        return self.encoder(self.positional_encoding(self.source_embedding(source)), visible)

    def decode(self, target, memory, source):
        length = target.shape[1]
        real = (target - self.pad_id).bool().unsqueeze(1)
        visible = real & self.past[:length, :length]
        hidden = self.decoder(
            self.positional_encoding(self.target_embedding(target)),
            memory,
            visible,
            (source - self.pad_id).bool()[:, None],
        )
        return self.output_projection(hidden)

    def forward(self, source, target):
        memory = self.encode(source)
        logits = self.decode(target, memory, source)
        return logits


# %% a text's mask is made once and handed about
class Transformer(Parts):
    def embed(self, table, tokens):
        keep = tokens.ne(self.pad_id)
        return self.positional_encoding(table(tokens)), keep.view(len(tokens), 1, -1)

    def encode(self, source):
        return self.encoder(*self.embed(self.source_embedding, source))

    def decode(self, target, memory, source):
        keep = source.ne(self.pad_id).view(len(source), 1, -1)
        return self._written(target, memory, keep)

    def _written(self, target, memory, keep):
        x, own = self.embed(self.target_embedding, target)
        n = target.shape[1]
        order = torch.ones(n, n).cumsum(dim=1) <= torch.ones(n, n).cumsum(dim=0)
        return self.output_projection(self.decoder(x, memory, own.logical_and(order), keep))

    def forward(self, source, target):
        x, keep = self.embed(self.source_embedding, source)
        return self._written(target, self.encoder(x, keep), keep)


# %% one sequence after the other
class Transformer(Parts):
    def real(self, tokens):
        return torch.tensor([[[token != self.pad_id for token in row]] for row in tokens.tolist()])

    def encode(self, source):
        rows = source.split(1)
        embed = nn.Sequential(self.source_embedding, self.positional_encoding)
        return torch.cat([self.encoder(embed(row), self.real(row)) for row in rows])

    def decode(self, target, memory, source):
        embed = nn.Sequential(self.target_embedding, self.positional_encoding)
        past = attention.causal_mask(target.shape[1])
        out = []
        for own, kept, other in zip(target.split(1), memory.split(1), source.split(1), strict=True):
            out.append(self.decoder(embed(own), kept, self.real(own) & past, self.real(other)))
        return self.output_projection(torch.cat(out))

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)


# %% einsum, and a mask per query
class Transformer(Parts):
    def encode(self, source):
        real = source != self.pad_id
        every = real.unsqueeze(1) | torch.zeros(source.shape[1], 1, dtype=torch.bool)
        return self.encoder(self.positional_encoding(self.source_embedding(source)), every)

    def decode(self, target, memory, source):
        rows = torch.arange(target.shape[1])
        own = torch.einsum("bk,qk->bqk", (target != self.pad_id).long(), (rows[None] <= rows[:, None]).long()).bool()
        other = (source != self.pad_id)[:, None].expand(-1, len(rows), -1)
        x = self.decoder(self.positional_encoding(self.target_embedding(target)), memory, own, other)
        projection = self.output_projection
        return torch.einsum("bqd,vd->bqv", x, projection.weight) + projection.bias

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)


# %% calls chained by a helper
class Transformer(Parts):
    def encode(self, source):
        x = source
        for step in (self.source_embedding, self.positional_encoding):
            x = step(x)
        return self.encoder(x, self.allowed(source))

    def allowed(self, keys, queries=None):
        mask = ~(keys == self.pad_id).unsqueeze(1)
        if queries is None:
            return mask
        return mask & torch.ones(queries, keys.shape[1]).tril().bool()

    def decode(self, target, memory, source):
        x = target
        for step in (
            self.target_embedding,
            self.positional_encoding,
            lambda x: self.decoder(x, memory, self.allowed(target, target.shape[1]), self.allowed(source)),
            self.output_projection,
        ):
            x = step(x)
        return x

    def forward(self, source, target):
        return self.decode(target, self.encode(source), source)
